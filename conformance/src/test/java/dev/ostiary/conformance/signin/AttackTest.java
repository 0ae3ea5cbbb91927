package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("An attack")
class AttackTest {

    private static final String DETECTED = "security.threat.detected";
    private static final int MOST = 20;

    private final Server server;

    AttackTest(Server server) {
        this.server = server;
    }

    private static void threatInsight(Org org, String action, String zones) {
        org.http()
                .post(
                        "/api/v1/threats/configuration",
                        "{\"action\":\"" + action + "\",\"excludeZones\":[" + zones + "]}")
                .expect(200);
    }

    private static void guess(SignIns users, int times) {
        for (int i = 0; i < times; i++) {
            users.signIn(users.login(), "guessed").expect(401, "E0000004");
        }
    }

    private static List<JsonNode> detected(Org org) {
        return Json.list(
                org.http()
                        .get(
                                "/api/v1/logs?limit=1000&filter=eventType%20eq%20%22"
                                        + DETECTED
                                        + "%22")
                        .expect(200)
                        .json());
    }

    @Test
    @DisplayName("from one address, where ThreatInsight blocks: it is refused, and told of once")
    void blocked() {
        Org org = server.newOrg();
        SignIns users = new SignIns(org);
        String login = users.active();
        guess(users, MOST);
        users.signIn(login).expect(200);
        threatInsight(org, "block", "");
        guess(users, MOST - 1);
        users.signIn(login).expect(200);
        guess(users, 1);

        users.signIn(login).expect(403, "E0000006");
        users.signIn(users.login(), "guessed").expect(403, "E0000006");

        List<JsonNode> events = detected(org);
        assertThat(events).hasSize(1);
        JsonNode event = events.getFirst();
        assertThat(event.at("/outcome/result").asString()).isEqualTo("DENY");
        assertThat(event.at("/outcome/reason").asString()).isEqualTo("Login failures");
        assertThat(event.at("/severity").asString()).isEqualTo("WARN");
        assertThat(event.at("/debugContext/debugData/threatSuspected").asString())
                .isEqualTo("true");
        threatInsight(org, "none", "");
        users.signIn(login).expect(200);
    }

    @Test
    @DisplayName("where ThreatInsight only looks: it is told of, and makes the risk high")
    void audited() {
        Org org = server.newOrg();
        SignIns users = new SignIns(org);
        String login = users.active();
        threatInsight(org, "audit", "");
        guess(users, MOST);

        users.signIn(login).expect(200);

        assertThat(detected(org)).hasSize(1);
        assertThat(detected(org).getFirst().at("/outcome/result").asString()).isEqualTo("ALLOW");
        assertThat(
                        users.events("user.session.start", login)
                                .getLast()
                                .at("/debugContext/debugData/risk")
                                .asString())
                .isEqualTo("{reasons=Suspected Threat, level=HIGH}");
        assertThat(
                        users.events("user.authentication.auth_via_mfa", login)
                                .getLast()
                                .at("/debugContext/debugData/threatSuspected")
                                .asString())
                .isEqualTo("true");
    }

    @Test
    @DisplayName("from an excluded zone is not looked at, and is forgotten after an hour elsewhere")
    void excluded() {
        Org org = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"test\":true}")
                .expect(200);
        SignIns users = new SignIns(org);
        String login = users.active();
        String zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"here\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"127.0.0.0/8\"},{\"type\":\"CIDR\",\"value\":\"::1/128\"}]}")
                        .expect(200)
                        .text("id");
        threatInsight(org, "block", "\"" + zone + "\"");
        guess(users, MOST + 1);
        users.signIn(login).expect(200);
        threatInsight(org, "block", "");
        guess(users, MOST);
        users.signIn(login).expect(403, "E0000006");

        org.http().post("/ostiary/v1/clock", Json.object().put("advance", "PT61M")).expect(200);

        users.signIn(login).expect(200);
    }

    @Test
    @DisplayName("from devices that nobody knows locks out those alone, where the org says so")
    void unknownDevices() {
        Org org = server.newOrg();
        SignIns users = new SignIns(org);
        org.http()
                .put(
                        "/attack-protection/api/v1/user-lockout-settings",
                        "{\"preventBruteForceLockoutFromUnknownDevices\":true}")
                .expect(200);
        String login = users.active();
        from(org, "own", login, Directory.PASSWORD).expect(200);

        for (int i = 0; i < 10; i++) {
            from(org, "strange", login, "wrong").expect(401, "E0000004");
        }

        from(org, "strange", login, Directory.PASSWORD).expect(401, "E0000004");
        users.signIn(login).expect(401, "E0000004");
        assertThat(users.user(login).get("status").asString()).isEqualTo("ACTIVE");
        from(org, "own", login, Directory.PASSWORD).expect(200);
        from(org, "strange", login, Directory.PASSWORD).expect(200);
    }

    @Test
    @DisplayName("on somebody without a device of its own locks the account as ever")
    void noDevice() {
        Org org = server.newOrg();
        SignIns users = new SignIns(org);
        org.http()
                .put(
                        "/attack-protection/api/v1/user-lockout-settings",
                        "{\"preventBruteForceLockoutFromUnknownDevices\":true}")
                .expect(200);
        String login = users.active();

        for (int i = 0; i < 10; i++) {
            from(org, "strange", login, "wrong").expect(401, "E0000004");
        }

        assertThat(users.user(login).get("status").asString()).isEqualTo("LOCKED_OUT");
    }

    private static Answer from(Org org, String device, String login, String password) {
        ObjectNode body = Json.object().put("username", login).put("password", password);
        body.putObject("context").put("deviceToken", device);
        return org.http().post("/api/v1/authn", body);
    }
}
