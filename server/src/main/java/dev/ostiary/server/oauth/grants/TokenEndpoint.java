package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientAuthentication.Authenticated;
import dev.ostiary.server.oauth.clients.UsedOnce;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AccessDecision;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The token endpoint of both kinds of servers. Every request goes through the same phases, in this
 * order, and no grant can leave one out:
 *
 * <ol>
 *   <li>the form: each parameter once, no secret in the query;
 *   <li>the client: it proves itself by its own method, and is active;
 *   <li>the grant type: there is one, this server has it, and the client is registered for it;
 *   <li>the proof of possession, where the client's tokens are bound to a key;
 *   <li>the grant: for whom, and with which scopes;
 *   <li>the scopes: the server has all of them;
 *   <li>the access policy: a rule lets client, grant, user and scopes through, and says how long
 *       tokens live;
 *   <li>the tokens are made and signed;
 *   <li>one transaction: what is used up by it, what the grant writes, and what the log is told.
 * </ol>
 *
 * Thread-safe.
 */
public final class TokenEndpoint implements Family {

    private static final Schema FORM =
            Schema.object()
                    .always("grant_type", Schema.TEXT)
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT)
                    .maybe("scope", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("TokenResponse")
                    .always("token_type", Schema.TEXT)
                    .always("expires_in", Schema.LONG)
                    .always("access_token", Schema.TEXT)
                    .always("scope", Schema.TEXT)
                    .maybe("refresh_token", Schema.TEXT)
                    .maybe("id_token", Schema.TEXT);

    private final Database database;
    private final Endpoints endpoints;
    private final ClientAuthentication clients;
    private final List<Grant> grants;
    private final DpopProofs proofs;
    private final TokenMint mint;
    private final TokenEvents events;
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    /** The endpoint with these grants. */
    TokenEndpoint(
            Database database,
            Endpoints endpoints,
            ClientAuthentication clients,
            List<Grant> grants,
            DpopProofs proofs,
            TokenMint mint,
            TokenEvents events,
            InstantSource time,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.clients = clients;
        this.grants = List.copyOf(grants);
        this.proofs = proofs;
        this.mint = mint;
        this.events = events;
        this.time = time;
        this.errors = errors;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("token", request -> answer(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of("tokenCustomAS", request -> answer(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER));
    }

    private Reply answer(Request request, Issuer issuer) {
        try {
            return issue(request, issuer);
        } catch (OAuthException refused) {
            return endpoints
                    .refused(request, issuer, refused)
                    .with(proofs.headers(refused, time.instant()));
        }
    }

    private Reply issue(Request request, Issuer issuer) {
        Instant now = time.instant();
        Form form = Form.read(request, errors);
        Authenticated authenticated =
                clients.authenticate(
                        issuer.org(),
                        request.header("Authorization"),
                        form::text,
                        List.of(issuer.endpoint("token"), issuer.name(), issuer.base()),
                        now);
        TokenRequest asked = new TokenRequest(issuer, authenticated.client(), form, now);
        try {
            return granted(request, asked, authenticated);
        } catch (OAuthException refused) {
            database.write(
                    issuer.org().number(),
                    tx -> {
                        events.refused(tx, asked, refused);
                        return refused;
                    });
            throw refused;
        }
    }

    private Reply granted(Request request, TokenRequest asked, Authenticated authenticated) {
        Grant grant = grant(asked);
        Optional<DpopProofs.Proof> proof =
                proofs.require(
                        request, asked.client(), asked.issuer().endpoint("token"), asked.now());
        Entitlement entitlement = grant.check(asked);
        requireScopes(asked.issuer(), entitlement.scopes());
        Lifetimes lifetimes = lifetimes(asked, grant, entitlement);
        TokenMint.Minted minted =
                mint.mint(asked, entitlement, lifetimes, proof.map(DpopProofs.Proof::thumbprint));
        database.write(
                asked.org().number(),
                tx -> {
                    use(tx, authenticated.replayGuard(), "client_assertion_already_used", asked);
                    use(tx, proof.map(DpopProofs.Proof::once), "dpop_proof_already_used", asked);
                    entitlement.commit().write(tx);
                    minted.commit().write(tx);
                    events.granted(tx, asked, grant.type(), entitlement, minted);
                    return minted;
                });
        return minted.reply();
    }

    private void use(Tx tx, Optional<UsedOnce> once, String error, TokenRequest asked) {
        if (once.isPresent() && !usedOnce.use(tx, once.get(), asked.now())) {
            throw errors.of(error);
        }
    }

    private Grant grant(TokenRequest asked) {
        String type =
                asked.form()
                        .text("grant_type")
                        .orElseThrow(
                                () ->
                                        errors.of(
                                                "token_request_missing_grant_type",
                                                String.join(", ", asked.client().grantTypes())));
        Grant grant =
                grants.stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        errors.of(
                                                "unsupported_grant_type",
                                                grants.stream()
                                                        .map(Grant::type)
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))));
        if (!asked.client().grantTypes().contains(type)) {
            throw errors.of(
                    "unauthorized_client",
                    asked.client().grantTypes().stream()
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return grant;
    }

    private void requireScopes(Issuer issuer, List<String> scopes) {
        switch (issuer) {
            case Issuer.OfOrg own -> {}
            case Issuer.Custom custom -> {
                AuthorizationServer server = custom.server();
                if (scopes.stream().anyMatch(scope -> server.scopeNamed(scope).isEmpty())) {
                    throw errors.of("no_matching_scope");
                }
            }
        }
    }

    private Lifetimes lifetimes(TokenRequest asked, Grant grant, Entitlement entitlement) {
        return switch (asked.issuer()) {
            case Issuer.OfOrg own -> Lifetimes.OF_ORG;
            case Issuer.Custom custom -> decided(custom.server(), asked, grant, entitlement);
        };
    }

    private Lifetimes decided(
            AuthorizationServer server, TokenRequest asked, Grant grant, Entitlement entitlement) {
        AccessDecision decision =
                AccessDecision.of(
                        server,
                        new AccessDecision.Asked(
                                asked.client().id(),
                                grant.type(),
                                entitlement.scopes(),
                                entitlement.subject().map(TokenEndpoint::person)));
        return switch (decision) {
            case AccessDecision.Allowed allowed -> allowed.lifetimes();
            case AccessDecision.NoMatch none -> throw errors.of("no_matching_policy");
            case AccessDecision.Denied denied ->
                    throw denied.scopes().size() == entitlement.scopes().size()
                            ? errors.of("no_scope_allowed")
                            : errors.of("scope_denied", String.join(", ", denied.scopes()));
        };
    }

    private static AccessDecision.Person person(Subject user) {
        Set<String> groups =
                user.groups().stream()
                        .map(Subject.GroupName::id)
                        .collect(Collectors.toUnmodifiableSet());
        return new AccessDecision.Person(user.id(), groups);
    }
}
