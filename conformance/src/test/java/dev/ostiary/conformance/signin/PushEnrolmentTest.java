package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A device that is to answer questions, enrolled at sign-in")
class PushEnrolmentTest {

    private final Server server;

    PushEnrolmentTest(Server server) {
        this.server = server;
    }

    private Org org() {
        Org org = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"test\":true}")
                .expect(200);
        return org;
    }

    private static String asked(Org org, SignIns users) {
        String login = users.active();
        String group = Directory.id(new Directory(org).group("push of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        new Policies(org)
                .enrolment(
                        group,
                        login,
                        "{\"okta_push\":{\"enroll\":{\"self\":\"REQUIRED\"}}}",
                        "LOGIN");
        return login;
    }

    private static void wait(Org org) {
        org.http().post("/ostiary/v1/clock", "{\"advance\":\"PT4M\"}").expect(200);
    }

    private static String code(Answer waiting) {
        String href =
                waiting.json()
                        .at("/_embedded/factor/_embedded/activation/_links/qrcode/href")
                        .asString();
        return href.substring(href.lastIndexOf('/') + 1);
    }

    private static void arrives(Org org, String code, int status) {
        org.nobody().post("/ostiary/v1/push/devices", "{\"code\":\"" + code + "\"}").expect(status);
    }

    @Test
    @DisplayName("is waited for; one that does not come in time is told of, and waited for anew")
    void late() {
        Org org = org();
        SignIns users = new SignIns(org);
        String state = users.signIn(asked(org, users)).expect(200).text("stateToken");
        Answer begun =
                users.move("/factors", state, "factorType", "push", "provider", "OKTA").expect(200);
        String factor = begun.text("_embedded.factor.id");
        String path = "/factors/" + factor + "/lifecycle/activate";
        assertThat(begun.text("factorResult")).isEqualTo("WAITING");
        assertThat(begun.text("_links.next.name")).isEqualTo("poll");
        assertThat(users.move(path + "/poll", state).expect(200).text("factorResult"))
                .isEqualTo("WAITING");
        for (int i = 0; i < 3; i++) {
            wait(org);
            users.move(path + "/poll", state).expect(200);
        }

        Answer late = users.move(path + "/poll", state).expect(200);

        assertThat(late.text("factorResult")).isEqualTo("TIMEOUT");
        assertThat(late.text("_links.next.name")).isEqualTo("activate");
        assertThat(late.json().at("/_embedded/factor/_embedded/activation").propertyNames())
                .containsExactly("factorResult", "_links");
        assertThat(late.text("_embedded.factor._embedded.activation.factorResult"))
                .isEqualTo("TIMEOUT");
        assertThat(late.text("_embedded.factor._embedded.activation._links.activate.href"))
                .isEqualTo(org.url() + "/api/v1/authn" + path);
        arrives(org, code(begun), 401);
        Answer again = users.move(path, state).expect(200);
        assertThat(again.text("factorResult")).isEqualTo("WAITING");
        assertThat(again.text("_links.next.name")).isEqualTo("poll");
        arrives(org, code(again), 200);
        assertThat(users.move(path + "/poll", state).expect(200).text("status"))
                .isEqualTo("SUCCESS");
    }

    private static String sentTo(Org org, String to) {
        return org.http()
                .get("/ostiary/v1/outbox", "to", to)
                .expect(200)
                .json()
                .at("/0/variables")
                .toString();
    }

    @Test
    @DisplayName("is sent the way by mail or SMS, by whoever signs in and has no token")
    void invited() {
        Org org = org();
        SignIns users = new SignIns(org);
        String login = asked(org, users);
        String state = users.signIn(login).expect(200).text("stateToken");
        Answer begun =
                users.move("/factors", state, "factorType", "push", "provider", "OKTA").expect(200);
        String path = "/factors/" + begun.text("_embedded.factor.id") + "/lifecycle/activate";
        assertThat(
                        Json.texts(
                                begun.json()
                                        .at("/_embedded/factor/_embedded/activation/_links/send"),
                                "href"))
                .containsExactly(
                        org.url() + "/api/v1/authn" + path + "/email",
                        org.url() + "/api/v1/authn" + path + "/sms");

        Answer mailed = users.move(path + "/email", state).expect(200);

        assertThat(mailed.text("status")).isEqualTo("MFA_ENROLL_ACTIVATE");
        assertThat(mailed.text("factorResult")).isEqualTo("WAITING");
        assertThat(sentTo(org, login)).contains("?code=" + code(begun));
        ObjectNode phone = Json.object().put("stateToken", state);
        phone.putObject("profile").put("phoneNumber", "+1-555-415-1399");
        org.nobody().post("/api/v1/authn" + path + "/sms", phone).expect(200);
        assertThat(sentTo(org, "+15554151399")).contains("?code=" + code(begun));
        org.nobody().post("/api/v1/authn" + path + "/sms", phone).expect(429, "E0000109");
        users.move("/previous", state).expect(200);
        users.move("/factors", state, "factorType", "push", "provider", "OKTA").expect(200);
        org.nobody().post("/api/v1/authn" + path + "/sms", phone).expect(429, "E0000109");
        users.move(path + "/email", "none").expect(401, "E0000011");
    }
}
