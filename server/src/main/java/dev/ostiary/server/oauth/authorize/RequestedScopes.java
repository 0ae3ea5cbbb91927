package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which scopes a request comes to (OpenID Connect API, "Scope values"), before anybody asks a
 * policy. Thread-safe.
 */
public final class RequestedScopes {

    static final String OPENID = "openid";
    static final String OFFLINE = "offline_access";

    /** What the org's own server has. */
    private static final Set<String> OF_ORG =
            Set.of(OPENID, "profile", "email", "address", "phone", OFFLINE, "groups");

    /** What tells of a user, which only OpenID Connect does. */
    private static final Set<String> TELLING =
            Set.of("profile", "email", "address", "phone", "groups");

    /** Asks for a secret of the device (guide "Configure Native SSO"). */
    private static final String DEVICE_SSO = "device_sso";

    private static final String API = "okta.";
    private static final int LONGEST = 1024;

    private final Database database;
    private final ClientRegistry registry;
    private final OAuthErrors errors;

    /** What clients of this registry may ask for. */
    public RequestedScopes(Database database, ClientRegistry registry, OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.errors = errors;
    }

    /**
     * The scopes, each once, in their order. {@code offline_access} is passed over where no refresh
     * token could come of it, as documented.
     *
     * @throws OAuthException {@code invalid_scope}
     */
    List<String> of(Addressed addressed, ResponseType type) {
        return of(
                addressed.recipient(),
                addressed.parameters().text("scope").orElse(""),
                type.code(),
                type.idToken());
    }

    /**
     * The same for a request of any kind.
     *
     * @param text as it was asked for
     * @param refreshes whether a refresh token could come of it
     * @param openIdNeeded whether an ID token is asked for
     * @throws OAuthException {@code invalid_scope}
     */
    public List<String> of(Recipient to, String text, boolean refreshes, boolean openIdNeeded) {
        if (text.length() > LONGEST) {
            throw errors.of("invalid_scope");
        }
        List<String> asked =
                Arrays.stream(text.split(" ", -1))
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
        List<String> known =
                switch (to.issuer()) {
                    case Issuer.OfOrg own -> ofOrg(own, to.client(), asked);
                    case Issuer.Custom custom -> ofServer(custom.server(), asked);
                };
        boolean offline = refreshes && to.client().grantTypes().contains("refresh_token");
        if (known.contains(DEVICE_SSO)) {
            requireSharing(known, offline);
        }
        boolean openId = known.contains(OPENID);
        if (!openId && (openIdNeeded || known.stream().anyMatch(TELLING::contains))) {
            throw errors.of("openid_scope_required");
        }
        return known.stream().filter(each -> offline || !each.equals(OFFLINE)).toList();
    }

    /** "All three scopes are required in the request." */
    private void requireSharing(List<String> known, boolean offline) {
        if (!offline) {
            throw errors.of("illegal_scope", DEVICE_SSO);
        }
        if (!known.contains(OPENID) || !known.contains(OFFLINE)) {
            throw errors.of("required_scope_combination", DEVICE_SSO, OPENID + ", " + OFFLINE);
        }
    }

    private List<String> ofOrg(Issuer.OfOrg own, OAuthClient client, List<String> asked) {
        if (asked.isEmpty()) {
            throw errors.of("missing_scopes");
        }
        List<String> ofApi = asked.stream().filter(each -> each.startsWith(API)).toList();
        if (!ofApi.isEmpty()) {
            Set<String> granted =
                    database.read(
                            own.org().number(), reader -> registry.grantedScopes(reader, client));
            if (!granted.containsAll(ofApi)) {
                throw errors.of("no_org_scopes_granted");
            }
        }
        boolean known =
                asked.stream().allMatch(each -> each.startsWith(API) || OF_ORG.contains(each));
        if (!known) {
            throw errors.of("invalid_scope");
        }
        return asked;
    }

    private List<String> ofServer(AuthorizationServer server, List<String> asked) {
        List<String> scopes = asked.isEmpty() ? server.defaultScopes() : asked;
        if (scopes.isEmpty()) {
            throw errors.of("no_default_scopes");
        }
        if (scopes.stream().anyMatch(name -> server.scopeNamed(name).isEmpty())) {
            throw errors.of("no_matching_scope");
        }
        return scopes;
    }
}
