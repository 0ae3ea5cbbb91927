package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.Yubikey;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A factor that is enrolled at sign-in")
class FactorEnrolmentTest {

    private final Org org;
    private final SignIns users;

    FactorEnrolmentTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    /** The state token of somebody who has to enrol one of these. */
    private String enrolling(String factor) {
        String login = users.active();
        String group = Directory.id(new Directory(org).group("enrols " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        new Policies(org)
                .enrolment(
                        group,
                        login,
                        "{\"" + factor + "\":{\"enroll\":{\"self\":\"REQUIRED\"}}}",
                        "LOGIN");
        Answer enroll = users.signIn(login).expect(200);
        assertThat(enroll.text("status")).isEqualTo("MFA_ENROLL");
        return enroll.text("stateToken");
    }

    private Answer phone(String state, String number, String query) {
        ObjectNode body =
                Json.object()
                        .put("stateToken", state)
                        .put("factorType", "sms")
                        .put("provider", "OKTA");
        body.putObject("profile").put("phoneNumber", number);
        return org.nobody().post("/api/v1/authn/factors" + query, body);
    }

    @Test
    @DisplayName(
            "another phone takes the place of one that is not activated, with updatePhone alone")
    void updatePhone() {
        String state = enrolling("okta_sms");
        Answer first = phone(state, "+15554150001", "").expect(200);
        users.move("/previous", state).expect(200);
        phone(state, "+15554150002", "").expect(400, "E0000001");

        Answer second = phone(state, "+15554150002", "?updatePhone=true").expect(200);

        assertThat(second.text("_embedded.factor.id")).isEqualTo(first.text("_embedded.factor.id"));
        assertThat(second.text("_embedded.factor.profile.phoneNumber")).endsWith("0002");
    }

    @Test
    @DisplayName("a YubiKey is proven by the passCode beside the state token, as documented there")
    void yubikey() {
        org.http()
                .post("/api/v1/authenticators", Map.of("key", "yubikey_token", "name", "YubiKey"))
                .expect(200);
        Yubikey key = Yubikey.of(org);
        String state = enrolling("yubikey_token");
        ObjectNode body =
                Json.object()
                        .put("stateToken", state)
                        .put("factorType", "token:hardware")
                        .put("provider", "YUBICO");
        org.nobody()
                .post("/api/v1/authn/factors", body.deepCopy().put("passCode", "cccc"))
                .expect(403, "E0000068");

        Answer in =
                org.nobody()
                        .post("/api/v1/authn/factors", body.put("passCode", key.touched()))
                        .expect(200);

        assertThat(in.text("status")).isEqualTo("SUCCESS");
    }
}
