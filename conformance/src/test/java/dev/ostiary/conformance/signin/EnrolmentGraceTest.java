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
@DisplayName("What an enrolment policy wants enrolled, but not yet")
class EnrolmentGraceTest {

    private final Org org;
    private final SignIns users;

    EnrolmentGraceTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    /** The login of somebody with a policy of authenticators. */
    private String under(String authenticators) {
        String login = users.active();
        String group = Directory.id(new Directory(org).group("grace of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        new Policies(org).authenticators(group, login, authenticators);
        return login;
    }

    private static String phone(String gracePeriod) {
        return "[{\"key\":\"phone_number\",\"enroll\":{\"self\":\"REQUIRED\",\"gracePeriod\":"
                + gracePeriod
                + "}}]";
    }

    private static boolean mayWait(Answer enroll) {
        assertThat(enroll.text("status")).isEqualTo("MFA_ENROLL");
        return enroll.json().at("/_links").has("skip");
    }

    @Test
    @DisplayName("by a number of skips: so often it is put off, and not once more")
    void skips() {
        String login = under(phone("{\"type\":\"BY_SKIP_COUNT\",\"skipCount\":2}"));

        for (int i = 0; i < 2; i++) {
            Answer enroll = users.signIn(login).expect(200);
            assertThat(mayWait(enroll)).isTrue();
            assertThat(users.move("/skip", enroll.text("stateToken")).expect(200).text("status"))
                    .isEqualTo("SUCCESS");
        }

        Answer last = users.signIn(login).expect(200);
        assertThat(mayWait(last)).isFalse();
        users.move("/skip", last.text("stateToken")).expect(403, "E0000079");
    }

    @Test
    @DisplayName("only what is put off counts: who goes back from a choice still may put it off")
    void back() {
        String login = under(phone("{\"type\":\"BY_SKIP_COUNT\",\"skipCount\":1}"));
        String state = users.signIn(login).expect(200).text("stateToken");
        org.nobody()
                .post(
                        "/api/v1/authn/factors",
                        "{\"stateToken\":\"%s\",\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\"+15554151501\"}}"
                                .formatted(state))
                .expect(200);

        Answer back = users.move("/previous", state).expect(200);

        assertThat(mayWait(back)).isTrue();
        users.move("/skip", state).expect(200);
        assertThat(mayWait(users.signIn(login).expect(200))).isFalse();
    }

    @Test
    @DisplayName("by a date: until then it is put off at each sign-in, and afterwards at none")
    void date() {
        String before =
                under(phone("{\"type\":\"BY_DATE_TIME\",\"expiry\":\"2099-01-01T00:00:00.000Z\"}"));
        String after =
                under(phone("{\"type\":\"BY_DATE_TIME\",\"expiry\":\"2020-01-01T00:00:00.000Z\"}"));

        assertThat(mayWait(users.signIn(before).expect(200))).isTrue();
        assertThat(mayWait(users.signIn(after).expect(200))).isFalse();
    }

    @Test
    @DisplayName("what is required beside it is not put off with it")
    void beside() {
        String login =
                under(
                        """
                        [{"key":"phone_number","enroll":{"self":"REQUIRED",
                          "gracePeriod":{"type":"BY_SKIP_COUNT","skipCount":3}}},
                         {"key":"security_question","enroll":{"self":"REQUIRED"}}]""");
        Answer enroll = users.signIn(login).expect(200);
        assertThat(mayWait(enroll)).isFalse();

        Answer next =
                org.nobody()
                        .post(
                                "/api/v1/authn/factors",
                                "{\"stateToken\":\"%s\",\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}"
                                        .formatted(enroll.text("stateToken")))
                        .expect(200);

        assertThat(mayWait(next)).isTrue();
    }

    @Test
    @DisplayName("mail that is enrolled by itself is there after the sign-in, and nobody was asked")
    void mail() {
        enrolledByItself(mail("REQUIRED", ",\"autoEnroll\":true"));
        enrolledByItself(mail("REQUIRED", ""));
        enrolledByItself(mail("OPTIONAL", ",\"autoEnroll\":null"));
    }

    @Test
    @DisplayName("whoever is made in a group with such a policy has mail at once")
    void mailAtBirth() {
        String group = Directory.id(new Directory(org).group("born with mail"));
        new Policies(org).authenticators(group, "born with mail", mail("OPTIONAL", ""));
        String login = users.login();
        org.http()
                .post(
                        "/api/v1/users?activate=true",
                        "{\"profile\":{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"email\":\"%s\",\"login\":\"%s\"},\"groupIds\":[\"%s\"]}"
                                .formatted(login, login, group))
                .expect(200);

        JsonNode factors = org.http().get("/api/v1/users/" + login + "/factors").expect(200).json();
        assertThat(Json.texts(factors, "factorType")).containsExactly("email");
        assertThat(factors.at("/0/status").asString()).isEqualTo("ACTIVE");
        assertThat(users.events("user.mfa.factor.activate", login)).hasSize(1);
    }

    @Test
    @DisplayName("whoever has another address has it enrolled, if none was")
    void mailAtChange() {
        String login = under(mail("OPTIONAL", ""));
        String factors = "/api/v1/users/" + login + "/factors";
        assertThat(org.http().get(factors).expect(200).json()).isEmpty();

        org.http()
                .post("/api/v1/users/" + login, "{\"profile\":{\"firstName\":\"Augusta\"}}")
                .expect(200);
        assertThat(org.http().get(factors).expect(200).json()).isEmpty();
        org.http()
                .post(
                        "/api/v1/users/" + login,
                        "{\"profile\":{\"email\":\"new-%s\"}}".formatted(login))
                .expect(200);

        assertThat(org.http().get(factors).expect(200).json().at("/0/profile/email").asString())
                .isEqualTo("new-" + login);
    }

    @Test
    @DisplayName("mail is not enrolled by itself where the policy says so, or lets nobody have it")
    void noMail() {
        for (String policy :
                List.of(mail("OPTIONAL", ",\"autoEnroll\":false"), mail("NOT_ALLOWED", ""))) {
            String login = under(policy);

            assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");

            assertThat(org.http().get("/api/v1/users/" + login + "/factors").expect(200).json())
                    .isEmpty();
        }
        org.http()
                .post(
                        "/api/v1/policies",
                        "{\"type\":\"MFA_ENROLL\",\"name\":\"at odds\",\"settings\":{\"type\":\"AUTHENTICATORS\",\"authenticators\":"
                                + mail("REQUIRED", ",\"autoEnroll\":false")
                                + "}}")
                .expect(400, "E0000001");
    }

    private static String mail(String self, String more) {
        return "[{\"key\":\"okta_email\",\"enroll\":{\"self\":\"" + self + "\"" + more + "}}]";
    }

    private void enrolledByItself(String authenticators) {
        String login = under(authenticators);

        assertThat(users.signIn(login).expect(200).text("status")).isEqualTo("SUCCESS");

        JsonNode factors = org.http().get("/api/v1/users/" + login + "/factors").expect(200).json();
        assertThat(Json.texts(factors, "factorType")).containsExactly("email");
        assertThat(factors.at("/0/status").asString()).isEqualTo("ACTIVE");
        assertThat(factors.at("/0/profile/email").asString()).isEqualTo(login);
        assertThat(users.events("user.mfa.factor.activate", login)).hasSize(1);
    }
}
