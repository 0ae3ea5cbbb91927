package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientAuthentication.Authenticated;
import dev.ostiary.server.oauth.clients.ClientLoad;
import dev.ostiary.server.oauth.clients.ClientNetworks;
import dev.ostiary.server.oauth.clients.UsedOnce;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
                    .maybe("scope", Schema.TEXT)
                    .maybe("code", Schema.TEXT)
                    .maybe("redirect_uri", Schema.TEXT)
                    .maybe("code_verifier", Schema.TEXT)
                    .maybe("refresh_token", Schema.TEXT)
                    .maybe("device_code", Schema.TEXT)
                    .maybe("subject_token", Schema.TEXT)
                    .maybe("subject_token_type", Schema.TEXT)
                    .maybe("requested_token_type", Schema.TEXT)
                    .maybe("actor_token", Schema.TEXT)
                    .maybe("actor_token_type", Schema.TEXT)
                    .maybe("audience", Schema.TEXT)
                    .maybe("resource", Schema.TEXT)
                    .maybe("assertion", Schema.TEXT)
                    .maybe("login_hint", Schema.TEXT)
                    .maybe("otp", Schema.TEXT)
                    .maybe("mfa_token", Schema.TEXT)
                    .maybe("oob_code", Schema.TEXT)
                    .maybe("binding_code", Schema.TEXT)
                    .maybe("clientDataJSON", Schema.TEXT)
                    .maybe("authenticatorData", Schema.TEXT)
                    .maybe("signature", Schema.TEXT)
                    .maybe("userHandle", Schema.TEXT)
                    .maybe("grant_types_supported", Schema.TEXT)
                    .maybe("auth_req_id", Schema.TEXT)
                    .maybe("username", Schema.TEXT)
                    .maybe("password", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("TokenResponse")
                    .always("token_type", Schema.TEXT)
                    .always("expires_in", Schema.LONG)
                    .always("access_token", Schema.TEXT)
                    .always("scope", Schema.TEXT)
                    .maybe("refresh_token", Schema.TEXT)
                    .maybe("id_token", Schema.TEXT)
                    .maybe("device_secret", Schema.TEXT)
                    .maybe("issued_token_type", Schema.TEXT);

    private final Database database;
    private final Endpoints endpoints;
    private final ClientAuthentication clients;
    private final ClientLoad load;
    private final ClientNetworks networks;
    private final List<Grant> grants;
    private final DpopProofs proofs;
    private final TokenMint mint;
    private final Issuance issuance;
    private final TokenEvents events;
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final InstantSource time;
    private final OAuthErrors errors;

    /** The endpoint with these grants. */
    TokenEndpoint(
            Database database,
            Endpoints endpoints,
            ClientAuthentication clients,
            ClientLoad load,
            ClientNetworks networks,
            List<Grant> grants,
            DpopProofs proofs,
            TokenMint mint,
            Issuance issuance,
            TokenEvents events,
            InstantSource time,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.clients = clients;
        this.load = load;
        this.networks = networks;
        this.grants = List.copyOf(grants);
        this.proofs = proofs;
        this.mint = mint;
        this.issuance = issuance;
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
                        .answers(ANSWER)
                        .signingIn(DirectGrants::userName),
                Binding.of("tokenCustomAS", request -> answer(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER)
                        .signingIn(DirectGrants::userName));
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
        load.count(request, authenticated.client());
        TokenRequest asked =
                new TokenRequest(
                        request,
                        new Recipient(issuer, authenticated.client(), now),
                        form,
                        Optional.empty());
        try {
            networks.require(asked.org(), asked.client());
            requirePage(asked);
            return granted(asked, authenticated);
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

    /**
     * A page that asks has to be one of the client's: of the origin of one of its redirect URIs
     * (P35). What is no page says no origin.
     */
    private void requirePage(TokenRequest asked) {
        Optional<String> origin = asked.request().header("Origin");
        boolean own =
                origin.map(
                                page ->
                                        asked.client().redirectUris().stream()
                                                .anyMatch(uri -> isOf(page, uri)))
                        .orElse(true);
        if (!own) {
            throw errors.of("illegal_origin_browser_request");
        }
    }

    private static boolean isOf(String origin, String uri) {
        return origin.startsWith("http")
                && uri.startsWith(origin)
                && (uri.length() == origin.length()
                        || "/?".indexOf(uri.charAt(origin.length())) >= 0);
    }

    private Reply granted(TokenRequest asked, Authenticated authenticated) {
        Grant grant = grant(asked);
        Optional<DpopProofs.Proof> proof =
                proofs.require(
                        asked.request(),
                        asked.client(),
                        asked.issuer().endpoint("token"),
                        asked.now());
        Optional<String> thumbprint = proof.map(DpopProofs.Proof::thumbprint);
        Entitlement entitlement = grant.check(asked.provenBy(thumbprint));
        requireScopes(asked.issuer(), entitlement.scopes());
        Lifetimes lifetimes = lifetimes(asked, grant, entitlement);
        Issued issued = Issued.make(mint, issuance, asked, entitlement, lifetimes, thumbprint);
        Optional<OAuthException> late;
        try {
            late =
                    database.write(
                            asked.org().number(),
                            tx -> {
                                use(
                                        tx,
                                        authenticated.replayGuard(),
                                        "client_assertion_already_used",
                                        asked);
                                use(
                                        tx,
                                        proof.map(DpopProofs.Proof::once),
                                        "dpop_proof_already_used",
                                        asked);
                                Optional<OAuthException> refused =
                                        entitlement.commit().write(tx, issued.given());
                                if (refused.isEmpty()) {
                                    issued.keep(tx, issuance);
                                    events.granted(tx, asked, grant.type(), entitlement, issued);
                                }
                                return refused;
                            });
        } catch (UniqueViolation | ForeignKeyViolation refusal) {
            throw entitlement.commit().refused(refusal).orElseThrow(() -> refusal);
        }
        if (late.isPresent()) {
            throw late.get();
        }
        return issued.reply(
                issued.isAssertion()
                        ? Optional.of(IdentityAssertions.TYPE)
                        : grant.issuedTokenType());
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
                                                asked.client().grantTypes().stream()
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))));
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
        asked.recipient().requireGrant(type, errors);
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
            case Issuer.Custom custom ->
                    entitlement
                            .decided()
                            .orElseGet(() -> decided(custom.server(), asked, grant, entitlement));
        };
    }

    private Lifetimes decided(
            AuthorizationServer server, TokenRequest asked, Grant grant, Entitlement entitlement) {
        return Policies.decide(
                server,
                asked.client().id(),
                grant.type(),
                entitlement.scopes(),
                entitlement.subject(),
                errors);
    }
}
