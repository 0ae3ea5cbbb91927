package dev.ostiary.conformance.harness;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An app that calls the org's API for whoever has signed in to it, for scopes that an administrator
 * lets it have. Not thread-safe.
 */
public final class UserApp {

    private final ClientApp client;
    private final Set<String> granted = new HashSet<>();

    private UserApp(ClientApp client) {
        this.client = client;
    }

    /** A new one that everyone is assigned to. */
    public static UserApp register(Org org, String label) {
        return new UserApp(ClientApp.web(org, label).atOrg());
    }

    /** The client. */
    public ClientApp client() {
        return client;
    }

    /** The same, which may have a scope. */
    public UserApp granted(String scope) {
        if (granted.add(scope)) {
            client.org()
                    .http()
                    .post(
                            "/api/v1/apps/" + client.id() + "/grants",
                            Json.object().put("issuer", client.org().url()).put("scopeId", scope))
                    .expect(201);
        }
        return this;
    }

    /** A token that comes of a session token, without a session. */
    public String token(String login, String scope) {
        return ClientApp.said(tokens(client.code(login, "scope", "openid " + scope)), "access");
    }

    /** What a code is worth: {@code access}, and {@code refresh} if it comes along. */
    public Map<String, String> tokens(String code) {
        Answer answer = client.redeem(code).expect(200);
        String refresh = answer.json().path("refresh_token").asString("");
        return refresh.isEmpty()
                ? Map.of("access", answer.text("access_token"))
                : Map.of("access", answer.text("access_token"), "refresh", refresh);
    }

    /** A client of the org that shows a token. */
    public Http with(String accessToken) {
        return client.org().nobody().with("Authorization", "Bearer " + accessToken);
    }
}
