package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A rule that asks more of who recovers than to be reached")
class RecoveryStepUpTest {

    private static final String NEXT = "N3xt-one-please";
    private static final String ANYTHING = "{\"required\":true}";
    private static final String QUESTION =
            "{\"required\":true,\"methods\":[\"security_question\"]}";

    private final Org org;
    private final SignIns users;

    RecoveryStepUpTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    private void rule(String login, String stepUp) {
        rule(login, stepUp, "{}");
    }

    private void rule(String login, String stepUp, String settings) {
        String group = Directory.id(new Directory(org).group("step-up of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        new Policies(org)
                .password(
                        group,
                        login,
                        "{}",
                        """
                        {"selfServicePasswordReset":{"access":"ALLOW","requirement":{
                            "primary":{"methods":["email"]},"stepUp":%s},
                            "settings":%s},
                         "selfServiceUnlock":{"access":"ALLOW"}}"""
                                .formatted(stepUp, settings));
    }

    private int mails(String login) {
        return org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json().size();
    }

    private void begin(String what, String login) {
        org.nobody()
                .post(
                        "/api/v1/authn/recovery/" + what,
                        Json.object().put("username", login).put("factorType", "EMAIL"))
                .expect(200);
    }

    private Answer redeemed(String login) {
        return redeemed(login, "recoveryToken");
    }

    private Answer redeemed(String login, String name) {
        JsonNode mails = org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json();
        return org.nobody()
                .post(
                        "/api/v1/authn/recovery/token",
                        Json.object()
                                .put("recoveryToken", mails.at("/0/variables/" + name).asString()));
    }

    private String factor(String login, String body) {
        return org.http()
                .post("/api/v1/users/" + login + "/factors?activate=true", body)
                .expect(200)
                .text("id");
    }

    private String withQuestionFactor(String login) {
        factor(login, "{\"factorType\":\"email\",\"provider\":\"OKTA\"}");
        return factor(
                login,
                "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}");
    }

    @Test
    @DisplayName(
            "any authenticator: a factor is verified, one to which no code is sent, then a password")
    void anything() {
        String login = users.active();
        rule(login, ANYTHING);
        String question = withQuestionFactor(login);
        begin("password", login);

        Answer required = redeemed(login).expect(200);

        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        assertThat(required.text("recoveryType")).isEqualTo("PASSWORD");
        assertThat(Json.texts(required.json().at("/_embedded/factors"), "factorType"))
                .containsExactly("question");
        String state = required.text("stateToken");
        users.move("/credentials/reset_password", state, "newPassword", NEXT)
                .expect(403, "E0000079");
        users.move("/factors/" + question + "/verify", state, "answer", "mustard")
                .expect(403, "E0000068");
        Answer proven =
                users.move("/factors/" + question + "/verify", state, "answer", "mayonnaise");
        assertThat(proven.expect(200).text("status")).isEqualTo("PASSWORD_RESET");
        assertThat(
                        users.move("/credentials/reset_password", state, "newPassword", NEXT)
                                .expect(200)
                                .text("status"))
                .isEqualTo("SUCCESS");
        users.signIn(login, NEXT).expect(200);
    }

    @Test
    @DisplayName("any authenticator, for who is locked out: the factor opens the account")
    void unlocks() {
        String login = users.active();
        rule(login, ANYTHING);
        String question = withQuestionFactor(login);
        for (int i = 0; i < 10; i++) {
            users.signIn(login, "wrong").expect(401);
        }
        begin("unlock", login);

        String state = redeemed(login, "unlockAccountToken").expect(200).text("stateToken");
        Answer opened =
                users.move("/factors/" + question + "/verify", state, "answer", "mayonnaise")
                        .expect(200);

        assertThat(opened.text("status")).isEqualTo("SUCCESS");
        assertThat(opened.text("recoveryType")).isEqualTo("UNLOCK");
        assertThat(opened.json().has("sessionToken")).isFalse();
        assertThat(users.user(login).path("status").asString()).isEqualTo("ACTIVE");
    }

    @Test
    @DisplayName("mail goes to who has enrolled it, where the rule says that others get none")
    void unenrolled() {
        String login = users.active();
        rule(login, "{\"required\":false}", "{\"allowRecoveryEmailWithoutEnrollment\":false}");
        begin("password", login);
        assertThat(mails(login)).isZero();
        factor(login, "{\"factorType\":\"email\",\"provider\":\"OKTA\"}");

        begin("password", login);

        assertThat(redeemed(login).expect(200).text("status")).isEqualTo("PASSWORD_RESET");
    }

    @Test
    @DisplayName("who has nothing more to prove gets no mail, and the answer is as ever")
    void nothing() {
        String withoutFactor = users.active();
        rule(withoutFactor, ANYTHING);
        String withoutQuestion = users.active();
        rule(withoutQuestion, QUESTION);
        String withBoth = users.recoverable();
        rule(withBoth, QUESTION);

        begin("password", withoutFactor);
        begin("password", withoutQuestion);
        begin("password", withBoth);

        assertThat(mails(withoutFactor)).isZero();
        assertThat(mails(withoutQuestion)).isZero();
        assertThat(redeemed(withBoth).expect(200).text("status")).isEqualTo("RECOVERY");
    }
}
