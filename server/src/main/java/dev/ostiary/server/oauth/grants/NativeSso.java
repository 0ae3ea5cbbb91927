package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.Grant.Refresh;
import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.DeviceSecretStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.util.List;
import java.util.Optional;

/**
 * A second app of a device comes with the secret of the device and an ID token that belongs to it,
 * and gets tokens of its own (OpenID Connect Native SSO for Mobile Apps 1.0, 4; guide "Configure
 * Native SSO"). Neither is worth anything without the other; the ID token may have expired. What
 * the app gets ends with the secret. Thread-safe.
 */
final class NativeSso {

    /** What the secret is called in requests. */
    static final String DEVICE_SECRET = "urn:x-oath:params:oauth:token-type:device-secret";

    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String DEVICE_SSO = "device_sso";

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final TokenReader tokens;
    private final DirectGrants direct;
    private final OAuthErrors errors;
    private final DeviceSecretStore store = new DeviceSecretStore();

    NativeSso(
            Database database,
            ClientRegistry registry,
            Subjects subjects,
            TokenReader tokens,
            DirectGrants direct,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
        this.tokens = tokens;
        this.direct = direct;
        this.errors = errors;
    }

    /** Whether a request is one. */
    static boolean isAsked(Form form) {
        return form.text("actor_token_type").filter(DEVICE_SECRET::equals).isPresent();
    }

    /**
     * What the app is entitled to.
     *
     * @throws OAuthException where secret and token do not belong together, or the app's policy
     *     asks for more than the first one's did
     */
    Entitlement check(TokenRequest request, Issuer.Custom server) {
        if (request.client().isService()) {
            throw errors.of("invalid_client_type_native_sso");
        }
        Form form = request.form();
        if (!form.required("subject_token_type", errors).equals(ID_TOKEN)) {
            throw errors.of("invalid_subject_token_type");
        }
        List<String> scopes = scopes(request, server);
        DeviceSecret secret =
                database.read(
                                request.org().number(),
                                reader ->
                                        store.find(
                                                reader,
                                                form.required("actor_token", errors),
                                                request.now()))
                        .filter(each -> each.authorization().server().equals(server.id()))
                        .orElseThrow(() -> errors.of("invalid_actor_token"));
        requireToken(request, server, secret);
        Subject user =
                database.read(request.org().number(), reader -> subject(reader, request, secret));
        if (!direct.isOpen(request, user)) {
            throw errors.of("client_requires_mfa_native_sso");
        }
        return new Entitlement(
                Optional.of(user),
                scopes,
                Optional.empty(),
                scopes.contains("offline_access")
                        ? new Refresh.Begin()
                        : new Refresh.Under(secret.sid()),
                Optional.empty(),
                (tx, given) ->
                        store.touch(tx, secret.usedAt(request.now()))
                                ? Optional.empty()
                                : Optional.of(errors.of("invalid_actor_token")));
    }

    private List<String> scopes(TokenRequest request, Issuer.Custom server) {
        List<String> asked = request.form().scopes(errors);
        if (asked.contains(DEVICE_SSO)) {
            throw errors.of("illegal_scope", DEVICE_SSO);
        }
        List<String> scopes = asked.isEmpty() ? server.server().defaultScopes() : asked;
        if (scopes.isEmpty()) {
            throw errors.of("no_default_scopes");
        }
        List<String> needed =
                request.client().consentRequired()
                        ? server.server().needingConsent(scopes)
                        : List.of();
        if (!needed.isEmpty()) {
            throw errors.of("consent_required_token_exchange", String.join(", ", needed));
        }
        boolean refreshes = request.client().grantTypes().contains(RefreshTokenGrant.TYPE);
        return scopes.stream().filter(each -> refreshes || !each.equals("offline_access")).toList();
    }

    private void requireToken(TokenRequest request, Issuer.Custom server, DeviceSecret secret) {
        Optional<Read> token =
                tokens.read(server, request.form().required("subject_token", errors), request.now())
                        .filter(read -> read.jti().startsWith("ID."))
                        .filter(read -> is(read, "sid", secret.sid()))
                        .filter(read -> is(read, "sub", secret.authorization().userId()));
        if (token.isEmpty()) {
            throw errors.of("invalid_subject_token");
        }
    }

    private static boolean is(Read token, String claim, String value) {
        return token.text(claim).filter(value::equals).isPresent();
    }

    private Subject subject(Reader reader, TokenRequest request, DeviceSecret secret) {
        String userId = secret.authorization().userId();
        if (!registry.isAssigned(reader, request.org(), request.client(), userId)) {
            throw errors.of("user_not_assigned");
        }
        return subjects.find(
                        reader,
                        registry,
                        request.recipient(),
                        userId,
                        secret.authorization().authTime(),
                        secret.authorization().amr())
                .orElseThrow(() -> errors.of("invalid_subject_token_user_inactive"))
                .assured(secret.authorization().acr())
                .telling(Optional.of(secret.sid()))
                .during(secret.authorization().session());
    }
}
