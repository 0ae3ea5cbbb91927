package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Cross App Access: an app goes to another one in the name of its user")
class CrossAppAccessTest {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String ID_JAG = "urn:ietf:params:oauth:token-type:id-jag";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String LOGIN = "cross@example.com";

    private final Org org;
    private final Server server;
    private String userId = "";
    private String base = "";
    private String audience = "";

    CrossAppAccessTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void world() {
        userId = Directory.id(new Directory(org).active(LOGIN));
        base = OpenServer.of(org, BEARER);
        audience = org.url() + base;
        org.http()
                .post(
                        base.replace("/oauth2/", "/api/v1/authorizationServers/") + "/scopes",
                        "{\"name\":\"chat.read\"}")
                .expect(201);
    }

    @Test
    @DisplayName(
            "an ID token becomes an assertion, which becomes a token of the other app's server, once")
    void whole() {
        ClientApp app = connected("Assistant");
        String idToken = idToken(app);

        JsonNode answer = app.token(said(idToken)).expect(200).json();

        assertThat(answer.get("token_type").asString()).isEqualTo("N_A");
        assertThat(answer.get("issued_token_type").asString()).isEqualTo(ID_JAG);
        assertThat(answer.get("expires_in").asInt()).isEqualTo(300);
        assertThat(answer.has("refresh_token")).isFalse();
        assertThat(answer.has("id_token")).isFalse();
        String assertion = answer.get("access_token").asString();
        assertThat(header(assertion).get("typ").asString()).isEqualTo("oauth-id-jag+jwt");
        JsonNode claims = ClientApp.claims(assertion);
        assertThat(claims.get("iss").asString()).isEqualTo(org.url());
        assertThat(claims.get("aud").asString()).isEqualTo(audience);
        assertThat(claims.get("sub").asString()).isEqualTo(userId);
        assertThat(claims.get("client_id").asString()).isEqualTo(app.id());
        assertThat(claims.get("scope").asString()).isEqualTo("chat.read");
        assertThat(claims.get("auth_time")).isEqualTo(ClientApp.claims(idToken).get("auth_time"));

        String access = redeem(app, assertion).expect(200).text("access_token");
        assertThat(ClientApp.claims(access).get("uid").asString()).isEqualTo(userId);
        assertThat(ClientApp.claims(access).get("cid").asString()).isEqualTo(app.id());
        assertThat(app.at(base).isActive(access)).isTrue();
        redeem(app, assertion).expect(400, "invalid_grant");
        assertThat(
                        org.http()
                                .get(
                                        "/api/v1/logs?filter=eventType%20eq%20%22"
                                                + "app.oauth2.token.grant.id_jag%22")
                                .expect(200)
                                .text())
                .contains(app.id());
    }

    @Test
    @DisplayName("P22 an assertion is no access token and no ID token")
    void nothingElse() {
        ClientApp app = connected("Confused");
        String assertion = app.token(said(idToken(app))).expect(200).text("access_token");

        assertThat(app.isActive(assertion)).isFalse();
        org.nobody()
                .with("Authorization", "Bearer " + assertion)
                .get("/oauth2/v1/userinfo")
                .expect(401);
        org.nobody()
                .with("Authorization", "Bearer " + assertion)
                .get("/api/v1/users/me")
                .expect(401);
        app.token(said(assertion)).expect(400, "invalid_request");
        redeem(connected("Another"), assertion).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName(
            "nothing is asserted of somebody else's token, for another server, or by an app without a secret")
    void asked() {
        ClientApp app = connected("Asking");
        ClientApp other = connected("Other");
        String idToken = idToken(app);
        other.token(said(idToken)).expect(400, "invalid_request");
        app.token(and(said(idToken), "audience", "https://elsewhere.example.com"))
                .expect(400, "invalid_target");
        app.token(and(said(idToken), "audience", org.url())).expect(400, "invalid_target");
        app.token(and(said(idToken), "resource", "api://another")).expect(400, "invalid_target");
        app.token(and(said(idToken), "resource", "api://open")).expect(200);
        app.token(and(said(idToken), "scope", "nonsense")).expect(400, "invalid_scope");
        app.token(
                        and(
                                said(idToken),
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token"))
                .expect(400, "invalid_request");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        app.token(said(tokens.get("access_token").asString())).expect(400, "invalid_request");
        ClientApp custom = app.at("/oauth2/default");
        String ofCustom = custom.redeem(custom.code(LOGIN)).expect(200).text("id_token");
        app.token(said(ofCustom)).expect(400, "invalid_request");
        custom.token(said(idToken)).expect(400, "invalid_request");
        Org foreign = server.newOrg();
        new Directory(foreign).active(LOGIN);
        ClientApp stranger = ClientApp.web(foreign, "Stranger").atOrg();
        app.token(said(stranger.redeem(stranger.code(LOGIN)).expect(200).text("id_token")))
                .expect(400, "invalid_request");
        ClientApp open = app(org, "No secret", "native", "none");
        open.token(said(idToken(open))).expect(403, "access_denied");
    }

    @Test
    @DisplayName("it takes a connection that is active, to an app that is, and is the user's")
    void connections() {
        ClientApp app = app(org, "Unconnected", "web", "client_secret_basic");
        String idToken = idToken(app);
        app.token(said(idToken)).expect(403, "access_denied");

        String resource = resource();
        String connection = connect(app, resource);
        app.token(said(idToken)).expect(400, "invalid_target");
        org.http()
                .post("/api/v1/apps/" + resource + "/users", Json.object().put("id", userId))
                .expect(200);
        app.token(said(idToken)).expect(200);

        status(app, connection, "INACTIVE");
        app.token(said(idToken)).expect(403, "access_denied");
        status(app, connection, "ACTIVE");
        org.http().post("/api/v1/apps/" + resource + "/lifecycle/deactivate").expect(200);
        app.token(said(idToken)).expect(403, "access_denied");
    }

    @Test
    @DisplayName("whoever is suspended, or no user of the app any more, is spoken for by nobody")
    void users() {
        ClientApp app = connected("Leaving");
        String login = "leaves-cross@example.com";
        String leaver = Directory.id(new Directory(org).active(login));
        String idToken = app.redeem(app.code(login)).expect(200).text("id_token");
        app.token(said(idToken)).expect(200);
        org.http().post("/api/v1/users/" + leaver + "/lifecycle/suspend").expect(200);
        app.token(said(idToken)).expect(400, "invalid_request");
    }

    private static JsonNode header(String token) {
        return Json.parse(
                new String(
                        Base64.getUrlDecoder().decode(token.split("[.]", -1)[0]),
                        StandardCharsets.UTF_8));
    }

    private ClientApp connected(String label) {
        ClientApp app = app(org, label, "web", "client_secret_basic");
        connect(app, app(org, label + ", goal", "web", "client_secret_basic").id());
        return app;
    }

    private static ClientApp app(Org org, String label, String type, String method) {
        return ClientApp.of(
                        org,
                        label,
                        type,
                        method,
                        settings ->
                                settings.putArray("grant_types")
                                        .add("authorization_code")
                                        .add("implicit")
                                        .add("refresh_token")
                                        .add(EXCHANGE)
                                        .add(BEARER))
                .atOrg();
    }

    /** An app that nobody is assigned to. */
    private String resource() {
        return org.http()
                .post(
                        "/api/v1/apps",
                        "{\"name\":\"bookmark\",\"label\":\"Goal\",\"signOnMode\":\"BOOKMARK\","
                                + "\"settings\":{\"app\":{\"requestIntegration\":false,"
                                + "\"url\":\"https://goal.example.com\"}}}")
                .expect(200)
                .text("id");
    }

    private String connect(ClientApp app, String resource) {
        return org.http()
                .post(
                        "/api/v1/apps/" + app.id() + "/cwo/connections",
                        Json.object()
                                .put("requestingAppInstanceId", app.id())
                                .put("resourceAppInstanceId", resource))
                .expect(201)
                .text("id");
    }

    private void status(ClientApp app, String connection, String status) {
        org.http()
                .with("Content-Type", "application/json")
                .send(
                        "PATCH",
                        "/api/v1/apps/" + app.id() + "/cwo/connections/" + connection,
                        ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    private static String idToken(ClientApp app) {
        return app.redeem(app.code(LOGIN)).expect(200).text("id_token");
    }

    private Answer redeem(ClientApp app, String assertion) {
        return app.at(base).token(Map.of("grant_type", BEARER, "assertion", assertion));
    }

    private Map<String, String> said(String idToken) {
        return Map.of(
                "grant_type", EXCHANGE,
                "requested_token_type", ID_JAG,
                "subject_token", idToken,
                "subject_token_type", ID_TOKEN,
                "audience", audience,
                "scope", "chat.read");
    }

    private static Map<String, String> and(Map<String, String> said, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(said);
        all.put(name, value);
        return all;
    }
}
