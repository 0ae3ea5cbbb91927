package dev.ostiary.conformance.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A machine that calls the API for itself: a client with a key of its own, made as the guide
 * "Implement OAuth for Okta with a service app" says.
 *
 * @param org where it is registered
 * @param clientId its name there, which is also its app's id
 * @param key what it proves itself with
 */
public record ServiceApp(Org org, String clientId, JwtKey key) {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** A new one that may have these scopes. */
    public static ServiceApp register(Org org, Collection<String> scopes) {
        return register(org, scopes, false);
    }

    /** A new one whose tokens are bound to a key, too. */
    public static ServiceApp bound(Org org, Collection<String> scopes) {
        return register(org, scopes, true);
    }

    private static ServiceApp register(Org org, Collection<String> scopes, boolean bound) {
        JwtKey key = JwtKey.rsa();
        ObjectNode app =
                Json.object()
                        .put("name", "oidc_client")
                        .put("label", "service-" + UUID.randomUUID())
                        .put("signOnMode", "OPENID_CONNECT");
        app.putObject("credentials")
                .putObject("oauthClient")
                .put("token_endpoint_auth_method", "private_key_jwt");
        ObjectNode settings = app.putObject("settings").putObject("oauthClient");
        settings.put("application_type", "service").put("dpop_bound_access_tokens", bound);
        settings.putArray("grant_types").add("client_credentials");
        settings.putArray("response_types").add("token");
        settings.putObject("jwks").putArray("keys").add(key.registered());
        String id = org.http().post("/api/v1/apps", app).expect(200).text("id");
        ServiceApp made = new ServiceApp(org, id, key);
        scopes.forEach(made::grant);
        return made;
    }

    /** Lets it have one more scope. */
    public void grant(String scope) {
        org.http()
                .post(
                        "/api/v1/apps/" + clientId + "/grants",
                        Json.object().put("issuer", org.url()).put("scopeId", scope))
                .expect(201);
    }

    /** What it proves itself with at an endpoint, once. */
    public String assertion(String audience) {
        long now = Instant.now().getEpochSecond();
        return key.assertion(
                Json.object()
                        .put("iss", clientId)
                        .put("sub", clientId)
                        .put("aud", audience)
                        .put("jti", UUID.randomUUID().toString())
                        .put("iat", now)
                        .put("exp", now + 600));
    }

    /** Sends a form to an endpoint of the org's own server, such as {@code token}. */
    public Answer send(String endpoint, Map<String, String> form) {
        return send(org.nobody(), "/oauth2/v1/" + endpoint, form);
    }

    /** Sends a form to an endpoint by another client. */
    public Answer send(Http http, String path, Map<String, String> form) {
        return http.with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, form(path, form).getBytes(StandardCharsets.UTF_8));
    }

    /** A form with what proves the client at the endpoint. */
    public String form(String path, Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("client_assertion_type", ASSERTION_TYPE);
        all.put("client_assertion", assertion(org.url() + path));
        return all.entrySet().stream()
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Asks for a token with these scopes. */
    public Answer ask(String scopes) {
        return send("token", Map.of("grant_type", "client_credentials", "scope", scopes));
    }

    /** A token with these scopes. */
    public String token(String scopes) {
        return ask(scopes).expect(200).text("access_token");
    }

    /** A client of the org that shows a token. */
    public Http with(String token) {
        return org.nobody().with("Authorization", "Bearer " + token);
    }
}
