package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Client-initiated backchannel authentication")
class BackchannelTest {

    private static final String GRANT = "urn:openid:params:grant-type:ciba";

    private final Org org;
    private final Server server;

    BackchannelTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    private static ClientApp app(Org org, String label) {
        return ClientApp.of(
                        org,
                        label,
                        "web",
                        "client_secret_basic",
                        settings ->
                                settings.putArray("grant_types")
                                        .add("authorization_code")
                                        .add("implicit")
                                        .add("refresh_token")
                                        .add(GRANT))
                .atOrg();
    }

    private static Answer begin(ClientApp app, Holder holder, String... more) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("scope", "openid offline_access");
        said.put("login_hint", holder.login());
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1].isEmpty()) {
                said.remove(more[i]);
            } else {
                said.put(more[i], more[i + 1]);
            }
        }
        return app.ask("bc/authorize", said);
    }

    private static Answer poll(ClientApp app, String id) {
        return app.token(Map.of("grant_type", GRANT, "auth_req_id", id));
    }

    @Test
    @DisplayName("CIBA: the device shows the message, the client polls, a yes gets tokens, once")
    void whole() {
        Holder holder = Holder.of(org);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "Bank");
        JsonNode begun =
                begin(app, holder, "binding_message", "Transfer 4711", "request_expiry", "120")
                        .expect(200)
                        .json();
        assertThat(begun.propertyNames()).containsExactly("auth_req_id", "expires_in", "interval");
        assertThat(begun.get("expires_in").asInt()).isEqualTo(120);
        assertThat(begun.get("interval").asInt()).isEqualTo(5);
        String id = begun.get("auth_req_id").asString();
        Answer pending = poll(app, id).expect(400, "authorization_pending");
        assertThat(pending.text("error_description"))
                .isEqualTo(
                        "The authorization request is still pending as the user hasn't yet been"
                                + " authenticated.");
        poll(app, id).expect(400, "slow_down");
        assertThat(phone.questions().get(0).get("message").asString()).isEqualTo("Transfer 4711");
        phone.answer(true).expect(200);
        JsonNode tokens = poll(app, id).expect(200).json();
        JsonNode claims = ClientApp.claims(tokens.get("id_token").asString());
        assertThat(claims.get("sub").asString()).isEqualTo(holder.id());
        assertThat(claims.get("amr").toString()).isEqualTo("[\"swk\"]");
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
        poll(app, id).expect(400, "expired_token");
        JsonNode metadata =
                org.nobody().get("/.well-known/openid-configuration").expect(200).json();
        assertThat(metadata.get("backchannel_authentication_endpoint").asString())
                .isEqualTo(org.url() + "/oauth2/v1/bc/authorize");
        assertThat(metadata.get("backchannel_token_delivery_modes_supported").toString())
                .isEqualTo("[\"poll\"]");
    }

    @Test
    @DisplayName("the user is named by an ID token of this client, too, and by no other token")
    void hints() {
        Holder holder = Holder.of(org);
        holder.phone();
        ClientApp app = app(org, "Hints");
        JsonNode tokens = app.redeem(app.code(holder.login())).expect(200).json();
        String hint = tokens.get("id_token").asString();
        begin(app, holder, "login_hint", "", "id_token_hint", hint).expect(200);
        begin(app, holder, "id_token_hint", hint).expect(400, "invalid_request");
        begin(app, holder, "login_hint", "").expect(400, "invalid_request");
        begin(app, holder, "login_hint", "nobody@example.com").expect(400, "invalid_request");
        begin(app, holder, "login_hint", "", "id_token_hint", tokens.get("access_token").asString())
                .expect(400, "invalid_request");
        ClientApp other = app(org, "Other hints");
        begin(other, holder, "login_hint", "", "id_token_hint", hint)
                .expect(400, "invalid_request");
    }

    @Test
    @DisplayName("who says no, has no device, or is another client's, server's or org's: nothing")
    void elsewhere() {
        Holder holder = Holder.of(org);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "Mine");
        String id = begin(app, holder).expect(200).text("auth_req_id");
        phone.answer(true).expect(200);
        poll(app(org, "Thief's"), id).expect(400, "expired_token");
        poll(app.at("/oauth2/default"), id).expect(400, "expired_token");
        poll(app(server.newOrg(), "Far"), id).expect(400, "expired_token");
        poll(app, id).expect(200);
        String refused = begin(app, holder).expect(200).text("auth_req_id");
        phone.answer(false).expect(200);
        poll(app, refused).expect(403, "access_denied");
        begin(app, Holder.of(org)).expect(400, "access_denied");
    }

    @Test
    @DisplayName("what is asked has to be in order")
    void asked() {
        Holder holder = Holder.of(org);
        holder.phone();
        ClientApp app = app(org, "Orderly");
        begin(app, holder, "scope", "").expect(400, "invalid_scope");
        begin(app, holder, "scope", "profile").expect(400, "invalid_scope");
        begin(app, holder, "scope", "openid nonsense").expect(400, "invalid_scope");
        begin(app, holder, "request_expiry", "301").expect(400, "invalid_request");
        begin(app, holder, "request_expiry", "x").expect(400, "invalid_request");
        begin(app, holder, "binding_message", "a\nb").expect(400, "invalid_request");
        begin(app, holder, "binding_message", "x".repeat(256)).expect(400, "invalid_request");
        begin(ClientApp.web(org, "Without").atOrg(), holder).expect(401, "invalid_client");
        ClientApp page =
                ClientApp.of(
                                org,
                                "Native",
                                "native",
                                "client_secret_basic",
                                settings ->
                                        settings.putArray("grant_types")
                                                .add("authorization_code")
                                                .add("implicit")
                                                .add(GRANT))
                        .atOrg();
        begin(page, holder).expect(400, "access_denied");
        begin(app, holder, "request", "a.b.c").expect(401, "invalid_client");
    }

    @Test
    @DisplayName("a signed request counts once, with what it says and nothing beside it")
    void signed() {
        JwtKey key = JwtKey.rsa();
        Holder holder = Holder.of(org);
        Holder.Phone phone = holder.phone();
        ClientApp app =
                ClientApp.of(
                                org,
                                "Signing",
                                "web",
                                "client_secret_basic",
                                settings -> {
                                    settings.putArray("grant_types")
                                            .add("authorization_code")
                                            .add("implicit")
                                            .add(GRANT);
                                    settings.put(
                                            "backchannel_authentication_request_signing_alg",
                                            "RS256");
                                    settings.putObject("jwks")
                                            .putArray("keys")
                                            .add(key.registered());
                                })
                        .atOrg();
        String jwt = key.assertion(request(app, holder));
        String id =
                app.ask("bc/authorize", Map.of("request", jwt, "binding_message", "unsigned"))
                        .expect(200)
                        .text("auth_req_id");
        assertThat(phone.questions().get(0).get("message").asString()).isEqualTo("signed");
        phone.answer(true).expect(200);
        poll(app, id).expect(200);
        app.ask("bc/authorize", Map.of("request", jwt)).expect(400, "invalid_request_object");
        app.ask("bc/authorize", Map.of("request", JwtKey.rsa().assertion(request(app, holder))))
                .expect(400, "invalid_request_object");
    }

    private ObjectNode request(ClientApp app, Holder holder) {
        long now = Instant.now().getEpochSecond();
        return Json.object()
                .put("iss", app.id())
                .put("aud", org.url())
                .put("iat", now)
                .put("exp", now + 120)
                .put("jti", Long.toString(System.nanoTime(), 36))
                .put("scope", "openid")
                .put("login_hint", holder.login())
                .put("binding_message", "signed");
    }

    @Test
    @DisplayName("a custom server's rules decide by the grant type")
    void rules() {
        Holder holder = Holder.of(org);
        Holder.Phone phone = holder.phone();
        ClientApp app = app(org, "Ruled");
        ClientApp closed = app.at(OpenServer.of(org, "authorization_code"));
        String refused = begin(closed, holder).expect(200).text("auth_req_id");
        phone.answer(true).expect(200);
        poll(closed, refused).expect(401, "access_denied");
        ClientApp open = app.at(OpenServer.of(org, GRANT));
        String id = begin(open, holder).expect(200).text("auth_req_id");
        phone.answer(true).expect(200);
        poll(open, id).expect(200);
    }
}
