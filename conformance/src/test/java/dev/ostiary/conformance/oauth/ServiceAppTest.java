package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A service app that calls the API for itself")
class ServiceAppTest {

    private final Server server;
    private final Org org;

    ServiceAppTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("gets tokens for the scopes that an administrator has granted, and for no other")
    void granted() {
        ServiceApp app = ServiceApp.register(org, Set.of("okta.users.read"));

        JsonNode token = app.ask("okta.users.read").expect(200).json();
        assertThat(token.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(token.path("scope").asString()).isEqualTo("okta.users.read");
        refused(
                app.ask("okta.users.read okta.groups.read"),
                400,
                "consent_required",
                "You are not allowed any of the requested scopes.");
        app.grant("okta.groups.read");
        app.ask("okta.users.read okta.groups.read").expect(200);
        JsonNode grant =
                org.http()
                        .get("/api/v1/apps/" + app.clientId() + "/grants")
                        .expect(200)
                        .json()
                        .get(0);
        org.http()
                .delete("/api/v1/apps/" + app.clientId() + "/grants/" + grant.path("id").asString())
                .expect(204);
        refused(
                app.ask(grant.path("scopeId").asString()),
                400,
                "consent_required",
                "You are not allowed any of the requested scopes.");
    }

    @Test
    @DisplayName("P21 P38 does what its scopes name, and the log says that it was the app")
    void acts() {
        ServiceApp app = ServiceApp.register(org, Set.of("okta.users.manage"));
        Http http = app.with(app.token("okta.users.manage"));
        ObjectNode user = Directory.newUser("made-by-an-app@example.com");

        String id = http.post("/api/v1/users?activate=false", user).expect(200).text("id");
        http.get("/api/v1/users/" + id).expect(200);
        http.get("/api/v1/groups").expect(403, "E0000006");
        http.get("/api/v1/users/me").expect(404, "E0000007");

        JsonNode event =
                org.http()
                        .get(
                                "/api/v1/logs",
                                "filter",
                                "eventType eq \"user.lifecycle.create\" and target.id eq \""
                                        + id
                                        + "\"")
                        .expect(200)
                        .json()
                        .get(0);
        assertThat(event.at("/actor/type").asString()).isEqualTo("PublicClientApp");
        assertThat(event.at("/actor/id").asString()).isEqualTo(app.clientId());
        assertThat(event.at("/actor/displayName").asString()).startsWith("service-");
        assertThat(event.at("/client/id").asString()).isEqualTo(app.clientId());
        assertThat(event.at("/debugContext/debugData/requestUri").asString())
                .isEqualTo("/api/v1/users");
        assertThat(event.at("/transaction/type").asString()).isEqualTo("WEB");
    }

    @Test
    @DisplayName("P21 is dead to the API once it is deactivated, with every token that it has")
    void deactivated() {
        ServiceApp app = ServiceApp.register(org, Set.of("okta.users.read"));
        Http http = app.with(app.token("okta.users.read"));
        http.get("/api/v1/users?limit=1").expect(200);

        org.http().post("/api/v1/apps/" + app.clientId() + "/lifecycle/deactivate").expect(200);
        http.get("/api/v1/users?limit=1").expect(401, "E0000011");
        org.http().post("/api/v1/apps/" + app.clientId() + "/lifecycle/activate").expect(200);
        http.get("/api/v1/users?limit=1").expect(200);
        org.http().post("/api/v1/apps/" + app.clientId() + "/lifecycle/deactivate").expect(200);
        org.http().delete("/api/v1/apps/" + app.clientId()).expect(204);
        http.get("/api/v1/users?limit=1").expect(401, "E0000011");
    }

    @Test
    @DisplayName("RFC 9449 with tokens that are bound to a key: each request proves that it has it")
    void bound() {
        ServiceApp app = ServiceApp.bound(org, Set.of("okta.users.read"));
        JwtKey key = JwtKey.ec();
        String path = "/oauth2/v1/token";
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "scope", "okta.users.read");

        refused(
                app.ask("okta.users.read"),
                400,
                "invalid_dpop_proof",
                "The DPoP proof JWT header is missing.");
        Answer asksForNonce =
                app.send(proving(org.nobody(), key, "POST", path, claims -> {}), path, form);
        refused(
                asksForNonce,
                400,
                "use_dpop_nonce",
                "Authorization server requires nonce in DPoP proof.");
        String nonce = asksForNonce.header("DPoP-Nonce").orElseThrow();
        Answer answer =
                app.send(
                        proving(
                                org.nobody(),
                                key,
                                "POST",
                                path,
                                claims -> claims.put("nonce", nonce)),
                        path,
                        form);
        assertThat(answer.expect(200).text("token_type")).isEqualTo("DPoP");
        String token = answer.text("access_token");

        Http holder = org.nobody().with("Authorization", "DPoP " + token);
        String users = "/api/v1/users";
        proving(holder, key, "GET", users, claims -> claims.put("ath", JwtKey.sha256(token)))
                .get(users + "?limit=1")
                .expect(200);
        Answer stolen = app.with(token).get(users).expect(400, "E0000011");
        assertThat(stolen.header("WWW-Authenticate").orElseThrow())
                .startsWith("DPoP algs=\"RS256 RS384 RS512 ES256 ES384 ES512\", authorization_uri=")
                .contains("error=\"invalid_request\"");
        Answer thief =
                proving(
                                holder,
                                JwtKey.ec(),
                                "GET",
                                users,
                                claims -> claims.put("ath", JwtKey.sha256(token)))
                        .get(users)
                        .expect(400, "E0000011");
        assertThat(thief.header("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_dpop_proof\"")
                .contains("The access_token is not bound to the provided DPoP proof.");
        Http once =
                proving(
                        holder,
                        key,
                        "GET",
                        users,
                        claims -> claims.put("ath", JwtKey.sha256(token)));
        once.get(users).expect(200);
        once.get(users).expect(400, "E0000011");
    }

    private Http proving(
            Http http,
            JwtKey key,
            String method,
            String path,
            java.util.function.Consumer<ObjectNode> more) {
        ObjectNode claims =
                Json.object()
                        .put("htm", method)
                        .put("htu", org.url() + path)
                        .put("iat", java.time.Instant.now().getEpochSecond())
                        .put("jti", java.util.UUID.randomUUID().toString());
        more.accept(claims);
        return http.with("DPoP", key.proof(claims));
    }

    @Test
    @DisplayName(
            "may publish its keys itself: they are fetched, kept, and asked for anew when it turns to another")
    void publishesItsKeys() {
        try (HookReceiver site = HookReceiver.open()) {
            ServiceApp app = ServiceApp.register(org, Set.of("okta.users.read"));
            JwtKey key = JwtKey.rsa();
            publish(site, key);
            ServiceApp publishing = new ServiceApp(org, app.clientId(), key);
            moveKeys(app.clientId(), site.url("/jwks"));

            publishing.ask("okta.users.read").expect(200);
            publishing.ask("okta.users.read").expect(200);
            assertThat(site.everything()).hasSize(1);
            refused(
                    app.ask("okta.users.read"),
                    401,
                    "invalid_client",
                    "The client_assertion JWT kid is invalid.");
            assertThat(site.everything()).as("asked once more").hasSize(2);

            publish(site, app.key());
            app.ask("okta.users.read").expect(200);
            for (int i = 0; i < 5; i++) {
                refused(
                        publishing.ask("okta.users.read"),
                        401,
                        "invalid_client",
                        "The client_assertion JWT kid is invalid.");
            }
            assertThat(site.everything()).as("and not without end").hasSize(4);

            moveKeys(app.clientId(), site.url("/elsewhere"));
            site.answers(told -> new HookReceiver.Say(200, "nonsense"));
            refused(
                    publishing.ask("okta.users.read"),
                    401,
                    "invalid_client",
                    "The client JWKSet is invalid.");
            moveKeys(app.clientId(), site.url("/none"));
            site.answers(told -> new HookReceiver.Say(404, ""));
            refused(
                    publishing.ask("okta.users.read"),
                    401,
                    "invalid_client",
                    "Error retrieving the client JWKSet from jwks_uri.");
        }
    }

    @Test
    @DisplayName("may not have the server call what only the server reaches")
    void privateKeySets() {
        try (Server careful = Server.start("--quiet");
                HookReceiver site = HookReceiver.open()) {
            Org own = careful.defaultOrg();
            ServiceApp app = ServiceApp.register(own, Set.of("okta.users.read"));
            publish(site, app.key());
            moveKeys(own, app.clientId(), site.url("/jwks"));

            refused(
                    app.ask("okta.users.read"),
                    401,
                    "invalid_client",
                    "Error retrieving the client JWKSet from jwks_uri.");
            assertThat(site.everything()).isEmpty();
        }
    }

    private static void publish(HookReceiver site, JwtKey key) {
        ObjectNode set = Json.object();
        set.putArray("keys").add(key.registered());
        site.answers(told -> new HookReceiver.Say(200, Json.text(set)));
    }

    private void moveKeys(String appId, String uri) {
        moveKeys(org, appId, uri);
    }

    private static void moveKeys(Org org, String appId, String uri) {
        ObjectNode app = (ObjectNode) org.http().get("/api/v1/apps/" + appId).expect(200).json();
        ObjectNode settings = (ObjectNode) app.at("/settings/oauthClient");
        settings.remove("jwks");
        settings.put("jwks_uri", uri);
        org.http().put("/api/v1/apps/" + appId, app).expect(200);
    }

    private static void refused(Answer answer, int status, String error, String description) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(List.of(answer.text("error"), answer.text("error_description")))
                .containsExactly(error, description);
    }
}
