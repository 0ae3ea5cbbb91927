package dev.ostiary.conformance.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.HookReceiver.Say;
import dev.ostiary.conformance.harness.HookReceiver.Told;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("An inline hook")
class InlineHooksOverHttpsTest {

    private static final String IMPORT = "com.okta.user.credential.password.import";
    private static final String TOKENS = "com.okta.oauth2.tokens.transform";
    private static final String QUESTION = "{\"eventId\":\"1\",\"data\":{\"context\":{}}}";
    private static final String ANSWER =
            "{\"commands\":[{\"type\":\"com.okta.action.update\",\"value\":{\"credential\":\"VERIFIED\"}}]}";

    private final Http http;

    InlineHooksOverHttpsTest(Org org) {
        this.http = org.http();
    }

    @Test
    @DisplayName("is asked with its secret and headers, and its answer is passed on as it is")
    void executed() {
        try (HookReceiver receiver = HookReceiver.open()) {
            receiver.answers(told -> new Say(200, ANSWER));
            String path = made(HookBodies.inlineHook("Asks", IMPORT, receiver.url("/ask")));

            JsonNode answer = http.post(path + "/execute", QUESTION).expect(200).json();

            assertThat(answer).isEqualTo(Json.parse(ANSWER));
            Told told = receiver.posts().getFirst();
            assertThat(told.json()).isEqualTo(Json.parse(QUESTION));
            assertThat(told.authorization()).isEqualTo("s3cret");
            assertThat(told.other()).isEqualTo("other value");
            assertThat(Json.text(http.get(path).expect(200).json())).doesNotContain("s3cret");
            http.post(path + "/lifecycle/deactivate").expect(200);
            http.post(path + "/execute", QUESTION).expect(400, "E0000001");
        }
    }

    @Test
    @DisplayName("is asked once more after an error of the service's own, tokens excepted")
    void retried() {
        try (HookReceiver receiver = HookReceiver.open()) {
            receiver.answers(told -> new Say(500, ""));
            String path = made(HookBodies.inlineHook("Fails", IMPORT, receiver.url("/ask")));
            assertThat(
                            http.post(path + "/execute", QUESTION)
                                    .expect(400, "E0000135")
                                    .json()
                                    .at("/errorCauses/0/errorSummary")
                                    .asString())
                    .contains("500");
            assertThat(receiver.posts()).hasSize(2);
            String tokens = made(HookBodies.inlineHook("Tokens", TOKENS, receiver.url("/ask")));
            http.post(tokens + "/execute", QUESTION).expect(400, "E0000135");
            assertThat(receiver.posts()).hasSize(3);
            receiver.answers(told -> new Say(400, ""));
            http.post(path + "/execute", QUESTION).expect(400, "E0000135");
            assertThat(receiver.posts()).hasSize(4);
            receiver.answers(told -> new Say(200, "no JSON"));
            http.post(path + "/execute", QUESTION).expect(400, "E0000134");
            receiver.answers(told -> new Say(204, ""));
            assertThat(http.post(path + "/execute", QUESTION).expect(200).json()).isEmpty();
        }
    }

    @Test
    @DisplayName("that does not answer within three seconds has not answered")
    void silent() throws InterruptedException {
        try (HookReceiver receiver = HookReceiver.open()) {
            Object never = new Object();
            receiver.answers(
                    told -> {
                        synchronized (never) {
                            try {
                                never.wait();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                        return new Say(200, "{}");
                    });
            String path = made(HookBodies.inlineHook("Silent", TOKENS, receiver.url("/ask")));
            http.post(path + "/execute", QUESTION).expect(400, "E0000137");
            synchronized (never) {
                never.notifyAll();
            }
        }
    }

    @Test
    @DisplayName("of type OAUTH brings an access token, got with the client's secret")
    void clientSecret() {
        try (HookReceiver receiver = HookReceiver.open()) {
            receiver.answers(InlineHooksOverHttpsTest::tokenOrAnswer);
            ObjectNode body = oauth("Secret", receiver);
            ((ObjectNode) body.at("/channel/config"))
                    .put("authType", "client_secret_post")
                    .put("clientSecret", "cl13nt s3cret&");
            String path = made(body);
            assertThat(Json.text(http.get(path).expect(200).json())).doesNotContain("s3cret");
            http.post(path + "/execute", QUESTION).expect(200);
            Map<String, String> form = form(receiver.posts().get(0));
            assertThat(form)
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("scope", "hooks")
                    .containsEntry("client_id", "client")
                    .containsEntry("client_secret", "cl13nt s3cret&");
            assertThat(receiver.posts().get(1).authorization()).isEqualTo("Bearer t0ken");
        }
    }

    @Test
    @DisplayName("of type OAUTH signs with its hook key, which is kept while it is used")
    void privateKey() throws GeneralSecurityException {
        try (HookReceiver receiver = HookReceiver.open()) {
            receiver.answers(InlineHooksOverHttpsTest::tokenOrAnswer);
            JsonNode key =
                    http.post("/api/v1/hook-keys", "{\"name\":\"Signs\"}").expect(200).json();
            String keyPath = "/api/v1/hook-keys/" + key.get("id").asString();
            ObjectNode body = oauth("Key", receiver);
            ((ObjectNode) body.at("/channel/config"))
                    .put("authType", "private_key_jwt")
                    .put("hookKeyId", key.get("id").asString());
            String path = made(body);
            http.post(path + "/execute", QUESTION).expect(200);

            String assertion =
                    Objects.requireNonNull(form(receiver.posts().get(0)).get("client_assertion"));
            String[] parts = assertion.split("\\.");
            JsonNode header = Json.parse(new String(decoded(parts[0]), StandardCharsets.UTF_8));
            JsonNode claims = Json.parse(new String(decoded(parts[1]), StandardCharsets.UTF_8));
            assertThat(header.get("kid")).isEqualTo(key.get("keyId"));
            assertThat(claims.get("sub").asString()).isEqualTo("client");
            assertThat(claims.get("aud").asString()).isEqualTo(receiver.url("/token"));
            JsonNode half =
                    http.get("/api/v1/hook-keys/public/" + key.get("keyId").asString())
                            .expect(200)
                            .json();
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new RSAPublicKeySpec(
                                            new BigInteger(1, decoded(half.get("n").asString())),
                                            new BigInteger(1, decoded(half.get("e").asString())))));
            signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
            assertThat(signature.verify(decoded(parts[2]))).isTrue();

            assertThat(http.get(keyPath).expect(200).json().path("isUsed").asBoolean()).isTrue();
            http.delete(keyPath).expect(403, "E0000006");
            http.post(path + "/lifecycle/deactivate").expect(200);
            http.delete(path).expect(204);
            http.delete(keyPath).expect(204);
            http.get(keyPath).expect(404, "E0000007");
        }
    }

    @Test
    @DisplayName("P6 is refused with every cause, and its type never changes")
    void refused() {
        ObjectNode body = HookBodies.inlineHook("", "com.okta.none", "https://user@example.com");
        assertThat(
                        http.post("/api/v1/inlineHooks", body)
                                .expect(400, "E0000001")
                                .json()
                                .get("errorCauses")
                                .toString())
                .contains("name:")
                .contains("type:")
                .contains("channel.config.uri:");
        ObjectNode good = HookBodies.inlineHook("Good", IMPORT, "https://example.com/ask");
        String path = made(good);
        http.delete(path).expect(403, "E0000107");
        JsonNode updated = http.post(path, "{\"name\":\"Better\"}").expect(200).json();
        assertThat(updated.get("name").asString()).isEqualTo("Better");
        assertThat(updated.at("/channel/config/uri").asString())
                .isEqualTo("https://example.com/ask");
        good.put("type", TOKENS);
        assertThat(http.put(path, good).expect(200).text("type")).isEqualTo(IMPORT);
        ObjectNode keyless = HookBodies.inlineHook("Keyless", IMPORT, "https://example.com/ask");
        ((ObjectNode) keyless.at("/channel/config/authScheme")).remove("value");
        http.post("/api/v1/inlineHooks", keyless).expect(400, "E0000001");
        assertThat(http.get("/api/v1/inlineHooks?type=com.okta.none").expect(200).json()).isEmpty();
    }

    private String made(ObjectNode body) {
        return "/api/v1/inlineHooks/"
                + http.post("/api/v1/inlineHooks", body).expect(200).text("id");
    }

    private static ObjectNode oauth(String name, HookReceiver receiver) {
        ObjectNode body = HookBodies.inlineHook(name, TOKENS, receiver.url("/ask"));
        ((ObjectNode) body.get("channel")).put("type", "OAUTH");
        ObjectNode config = (ObjectNode) body.at("/channel/config");
        config.putNull("authScheme");
        config.put("clientId", "client")
                .put("tokenUrl", receiver.url("/token"))
                .put("scope", "hooks");
        return body;
    }

    private static Say tokenOrAnswer(Told told) {
        return told.path().equals("/token")
                ? new Say(200, "{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}")
                : new Say(200, ANSWER);
    }

    private static Map<String, String> form(Told told) {
        return Arrays.stream(told.body().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
