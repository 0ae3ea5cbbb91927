package dev.ostiary.server.oauth.direct;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.RequestedScopes;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.RequestObjects;
import dev.ostiary.server.oauth.grants.ClientRequests;
import dev.ostiary.server.oauth.grants.ClientRequests.ClientRequest;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.PolledRequest;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectProofs.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a client begins an authentication on the backchannel (OpenID Connect CIBA Core 1.0, 7;
 * OpenID Connect API, {@code /bc/authorize}): the user's device is asked, and the client polls.
 * Thread-safe.
 */
public final class BackchannelAuthentication implements Family {

    private static final String GRANT = "urn:openid:params:grant-type:ciba";
    private static final String ID_TOKEN = "ID.";

    private static final Schema FORM =
            Schema.object()
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT)
                    .maybe("scope", Schema.TEXT)
                    .maybe("login_hint", Schema.TEXT)
                    .maybe("id_token_hint", Schema.TEXT)
                    .maybe("binding_message", Schema.TEXT)
                    .maybe("request_expiry", Schema.LONG)
                    .maybe("request", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("BackchannelAuthorizeResponse")
                    .always("auth_req_id", Schema.TEXT)
                    .always("expires_in", Schema.LONG)
                    .always("interval", Schema.LONG);

    private final ClientRequests clients;
    private final RequestObjects objects;
    private final RequestedScopes scopes;
    private final TokenReader tokens;
    private final Asking asking;
    private final OAuthErrors errors;

    /**
     * The endpoint for clients of this registry.
     *
     * @param objects reads requests that clients have signed
     * @param reader reads ID tokens that name users
     * @param proofs asks users
     */
    public BackchannelAuthentication(
            Database database,
            ClientRegistry registry,
            TokenFamilies families,
            RequestObjects objects,
            TokenReader reader,
            DirectProofs proofs,
            Tokens random) {
        this.clients = families.clientRequests();
        this.objects = objects;
        this.errors = families.errors();
        this.scopes = new RequestedScopes(database, registry, errors);
        this.tokens = reader;
        this.asking = new Asking(database, registry, proofs, random, errors);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("bcAuthorize", clients.ofOrg("bc/authorize", this::begun))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER)
                        .signingIn(PrimaryAuthenticate::userName),
                Binding.of("bcAuthorizeCustomAS", clients.custom("bc/authorize", this::begun))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER)
                        .signingIn(PrimaryAuthenticate::userName));
    }

    private Reply begun(Request request, ClientRequest client) {
        Recipient to = client.to();
        requireClient(to);
        BackchannelRequest asked =
                client.form()
                        .text("request")
                        .map(
                                text ->
                                        BackchannelRequest.of(
                                                objects.ofBackchannel(
                                                        to.org(),
                                                        to.client(),
                                                        text,
                                                        to.issuer().name(),
                                                        to.now()),
                                                errors))
                        .orElseGet(() -> BackchannelRequest.of(client.form(), errors));
        List<String> granted = scopes(to, asked);
        String user =
                user(request, to, asked)
                        .filter(id -> asking.isAssigned(to, id))
                        .orElseThrow(() -> errors.of("ciba_request_unknown_user_id"));
        String id = ask(request, to, asked, granted, user);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("auth_req_id", id);
                    out.writeNumberProperty("expires_in", asked.life().toSeconds());
                    out.writeNumberProperty("interval", PolledRequest.INTERVAL.toSeconds());
                    out.writeEndObject();
                });
    }

    private void requireClient(Recipient to) {
        if (!to.client().grantTypes().contains(GRANT)) {
            throw errors.of("ciba_request_grant_type_not_configured");
        }
        if (!to.client().applicationType().equals("web")) {
            throw errors.of("ciba_feature_not_supported");
        }
        if (to.client().isPublic()) {
            throw errors.of("confidential_client_required");
        }
    }

    private List<String> scopes(Recipient to, BackchannelRequest asked) {
        String text = asked.scope().orElseThrow(() -> errors.of("ciba_request_missing_scope"));
        if (!Arrays.asList(text.split(" ", -1)).contains("openid")) {
            throw errors.of("ciba_request_invalid_scope");
        }
        List<String> granted = scopes.of(to, text, true, true);
        List<String> needed =
                to.client().consentRequired() && to.issuer() instanceof Issuer.Custom custom
                        ? custom.server().needingConsent(granted)
                        : List.of();
        if (!needed.isEmpty()) {
            throw errors.of("consent_required", String.join(", ", needed));
        }
        return granted;
    }

    /** The one whom the one hint means. */
    private Optional<String> user(Request request, Recipient to, BackchannelRequest asked) {
        if (asked.loginHint().isPresent() == asked.idTokenHint().isPresent()) {
            throw errors.of(
                    asked.loginHint().isPresent()
                            ? "ciba_request_invalid_hint"
                            : "ciba_request_missing_id_token_hint");
        }
        return asked.loginHint()
                .flatMap(name -> asking.proofs().find(request, name))
                .or(() -> asked.idTokenHint().flatMap(token -> ofToken(to, token)));
    }

    /** A token that was this client's own, expired or not (OpenID Connect CIBA Core 1.0, 7.1). */
    private Optional<String> ofToken(Recipient to, String token) {
        return tokens.read(to.issuer(), token, to.now())
                .filter(read -> read.jti().startsWith(ID_TOKEN))
                .filter(read -> read.text("aud").filter(to.client().id()::equals).isPresent())
                .flatMap(read -> read.text("sub"));
    }

    private String ask(
            Request request,
            Recipient to,
            BackchannelRequest asked,
            List<String> granted,
            String user) {
        try {
            return asking.ask(
                            request,
                            to,
                            Kind.BACKCHANNEL,
                            user,
                            Channel.PUSH,
                            granted,
                            Optional.empty(),
                            asked.message(),
                            false,
                            to.now().plus(asked.life()))
                    .code();
        } catch (OAuthException refused) {
            throw refused.code().startsWith("direct_auth_")
                    ? errors.of("ciba_mfa_challenge_initiation_failure")
                    : refused;
        }
    }
}
