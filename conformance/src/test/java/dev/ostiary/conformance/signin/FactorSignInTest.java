package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Sign-in with a further factor")
class FactorSignInTest {

    private final SignIns users;
    private final Org org;
    private final String group;

    FactorSignInTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
        this.group = Directory.id(new Directory(org).group("asked " + users.login()));
        Policies policies = new Policies(org);
        policies.signOn(
                group,
                users.login(),
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        policies.enrolment(
                group,
                users.login(),
                """
                {"okta_email":{"enroll":{"self":"OPTIONAL"}},
                 "okta_question":{"enroll":{"self":"OPTIONAL"}},
                 "okta_otp":{"enroll":{"self":"OPTIONAL"}}}""",
                "CHALLENGE");
    }

    private String asked() {
        String login = users.active();
        String user = Directory.id(users.user(login));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        return login;
    }

    private String question(String login) {
        return org.http()
                .post(
                        "/api/v1/users/" + login + "/factors",
                        "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}")
                .expect(200)
                .text("id");
    }

    @Test
    @DisplayName(
            "whoever has a factor verifies it: MFA_REQUIRED, then SUCCESS with mfa in the session")
    void verifies() {
        String login = asked();
        String factor = question(login);

        Answer required = users.signIn(login).expect(200);

        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        JsonNode shown = required.json().at("/_embedded/factors/0");
        assertThat(shown.get("id").asString()).isEqualTo(factor);
        assertThat(shown.at("/_links/verify/href").asString())
                .isEqualTo(org.url() + "/api/v1/authn/factors/" + factor + "/verify");
        assertThat(required.json().at("/_embedded/policy/allowRememberDevice").isBoolean())
                .isTrue();
        String state = required.text("stateToken");
        users.move("/factors/" + factor + "/verify", state, "answer", "mustard")
                .expect(403, "E0000068");
        users.move("/skip", state).expect(403, "E0000079");
        Answer in = users.move("/factors/" + factor + "/verify", state, "answer", "mayonnaise");
        assertThat(in.expect(200).text("status")).isEqualTo("SUCCESS");
        Answer session =
                org.nobody()
                        .post(
                                "/api/v1/sessions",
                                Json.object().put("sessionToken", in.text("sessionToken")))
                        .expect(200);
        assertThat(session.json().get("amr").toString()).isEqualTo("[\"pwd\",\"kba\",\"mfa\"]");
        assertThat(session.json().get("lastFactorVerification").isNull()).isFalse();
    }

    @Test
    @DisplayName("a code by mail is a challenge first, goes back by prev, and is told to nobody")
    void challenge() throws InterruptedException {
        String login = asked();
        String factor =
                org.http()
                        .post(
                                "/api/v1/users/" + login + "/factors?activate=true",
                                "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                        .expect(200)
                        .text("id");
        Answer required = users.signIn(login).expect(200);
        String state = required.text("stateToken");
        assertThat(required.json().at("/_embedded/factors/0/profile/email").asString())
                .contains("...")
                .endsWith("@example.com");

        Answer asked = users.move("/factors/" + factor + "/verify", state).expect(200);

        assertThat(asked.text("status")).isEqualTo("MFA_CHALLENGE");
        assertThat(asked.text("_links.next.name")).isEqualTo("verify");
        assertThat(asked.json().at("/_links/resend/0/name").asString()).isEqualTo("email");
        Answer back = users.move("/previous", state).expect(200);
        assertThat(back.text("status")).isEqualTo("MFA_REQUIRED");
        String code =
                org.http()
                        .get("/ostiary/v1/outbox?limit=1&to=" + login)
                        .expect(200)
                        .json()
                        .at("/0/variables/verificationToken")
                        .asString();
        List<Answer> answers =
                SignIns.atOnce(
                        20,
                        () ->
                                users.move(
                                        "/factors/" + factor + "/verify", state, "passCode", code));
        assertThat(SignIns.count(answers, 200)).as(answers.toString()).isEqualTo(1);
    }

    @Test
    @DisplayName("whoever has none enrols one: MFA_ENROLL, MFA_ENROLL_ACTIVATE, SUCCESS")
    void enrols() {
        String login = asked();

        Answer enroll = users.signIn(login).expect(200);

        assertThat(enroll.text("status")).isEqualTo("MFA_ENROLL");
        assertThat(Json.texts(enroll.json().at("/_embedded/factors"), "factorType"))
                .contains("question", "email", "token:software:totp");
        String state = enroll.text("stateToken");
        Answer begun =
                users.move("/factors", state, "factorType", "email", "provider", "OKTA")
                        .expect(200);
        assertThat(begun.text("status")).isEqualTo("MFA_ENROLL_ACTIVATE");
        assertThat(begun.text("_links.next.name")).isEqualTo("activate");
        String factor = begun.text("_embedded.factor.id");
        users.move("/factors/" + factor + "/lifecycle/activate", state, "passCode", "000000")
                .expect(403, "E0000068");
        String code =
                org.http()
                        .get("/ostiary/v1/outbox?limit=1&to=" + login)
                        .expect(200)
                        .json()
                        .at("/0/variables/verificationToken")
                        .asString();
        Answer in =
                users.move("/factors/" + factor + "/lifecycle/activate", state, "passCode", code)
                        .expect(200);
        assertThat(in.text("status")).isEqualTo("SUCCESS");
        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("MFA_REQUIRED");
    }

    @Test
    @DisplayName("too many wrong answers lock the account")
    void guessing() {
        String login = asked();
        String factor = question(login);
        int refused = 0;
        for (int i = 0; i < 4; i++) {
            String state = users.signIn(login).expect(200).text("stateToken");
            for (int j = 0; j < 3; j++) {
                Answer wrong =
                        users.move("/factors/" + factor + "/verify", state, "answer", "mustard");
                refused += wrong.status() == 200 ? 0 : 1;
            }
            if (users.user(login).get("status").asString().equals("LOCKED_OUT")) {
                break;
            }
        }

        assertThat(refused).isBetween(9, 12);
        assertThat(users.user(login).get("status").asString()).isEqualTo("LOCKED_OUT");
    }
}
