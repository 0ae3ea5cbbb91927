package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Discovery")
class DiscoveryTest {

    private final Org org;

    DiscoveryTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName(
            "the metadata of the default server names its issuer, its endpoints and its scopes")
    void metadata() {
        JsonNode metadata =
                org.nobody()
                        .get("/oauth2/default/.well-known/oauth-authorization-server")
                        .expect(200)
                        .json();
        assertThat(metadata.get("issuer").asString()).isEqualTo(org.url() + "/oauth2/default");
        assertThat(metadata.get("token_endpoint").asString())
                .isEqualTo(org.url() + "/oauth2/default/v1/token");
        assertThat(texts(metadata.get("scopes_supported")))
                .contains("openid", "offline_access", "okta.myAccount.profile.read");
        assertThat(metadata.has("userinfo_endpoint")).isFalse();
        JsonNode openId =
                org.nobody()
                        .get("/oauth2/default/.well-known/openid-configuration")
                        .expect(200)
                        .json();
        assertThat(openId.get("userinfo_endpoint").asString())
                .isEqualTo(org.url() + "/oauth2/default/v1/userinfo");
        assertThat(texts(openId.get("id_token_signing_alg_values_supported")))
                .containsExactly("RS256");
        JsonNode own = org.nobody().get("/.well-known/openid-configuration").expect(200).json();
        assertThat(own.get("issuer").asString()).isEqualTo(org.url());
        assertThat(own.get("jwks_uri").asString()).isEqualTo(org.url() + "/oauth2/v1/keys");
        assertThat(List.of(metadata, openId, own))
                .allMatch(
                        each ->
                                each.get("registration_endpoint")
                                        .asString()
                                        .equals(org.url() + "/oauth2/v1/clients"));
    }

    @Test
    @DisplayName("a scope is in the metadata if it is to be, at once")
    void published() {
        String scopes = "/api/v1/authorizationServers/default/scopes";
        org.http().post(scopes, "{\"name\":\"hidden\"}").expect(201);
        org.http()
                .post(scopes, "{\"name\":\"shown\",\"metadataPublish\":\"ALL_CLIENTS\"}")
                .expect(201);
        assertThat(
                        texts(
                                org.nobody()
                                        .get("/oauth2/default/.well-known/openid-configuration")
                                        .expect(200)
                                        .json()
                                        .get("scopes_supported")))
                .contains("shown")
                .doesNotContain("hidden");
    }

    @Test
    @DisplayName(
            "the key that the management API calls active is in the key set, and may be kept until the next is near")
    void keys() {
        Answer answer = org.nobody().get("/oauth2/default/v1/keys").expect(200);
        assertThat(answer.header("Cache-Control").orElse(""))
                .matches("max-age=[0-9]+, must-revalidate");
        assertThat(answer.header("Pragma")).isEmpty();
        JsonNode active =
                org.http()
                        .get("/api/v1/authorizationServers/default/credentials/keys")
                        .expect(200)
                        .json()
                        .get(0);
        JsonNode key = answer.json().get("keys").get(0);
        assertThat(key.get("kid")).isEqualTo(active.get("kid"));
        assertThat(key.get("n")).isEqualTo(active.get("n"));
        assertThat(List.copyOf(key.propertyNames()))
                .containsExactly("kty", "alg", "kid", "use", "e", "n");
    }

    @Test
    @DisplayName("after a rotation the key set has both keys, the new one and the one before")
    void rotated() {
        String server =
                org.http()
                        .post(
                                "/api/v1/authorizationServers",
                                "{\"name\":\"Rotated\",\"audiences\":[\"api://r\"]}")
                        .expect(201)
                        .text("id");
        String before = kids(server).getFirst();
        org.http()
                .post(
                        "/api/v1/authorizationServers/"
                                + server
                                + "/credentials/lifecycle/keyRotate",
                        "{\"use\":\"sig\"}")
                .expect(200);
        assertThat(kids(server)).hasSize(2).contains(before);
        assertThat(kids(server).getFirst()).isNotEqualTo(before);
    }

    @Test
    @DisplayName("an inactive server tells nothing")
    void inactive() {
        String server =
                org.http()
                        .post(
                                "/api/v1/authorizationServers",
                                "{\"name\":\"Inactive\",\"audiences\":[\"api://i\"]}")
                        .expect(201)
                        .text("id");
        org.http()
                .post("/api/v1/authorizationServers/" + server + "/lifecycle/deactivate")
                .expect(204);
        org.nobody().get("/oauth2/" + server + "/v1/keys").expect(404, "E0000007");
    }

    @Test
    @DisplayName("P35 pages of trusted origins may read it")
    void cors() {
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"App\",\"origin\":\"https://app.example.com\","
                                + "\"scopes\":[{\"type\":\"CORS\"}]}")
                .expect(200);
        assertThat(
                        org.nobody()
                                .with("Origin", "https://app.example.com")
                                .get("/oauth2/default/v1/keys")
                                .expect(200)
                                .header("Access-Control-Allow-Origin"))
                .contains("https://app.example.com");
        assertThat(
                        org.nobody()
                                .with("Origin", "https://evil.example.com")
                                .get("/oauth2/default/v1/keys")
                                .expect(200)
                                .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private List<String> kids(String server) {
        return org.nobody()
                .get("/oauth2/" + server + "/v1/keys")
                .expect(200)
                .json()
                .get("keys")
                .valueStream()
                .map(key -> key.get("kid").asString())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
