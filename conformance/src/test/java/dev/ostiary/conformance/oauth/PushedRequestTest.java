package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Requests that were pushed, or signed")
class PushedRequestTest {

    private static final String LOGIN = "pusher@example.com";

    private final Org org;
    private final Server server;

    PushedRequestTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void somebody() {
        new Directory(org).active(LOGIN);
    }

    @Test
    @DisplayName("RFC 9126: a client pushes its request, and a browser comes with its name, once")
    void pushed() {
        ClientApp app = ClientApp.web(org, "Pushing");
        JsonNode answer = app.ask("par", app.request()).expect(201).json();
        assertThat(answer.get("expires_in").asInt()).isEqualTo(3600);
        String uri = answer.get("request_uri").asString();
        assertThat(uri).startsWith("urn:okta:");
        Map<String, String> said = browser(app, uri);
        Map<String, String> back = ClientApp.answer(app.authorize(said).expect(302));
        assertThat(back).containsEntry("state", "a-state");
        JsonNode tokens = app.redeem(ClientApp.said(back, "code")).expect(200).json();
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("nonce").asString())
                .isEqualTo("a-nonce");
        app.authorize(browser(app, uri)).expect(400, "invalid_request_uri");
        JsonNode metadata =
                org.nobody()
                        .get("/oauth2/default/.well-known/openid-configuration")
                        .expect(200)
                        .json();
        assertThat(metadata.get("pushed_authorization_request_endpoint").asString())
                .isEqualTo(org.url() + "/oauth2/default/v1/par");
        assertThat(metadata.get("request_parameter_supported").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("somebody without a session signs in first, and what was pushed goes on")
    void waits() {
        ClientApp app = ClientApp.web(org, "Pushing and waiting");
        String uri = push(app);
        Map<String, String> said = browser(app, uri);
        said.remove("sessionToken");
        Answer away = app.authorize(said).expect(302);
        String comeBack = ClientApp.said(ClientApp.answer(away), "fromURI");
        Answer back =
                org.nobody()
                        .with("Cookie", "sid=" + Device.session(org, LOGIN))
                        .get(comeBack)
                        .expect(302);
        assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK + "?code=");
    }

    @Test
    @DisplayName("what the browser adds to a pushed request does not count")
    void untouched() {
        ClientApp app = ClientApp.web(org, "Untouched");
        Map<String, String> said = browser(app, push(app));
        said.put("redirect_uri", "https://evil.example.com/");
        said.put("scope", "openid phone");
        said.put("state", "another");
        Map<String, String> back = ClientApp.answer(app.authorize(said).expect(302));
        assertThat(back).containsEntry("state", "a-state");
        JsonNode tokens = app.redeem(ClientApp.said(back, "code")).expect(200).json();
        assertThat(tokens.get("scope").asString()).isEqualTo("openid profile email offline_access");
    }

    @Test
    @DisplayName(
            "a pushed request is worth nothing to another client, at another server, in another org")
    void elsewhere() {
        ClientApp app = ClientApp.web(org, "Pusher");
        ClientApp thief = ClientApp.web(org, "Thief of pushes");
        Org other = server.newOrg();
        new Directory(other).active(LOGIN);
        ClientApp foreign = ClientApp.web(other, "Foreign pusher");
        String uri = push(app);
        thief.authorize(browser(thief, uri)).expect(400, "invalid_client");
        app.atOrg().authorize(browser(app, uri)).expect(400, "invalid_request_uri");
        foreign.authorize(browser(foreign, uri)).expect(400, "invalid_request_uri");
        app.authorize(browser(app, uri)).expect(302);
    }

    @Test
    @DisplayName("P39 of twenty browsers that come with it at once, one is let through")
    void race() throws Exception {
        ClientApp app = ClientApp.web(org, "Raced pushes");
        String uri = push(app);
        List<Map<String, String>> browsers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            browsers.add(browser(app, uri));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> each :
                    threads.invokeAll(
                            browsers.stream()
                                    .<java.util.concurrent.Callable<Answer>>map(
                                            said -> () -> app.authorize(said))
                                    .toList())) {
                statuses.add(each.get().status());
            }
            assertThat(statuses.stream().filter(status -> status == 302)).hasSize(1);
            assertThat(statuses.stream().filter(status -> status == 400)).hasSize(19);
        }
    }

    @Test
    @DisplayName("what is wrong is told when it is pushed, to a client that has proved itself")
    void refused() {
        ClientApp app = ClientApp.web(org, "Refused pushes");
        app.ask("par", app.request("redirect_uri", "https://evil.example.com/"))
                .expect(400, "invalid_request");
        app.ask("par", app.request("response_type", "nonsense"))
                .expect(400, "unsupported_response_type");
        app.ask("par", app.request("request_uri", "urn:okta:x")).expect(400, "invalid_request");
        ClientApp other = ClientApp.web(org, "Other than it says");
        app.ask("par", app.request("client_id", other.id())).expect(401, "invalid_client");
        new ClientApp(org, app.id(), "not-the-secret-of-it", app.base())
                .ask("par", app.request())
                .expect(401, "invalid_client");
    }

    @Test
    @DisplayName(
            "RFC 9101: a request that the client has signed, by its key or by its secret, once")
    void signed() throws Exception {
        JwtKey key = JwtKey.rsa();
        ClientApp app = keyed("Signing", key);
        ObjectNode claims = claims(app);
        String jwt = key.assertion(claims);
        Map<String, String> back = ClientApp.answer(app.authorize(object(app, jwt)).expect(302));
        assertThat(back).containsEntry("state", "a-state").containsKey("code");
        app.authorize(object(app, jwt)).expect(400, "invalid_request_object");

        String mac = hmac(app.secret(), claims.put("jti", UUID.randomUUID().toString()));
        assertThat(ClientApp.answer(app.authorize(object(app, mac)).expect(302)))
                .containsKey("code");
        Map<String, String> overridden =
                object(app, key.assertion(claims.put("jti", UUID.randomUUID().toString())));
        overridden.put("state", "of-the-query");
        assertThat(ClientApp.answer(app.authorize(overridden).expect(302)))
                .containsEntry("state", "a-state");
        String pushed =
                app.ask(
                                "par",
                                Map.of(
                                        "request",
                                        key.assertion(
                                                claims.put("jti", UUID.randomUUID().toString()))))
                        .expect(201)
                        .text("request_uri");
        assertThat(ClientApp.answer(app.authorize(browser(app, pushed)).expect(302)))
                .containsKey("code");
    }

    @Test
    @DisplayName(
            "a request of another's key, without a signature, for another server or too late is refused")
    void forged() throws Exception {
        JwtKey key = JwtKey.rsa();
        ClientApp app = keyed("Forged", key);
        String evil = "https://evil.example.com/";
        assertThat(refusal(app, new Forger(JwtKey.rsa(), key).assertion(claims(app))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, unsigned(claims(app)))).isEqualTo("invalid_request_object");
        assertThat(refusal(app, hmac(Json.text(key.publicJwk()), claims(app))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, key.assertion(claims(app).put("aud", org.url()))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, key.assertion(claims(app).put("iss", "somebody"))))
                .isEqualTo("invalid_client");
        assertThat(refusal(app, key.assertion(claims(app).put("exp", now() - 1))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, key.assertion(claims(app).put("exp", now() + 7200))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, key.assertion(claims(app).put("nbf", now() + 900))))
                .isEqualTo("invalid_request_object");
        assertThat(refusal(app, key.assertion(claims(app).put("redirect_uri", evil))))
                .isEqualTo("invalid_request");
        Map<String, String> both = object(app, key.assertion(claims(app)));
        both.put("request_uri", "urn:okta:x");
        app.authorize(both).expect(400, "invalid_request");
        Map<String, String> more = object(app, key.assertion(claims(app)));
        more.put("scope", "openid phone");
        app.authorize(more).expect(400, "invalid_request");
        ClientApp strict =
                ClientApp.of(
                        org,
                        "Strict",
                        "web",
                        "client_secret_basic",
                        settings -> settings.put("request_object_signing_alg", "HS512"));
        assertThat(refusal(strict, hmac(strict.secret(), claims(strict))))
                .isEqualTo("invalid_request_object");
    }

    /** Signs by one key and names another. */
    private record Forger(JwtKey own, JwtKey other) {

        String assertion(ObjectNode claims) {
            return own.sign(Json.object().put("alg", "RS256").put("kid", other.id()), claims);
        }
    }

    private String refusal(ClientApp app, String jwt) {
        return app.authorize(object(app, jwt)).expect(400).errorCode();
    }

    private ClientApp keyed(String label, JwtKey key) {
        return ClientApp.of(
                org,
                label,
                "web",
                "client_secret_basic",
                settings -> settings.putObject("jwks").putArray("keys").add(key.registered()));
    }

    private String push(ClientApp app) {
        return app.ask("par", app.request()).expect(201).text("request_uri");
    }

    private Map<String, String> browser(ClientApp app, String uri) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("client_id", app.id());
        said.put("request_uri", uri);
        said.put("sessionToken", ClientApp.sessionToken(app.org(), LOGIN));
        return said;
    }

    private Map<String, String> object(ClientApp app, String jwt) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("client_id", app.id());
        said.put("request", jwt);
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        return said;
    }

    private ObjectNode claims(ClientApp app) {
        ObjectNode claims = Json.object();
        app.request().forEach(claims::put);
        return claims.put("iss", app.id())
                .put("aud", org.url() + "/oauth2/default")
                .put("jti", UUID.randomUUID().toString())
                .put("iat", now())
                .put("exp", now() + 600);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String unsigned(ObjectNode claims) {
        return encoded("{\"alg\":\"none\"}") + "." + encoded(Json.text(claims)) + ".";
    }

    private static String hmac(String secret, ObjectNode claims) throws Exception {
        String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(Json.text(claims));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
