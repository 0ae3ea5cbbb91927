package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.pages.FormToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Device authorization grant")
class DeviceFlowTest {

    private static final String LOGIN = "televiewer@example.com";
    private static final String OTHER = "other-viewer@example.com";

    private final Org org;
    private final Server server;
    private String userId = "";

    DeviceFlowTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void people() {
        userId = Directory.id(new Directory(org).active(LOGIN));
        new Directory(org).active(OTHER);
    }

    @Test
    @DisplayName("RFC 8628: codes, a page that names app and code, tokens for whoever said yes")
    void whole() {
        Device device = Device.of(org, "Television");
        JsonNode begun = device.begin("openid profile offline_access");
        String userCode = begun.get("user_code").asString();
        assertThat(userCode).matches("[BCDFGHJKLMNPQRSTVWXZ]{8}");
        assertThat(begun.get("device_code").asString())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(begun.get("interval").asInt()).isEqualTo(5);
        assertThat(begun.get("expires_in").asInt()).isEqualTo(600);
        assertThat(begun.get("verification_uri").asString()).isEqualTo(org.url() + "/activate");
        assertThat(begun.get("verification_uri_complete").asString())
                .isEqualTo(org.url() + "/activate?user_code=" + userCode);
        device.poll(begun).expect(400, "authorization_pending");
        device.poll(begun).expect(400, "slow_down");

        Answer away = org.nobody().get("/activate?user_code=" + userCode).expect(302);
        assertThat(away.header("Location").orElseThrow())
                .startsWith("/signin?fromURI=%2Factivate%3Fuser_code%3D" + userCode);
        String session = Device.session(org, LOGIN);
        Answer page = Device.page(org, session, userCode).expect(200);
        assertThat(page.text()).contains("Television").contains(userCode).contains(LOGIN);
        Answer done = Device.answer(org, session, page, userCode, "allow").expect(200);
        assertThat(done.text()).contains("Your device is activated");

        JsonNode tokens = device.poll(begun).expect(200).json();
        JsonNode id = ClientApp.claims(tokens.get("id_token").asString());
        assertThat(id.get("sub").asString()).isEqualTo(userId);
        assertThat(id.get("iss").asString()).isEqualTo(org.url());
        assertThat(tokens.get("scope").asString()).isEqualTo("openid profile offline_access");
        device.app().refresh(tokens.get("refresh_token").asString()).expect(200);
        assertThat(device.app().isActive(tokens.get("access_token").asString())).isTrue();
        device.poll(begun).expect(400, "invalid_grant");
        Device.page(org, session, userCode).expect(400);
        assertThat(events())
                .contains("user.authentication.sso", "app.oauth2.token.grant.access_token");
    }

    @Test
    @DisplayName("the code is typed in as people write it; one that nobody has is said to be wrong")
    void typed() {
        Device device = Device.of(org, "Typed");
        String userCode = device.begin("openid").get("user_code").asString();
        Answer page = org.nobody().get("/activate").expect(200);
        FormToken token = FormToken.of(page);
        String written =
                userCode.substring(0, 4).toLowerCase(java.util.Locale.ROOT)
                        + "-"
                        + userCode.substring(4);
        Answer on =
                Device.send(
                                org,
                                "/activate",
                                token.cookie(),
                                Map.of("user_code", written, "formToken", token.token()))
                        .expect(303);
        assertThat(on.header("Location")).contains("/activate?user_code=" + userCode);
        String session = Device.session(org, LOGIN);
        Answer wrong = Device.page(org, session, "BBBBBBBB").expect(400);
        assertThat(wrong.text()).contains("This code is not known");
        assertThat(Device.page(org, session, "%3Cb%3E").expect(400).text()).doesNotContain("<b>");
        Device.send(
                        org,
                        "/activate/confirm",
                        "sid=" + session,
                        Map.of("user_code", userCode, "decision", "allow"))
                .expect(403);
        device.poll(device.begin("openid")).expect(400, "authorization_pending");
    }

    @Test
    @DisplayName("who says no gives the device nothing, and is not asked again")
    void denied() {
        Device device = Device.of(org, "Denied");
        JsonNode begun = device.begin("openid");
        String userCode = begun.get("user_code").asString();
        String session = Device.session(org, LOGIN);
        Answer page = Device.page(org, session, userCode).expect(200);
        Device.answer(org, session, page, userCode, "deny").expect(200);
        device.poll(begun).expect(403, "access_denied");
        Device.answer(org, session, page, userCode, "allow").expect(400);
        device.poll(begun).expect(403, "access_denied");
    }

    @Test
    @DisplayName("codes are worth nothing to another client, at another server, or in another org")
    void elsewhere() {
        Device device = Device.of(org, "Mine");
        Device thief = Device.of(org, "Thief's");
        Org other = server.newOrg();
        new Directory(other).active(LOGIN);
        Device foreign = Device.of(other, "Foreign");
        JsonNode begun = device.begin("openid");
        String userCode = begun.get("user_code").asString();
        Device.page(other, Device.session(other, LOGIN), userCode).expect(400);
        Device.activate(org, Device.session(org, LOGIN), begun).expect(200);
        thief.poll(begun).expect(400, "invalid_grant");
        foreign.poll(begun).expect(400, "invalid_grant");
        device.at("/oauth2/default").poll(begun).expect(400, "invalid_grant");
        device.poll(begun).expect(200);
    }

    @Test
    @DisplayName("P39 of twenty who come at once one gets tokens; of ten who decide, one does")
    void race() throws Exception {
        Device device = Device.of(org, "Raced");
        JsonNode begun = device.begin("openid offline_access");
        String userCode = begun.get("user_code").asString();
        String session = Device.session(org, LOGIN);
        Answer page = Device.page(org, session, userCode).expect(200);
        List<Answer> decisions =
                atOnce(10, () -> Device.answer(org, session, page, userCode, "allow"));
        assertThat(decisions.stream().filter(each -> each.status() == 200)).hasSize(1);
        List<Answer> polls = atOnce(20, () -> device.poll(begun));
        assertThat(polls.stream().filter(each -> each.status() == 200)).hasSize(1);
        assertThat(polls.stream().filter(each -> each.status() == 400)).hasSize(19);
    }

    @Test
    @DisplayName(
            "a custom server's rules decide by the grant type; whoever has lost the app gets nothing")
    void rules() {
        Device closed = Device.of(org, "Closed").at(OpenServer.of(org, "authorization_code"));
        JsonNode refused = closed.begin("openid");
        Answer page = Device.activate(org, Device.session(org, LOGIN), refused).expect(403);
        assertThat(page.text()).contains("Policy evaluation failed");
        closed.poll(refused).expect(400, "authorization_pending");
        Device open = closed.at(OpenServer.of(org, Device.GRANT));
        JsonNode begun = open.begin("openid");
        Device.activate(org, Device.session(org, OTHER), begun).expect(200);
        String everyone =
                org.http().get("/api/v1/groups?q=Everyone").json().get(0).get("id").asString();
        org.http().delete("/api/v1/apps/" + open.app().id() + "/groups/" + everyone).expect(204);
        open.poll(begun).expect(400, "access_denied");
        assertThat(events()).contains("app.oauth2.as.authorize", "app.oauth2.as.token.grant");
    }

    @Test
    @DisplayName("only clients that are registered for the grant begin, with scopes that there are")
    void registered() {
        ClientApp page = ClientApp.page(org, "No device").atOrg();
        page.ask("device/authorize", Map.of("scope", "openid")).expect(400, "unauthorized_client");
        Device device = Device.of(org, "Scoped");
        device.app().ask("device/authorize", Map.of()).expect(400, "invalid_scope");
        device.app()
                .ask("device/authorize", Map.of("scope", "openid nonsense"))
                .expect(400, "invalid_scope");
        JsonNode metadata =
                org.nobody().get("/.well-known/openid-configuration").expect(200).json();
        assertThat(metadata.get("device_authorization_endpoint").asString())
                .isEqualTo(org.url() + "/oauth2/v1/device/authorize");
        assertThat(metadata.get("grant_types_supported").toString()).contains(Device.GRANT);
    }

    private List<String> events() {
        List<String> types = new ArrayList<>();
        for (JsonNode event : org.http().get("/api/v1/logs?limit=1000").expect(200).json()) {
            types.add(event.get("eventType").asString());
        }
        return types;
    }

    private static List<Answer> atOnce(int many, Callable<Answer> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each :
                    threads.invokeAll(java.util.Collections.nCopies(many, call))) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
