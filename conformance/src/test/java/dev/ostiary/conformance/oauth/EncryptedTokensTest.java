package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Tokens that only one may read")
class EncryptedTokensTest {

    private static final String LOGIN = "sealed@example.com";
    private static final String ALGORITHM = "id_token_encrypted_response_alg";

    private final Org org;
    private final JwtKey key = JwtKey.rsa();

    EncryptedTokensTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void people() {
        new Directory(org).active(LOGIN);
    }

    private static String label() {
        return "sealed-" + Long.toString(System.nanoTime(), 36);
    }

    private ClientApp client(ClientApp.Setting more) {
        return ClientApp.of(org, label(), "web", "client_secret_basic", more);
    }

    private static JsonNode header(String token) {
        return Json.parse(Base64.getUrlDecoder().decode(token.split("\\.")[0]));
    }

    private Answer redeem(ClientApp app) {
        return app.redeem(app.code(LOGIN));
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP-256,SHA-256", "RSA-OAEP-384,SHA-384", "RSA-OAEP-512,SHA-512"})
    @DisplayName(
            "ID tokens are signed, and then encrypted under the key of the client that wants it")
    void identity(String algorithm, String hash) {
        ClientApp app =
                client(
                        settings -> {
                            settings.put(ALGORITHM, algorithm);
                            settings.putObject("jwks").putArray("keys").add(key.forEncryption());
                        });
        JsonNode tokens = redeem(app).expect(200).json();
        String token = tokens.get("id_token").asString();
        assertThat(header(token).get("alg").asString()).isEqualTo(algorithm);
        assertThat(header(token).get("enc").asString()).isEqualTo("A256GCM");
        assertThat(header(token).get("cty").asString()).isEqualTo("JWT");
        assertThat(header(token).get("kid").asString()).isEqualTo(key.id());

        String signed = key.opened(token, hash);
        assertThat(app.isSigned(signed)).isTrue();
        assertThat(ClientApp.claims(signed).get("aud").asString()).isEqualTo(app.id());
        assertThat(ClientApp.claims(signed).get("at_hash").asString())
                .isEqualTo(ClientApp.halfHash(tokens.get("access_token").asString()));
        assertThat(app.isSigned(tokens.get("access_token").asString())).isTrue();

        Map<String, String> said = app.request("response_type", "code id_token");
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Map<String, String> back = ClientApp.answer(app.authorize(said).expect(302));
        assertThat(app.isSigned(key.opened(ClientApp.said(back, "id_token"), hash))).isTrue();
    }

    @Test
    @DisplayName(
            "a client may publish the key; where there is none, or more than one, it is told so")
    void published() {
        try (HookReceiver site = HookReceiver.open()) {
            publish(site, JwtKey.rsa().registered(), key.forEncryption());
            ClientApp app = published(site, "/one");
            String token = redeem(app).expect(200).text("id_token");
            assertThat(app.isSigned(key.opened(token, "SHA-256"))).isTrue();

            publish(site, key.registered());
            refused(
                    redeem(published(site, "/none")),
                    401,
                    "invalid_client",
                    "No encryption key found for the client at the 'jwks_uri'.");
            publish(site, key.forEncryption(), JwtKey.rsa().forEncryption());
            refused(
                    redeem(published(site, "/two")),
                    401,
                    "invalid_client",
                    "Multiple encryption keys found for the client at the 'jwks_uri'.");
        }
    }

    private ClientApp published(HookReceiver site, String path) {
        return client(
                settings ->
                        settings.put(ALGORITHM, "RSA-OAEP-256").put("jwks_uri", site.url(path)));
    }

    private static void publish(HookReceiver site, ObjectNode... keys) {
        ObjectNode set = Json.object();
        ArrayNode array = set.putArray("keys");
        List.of(keys).forEach(array::add);
        site.answers(told -> new HookReceiver.Say(200, Json.text(set)));
    }

    private static void refused(Answer answer, int status, String error, String description) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(List.of(answer.text("error"), answer.text("error_description")))
                .containsExactly(error, description);
    }

    @Test
    @DisplayName(
            "access tokens are encrypted under the key of the resource server, which asks about what is in them")
    void access() {
        String at = OpenServer.of(org, "authorization_code", "refresh_token");
        String path = "/api/v1/authorizationServers/" + at.substring("/oauth2/".length());
        ObjectNode server = (ObjectNode) org.http().get(path).expect(200).json();
        server.put("accessTokenEncryptedResponseAlgorithm", "RSA-OAEP-256");
        server.putObject("jwks").putArray("keys").add(key.forEncryption().put("status", "ACTIVE"));
        org.http().put(path, server).expect(200);

        ClientApp app = ClientApp.web(org, label()).at(at);
        JsonNode tokens = redeem(app).expect(200).json();
        String token = tokens.get("access_token").asString();
        assertThat(header(token).get("enc").asString()).isEqualTo("A256GCM");
        String signed = key.opened(token, "SHA-256");
        assertThat(app.isSigned(signed)).isTrue();
        assertThat(ClientApp.claims(signed).get("cid").asString()).isEqualTo(app.id());
        assertThat(app.isActive(signed)).isTrue();
        assertThat(app.isActive(token)).as("nobody but the resource server reads it").isFalse();
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("at_hash").asString())
                .isEqualTo(ClientApp.halfHash(token));
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
    }
}
