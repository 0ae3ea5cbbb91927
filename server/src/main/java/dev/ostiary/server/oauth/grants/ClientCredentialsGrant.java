package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenScope;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.List;
import java.util.Set;

/**
 * A client asks for itself (RFC 6749, 4.4). At the org's own server only machines do, with a key of
 * their own, for scopes of the org's API that an administrator has granted them. Thread-safe.
 */
final class ClientCredentialsGrant implements Grant {

    static final String TYPE = "client_credentials";

    private static final String PRIVATE_KEY_JWT = "private_key_jwt";

    /** Scopes that are about a user, and there is none. */
    private static final Set<String> OPENID =
            Set.of(
                    "openid",
                    "profile",
                    "email",
                    "address",
                    "phone",
                    "offline_access",
                    "device_sso");

    private final Database database;
    private final ClientRegistry registry;
    private final OAuthErrors errors;

    ClientCredentialsGrant(Database database, ClientRegistry registry, OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        if (request.client().isPublic()) {
            throw errors.of("confidential_client_required");
        }
        List<String> asked = request.form().scopes(errors);
        if (asked.stream().anyMatch(OPENID::contains)) {
            throw errors.of("openid_not_allowed_client_creds");
        }
        return switch (request.issuer()) {
            case Issuer.OfOrg own -> Entitlement.ofClient(ofOrg(request, asked));
            case Issuer.Custom custom -> Entitlement.ofClient(ofServer(custom.server(), asked));
        };
    }

    private List<String> ofOrg(TokenRequest request, List<String> asked) {
        OAuthClient client = request.client();
        if (!client.isService()) {
            throw errors.of("invalid_application_type_client_credentials");
        }
        if (!client.authMethod().equals(PRIVATE_KEY_JWT)) {
            throw errors.of("unsupported_auth_method_client_creds");
        }
        if (asked.isEmpty()) {
            throw errors.of("missing_scopes");
        }
        if (asked.stream().anyMatch(scope -> scope.endsWith(".self"))) {
            throw errors.of("client_credentials_self_scope_requested");
        }
        Set<String> granted =
                database.read(
                        request.org().number(), reader -> registry.grantedScopes(reader, client));
        if (!granted.containsAll(asked)) {
            throw errors.of("no_org_scopes_granted");
        }
        return asked;
    }

    private List<String> ofServer(AuthorizationServer server, List<String> asked) {
        List<String> scopes = asked.isEmpty() ? server.defaultScopes() : asked;
        if (scopes.isEmpty()) {
            throw errors.of("no_default_scopes");
        }
        List<String> needConsent =
                scopes.stream()
                        .flatMap(name -> server.scopeNamed(name).stream())
                        .filter(scope -> scope.consent() == TokenScope.Consent.REQUIRED)
                        .map(TokenScope::name)
                        .toList();
        if (!needConsent.isEmpty()) {
            throw errors.of("consent_required_client_credentials", String.join(", ", needConsent));
        }
        return scopes;
    }
}
