package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
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
@DisplayName("Native SSO")
class NativeSsoTest {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String DEVICE_SECRET = "urn:x-oath:params:oauth:token-type:device-secret";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String LOGIN = "native@example.com";
    private static final String SCOPE = "openid device_sso offline_access";

    private final Org org;
    private final Server server;
    private String base = "";

    NativeSsoTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void world() {
        new Directory(org).active(LOGIN);
        base = OpenServer.of(org, "authorization_code", "refresh_token", GRANT);
    }

    private static ClientApp app(Org org, String label) {
        return ClientApp.of(
                org,
                label,
                "native",
                "none",
                settings ->
                        settings.putArray("grant_types")
                                .add("authorization_code")
                                .add("implicit")
                                .add("refresh_token")
                                .add(GRANT));
    }

    private ClientApp app(String label) {
        return app(org, label).at(base);
    }

    private static JsonNode first(ClientApp app) {
        return app.redeem(app.code(LOGIN, "scope", SCOPE)).expect(200).json();
    }

    private static Answer exchange(ClientApp app, String secret, String idToken, String... others) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("grant_type", GRANT);
        said.put("actor_token", secret);
        said.put("actor_token_type", DEVICE_SECRET);
        said.put("subject_token", idToken);
        said.put("subject_token_type", ID_TOKEN);
        said.put("scope", "openid offline_access");
        said.put("audience", "api://open");
        for (int i = 0; i < others.length; i += 2) {
            said.put(others[i], others[i + 1]);
        }
        return app.token(said);
    }

    private static String secret(JsonNode tokens) {
        return tokens.get("device_secret").asString();
    }

    private static String idToken(JsonNode tokens) {
        return tokens.get("id_token").asString();
    }

    @Test
    @DisplayName("one sign-in for two apps: secret and ID token together get tokens, until it ends")
    void whole() {
        ClientApp one = app("One");
        ClientApp two = app("Two");
        JsonNode tokens = first(one);
        String sid = ClientApp.claims(idToken(tokens)).get("sid").asString();
        JsonNode told =
                one.ask(
                                "introspect",
                                Map.of("token", secret(tokens), "token_type_hint", "device_secret"))
                        .expect(200)
                        .json();
        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told.get("sid").asString()).isEqualTo(sid);
        assertThat(told.get("token_type").asString()).isEqualTo(DEVICE_SECRET);
        assertThat(two.isActive(secret(tokens))).isFalse();
        JsonNode more = exchange(two, secret(tokens), idToken(tokens)).expect(200).json();
        JsonNode claims = ClientApp.claims(idToken(more));
        assertThat(claims.get("aud").asString()).isEqualTo(two.id());
        assertThat(claims.get("sid").asString()).isEqualTo(sid);
        assertThat(claims.get("auth_time"))
                .isEqualTo(ClientApp.claims(idToken(tokens)).get("auth_time"));
        assertThat(more.has("device_secret")).isFalse();
        exchange(app("Three"), secret(tokens), idToken(more)).expect(200);
        String refreshed =
                two.refresh(more.get("refresh_token").asString()).expect(200).text("access_token");
        assertThat(two.isActive(refreshed)).isTrue();
        ClientApp four = app("Four");
        String alone =
                exchange(four, secret(tokens), idToken(tokens), "scope", "openid")
                        .expect(200)
                        .text("access_token");
        assertThat(four.isActive(alone)).isTrue();
        String ended =
                exchange(four, secret(tokens), idToken(tokens), "scope", "openid")
                        .expect(200)
                        .text("access_token");
        four.ask("revoke", Map.of("token", ended)).expect(200);
        assertThat(four.isActive(ended)).isFalse();
        assertThat(four.isActive(alone)).isTrue();
        one.ask("revoke", Map.of("token", secret(tokens))).expect(200);
        assertThat(four.isActive(alone)).isFalse();
        assertThat(one.isActive(secret(tokens))).isFalse();
        assertThat(two.isActive(refreshed)).isFalse();
        assertThat(one.isActive(tokens.get("access_token").asString())).isFalse();
        two.refresh(more.get("refresh_token").asString()).expect(400, "invalid_grant");
        exchange(two, secret(tokens), idToken(tokens)).expect(400, "invalid_request");
        String log = org.http().get("/api/v1/logs?limit=1000").expect(200).text();
        assertThat(log)
                .contains("app.oauth2.as.token.grant.device_secret")
                .doesNotContain(secret(tokens));
    }

    @Test
    @DisplayName(
            "the assurance that the first app had asked for stands in the tokens of the others")
    void assurance() {
        String assured = "urn:okta:loa:1fa:pwd";
        ClientApp one = app("Assured 1");
        JsonNode tokens =
                one.redeem(one.code(LOGIN, "scope", SCOPE, "acr_values", assured))
                        .expect(200)
                        .json();
        JsonNode more =
                exchange(app("Assured 2"), secret(tokens), idToken(tokens)).expect(200).json();
        assertThat(ClientApp.claims(idToken(more)).get("acr").asString()).isEqualTo(assured);
    }

    @Test
    @DisplayName("neither is worth anything without the other, nor what belongs to somebody else")
    void together() {
        ClientApp one = app("Pair 1");
        ClientApp two = app("Pair 2");
        JsonNode tokens = first(one);
        JsonNode others = first(one);
        exchange(two, secret(tokens), idToken(others)).expect(400, "invalid_request");
        exchange(two, "nonsense", idToken(tokens)).expect(400, "invalid_request");
        exchange(two, secret(tokens), tokens.get("access_token").asString())
                .expect(400, "invalid_request");
        exchange(two, tokens.get("refresh_token").asString(), idToken(tokens))
                .expect(400, "invalid_request");
        exchange(two, secret(tokens), idToken(tokens), "subject_token_type", DEVICE_SECRET)
                .expect(400, "invalid_request");
        exchange(two, secret(tokens), idToken(tokens), "audience", "api://elsewhere")
                .expect(400, "invalid_target");
        exchange(two, secret(tokens), idToken(tokens), "scope", SCOPE).expect(400, "invalid_scope");
        String far = OpenServer.of(org, "authorization_code", GRANT);
        exchange(two.at(far), secret(tokens), idToken(tokens)).expect(400, "invalid_request");
        exchange(two.atOrg(), secret(tokens), idToken(tokens))
                .expect(400, "unsupported_grant_type");
        Org other = server.newOrg();
        new Directory(other).active(LOGIN);
        ClientApp foreign = app(other, "Foreign").at(OpenServer.of(other, GRANT));
        exchange(foreign, secret(tokens), idToken(tokens)).expect(400, "invalid_request");
        exchange(two, secret(tokens), idToken(tokens)).expect(200);
    }

    @Test
    @DisplayName("the scopes come together, at custom servers alone")
    void scopes() {
        ClientApp app = app("Scopes");
        refused(app, "openid device_sso", "invalid_scope");
        refused(app, "device_sso offline_access", "invalid_scope");
        refused(app.atOrg(), SCOPE, "invalid_scope");
        JsonNode plain =
                app.redeem(app.code(LOGIN, "scope", "openid offline_access")).expect(200).json();
        assertThat(plain.has("device_secret")).isFalse();
        assertThat(ClientApp.claims(idToken(plain)).has("sid")).isFalse();
    }

    private static void refused(ClientApp app, String scope, String error) {
        assertThat(
                        ClientApp.said(
                                ClientApp.answer(
                                        app.authorize(app.request("scope", scope)).expect(302)),
                                "error"))
                .isEqualTo(error);
    }

    @Test
    @DisplayName("who leaves with the secret is out of all apps of the device")
    void leaves() {
        ClientApp one = app("Leaving");
        JsonNode tokens = first(one);
        org.nobody()
                .get(
                        one.base()
                                + "/v1/logout?"
                                + ClientApp.form(
                                        Map.of(
                                                "id_token_hint",
                                                idToken(tokens),
                                                "device_secret",
                                                secret(tokens))))
                .expect(302);
        assertThat(one.isActive(secret(tokens))).isFalse();
        one.refresh(tokens.get("refresh_token").asString()).expect(400, "invalid_grant");
    }
}
