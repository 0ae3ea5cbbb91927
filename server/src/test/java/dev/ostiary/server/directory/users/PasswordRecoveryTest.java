package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.delivery.MailTemplate;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Forgotten, reset and expired passwords, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class PasswordRecoveryTest {

    private static final String OLD = "tlpWENT2m";
    private static final String ANSWER =
            "{\"password\":{\"value\":\"%s\"},\"recovery_question\":{\"answer\":\"%s\"}}";

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static String withQuestion(String login) {
        ObjectNode body = withPassword(named(login), OLD);
        body.path("credentials")
                .asObject()
                .putObject("recovery_question")
                .put("question", "Who?")
                .put("answer", "Annie Oakley");
        return ground.create(body, "").path("id").stringValue();
    }

    private static Reply act(String operation, String id, String query) {
        return ground.call(operation).on(id).query(query).reply();
    }

    private static String url(String operation, String id) {
        return ground.call(operation)
                .on(id)
                .query("sendEmail=false")
                .json()
                .path("resetPasswordUrl")
                .stringValue();
    }

    private static String body(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static List<MailTemplate> mails(String address) {
        return ground.mails.stream()
                .filter(mail -> mail.to().equals(address))
                .map(mail -> mail.template())
                .toList();
    }

    private static void refused(ThrowingCallable attempt, String code, String... causes) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    @Test
    @DisplayName("a reset without a mail shows a link that works; a second makes it worthless")
    void resetShowsALink() {
        String id = ground.active("shown@example.com");
        String first = url("resetPassword", id);
        assertThat(first).startsWith(UserGround.BASE + "/reset_password/");
        assertThat(ground.redeemed(Kind.RECOVERY, first)).contains(id);
        assertThat(ground.status(id)).isEqualTo("RECOVERY");
        assertThat(ground.events(id)).endsWith("user.account.reset_password");
        String second = url("resetPassword", id);
        assertThat(ground.redeemed(Kind.RECOVERY, first)).isEmpty();
        assertThat(ground.redeemed(Kind.RECOVERY, second)).contains(id);
        assertThat(mails("shown@example.com")).isEmpty();
    }

    @Test
    @DisplayName("a reset with a mail answers an empty object, and ends sessions if told to")
    void resetMails() {
        String id = ground.active("mailed@example.com");
        assertThat(body(act("resetPassword", id, "sendEmail=true&revokeSessions=true")))
                .isEqualTo("{}");
        assertThat(mails("mailed@example.com"))
                .containsExactly(MailTemplate.PASSWORD_RESET_BY_ADMIN);
        assertThat(ground.events(id)).contains("user.session.clear");
    }

    @Test
    @DisplayName("a reset makes an invitation worthless")
    void resetEndsInvitations() {
        String id =
                ground.create(named("invited@example.com"), "activate=false")
                        .path("id")
                        .stringValue();
        String token =
                ground.call("activateUser")
                        .on(id)
                        .query("sendEmail=false")
                        .json()
                        .path("activationToken")
                        .stringValue();
        act("resetPassword", id, "sendEmail=false");
        assertThat(ground.redeemed(Kind.ACTIVATION, token)).isEmpty();
    }

    @ParameterizedTest(name = "{0} cannot be reset")
    @CsvSource({"STAGED", "SUSPENDED", "DEPROVISIONED"})
    void resetNeedsAnAccountInUse(UserStatus status) {
        String id = ground.active(status + "-reset@example.com");
        ground.force(id, status);
        refused(() -> act("resetPassword", id, "sendEmail=false"), "E0000038");
    }

    @Test
    @DisplayName("a reset can hand a user over to an identity provider, and take it back")
    void federation() {
        String id = withQuestion("federated@example.com");
        refused(
                () -> act("resetPassword", id, "provider=FEDERATION&sendEmail=true"),
                "E0000001",
                "sendEmail: A user who is converted gets no mail");
        refused(
                () -> act("resetPassword", id, "provider=LDAP"),
                "E0000001",
                "provider: The value must be FEDERATION");
        assertThat(body(act("resetPassword", id, "provider=FEDERATION&sendEmail=false")))
                .isEqualTo("{}");
        JsonNode converted = ground.get(id);
        assertThat(converted.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(converted.at("/credentials/provider/type").stringValue())
                .isEqualTo("FEDERATION");
        assertThat(converted.path("credentials").has("password")).isFalse();
        assertThat(converted.path("credentials").has("recovery_question")).isFalse();
        assertThat(ground.hasPassword(id, OLD)).isFalse();
        refused(() -> act("expirePassword", id, ""), "E0000038");
        refused(() -> act("forgotPassword", id, "sendEmail=false"), "E0000034");

        assertThat(url("resetPassword", id)).isNotEmpty();
        assertThat(ground.status(id)).isEqualTo("RECOVERY");
        assertThat(ground.get(id).at("/credentials/provider/type").stringValue()).isEqualTo("OKTA");
    }

    @Test
    @DisplayName("a directory's user cannot be reset without its agent")
    void directoryUser() {
        String id = ground.active("directory@example.com");
        ground.asOwner("UPDATE users SET provider_type = 'LDAP' WHERE id = '" + id + "'");
        refused(() -> act("resetPassword", id, ""), "E0000017");
    }

    @Test
    @DisplayName("an expired password is answered with the user")
    void expires() {
        String id = ground.active("expired@example.com");
        JsonNode user = ground.call("expirePassword").on(id).json();
        assertThat(user.path("status").stringValue()).isEqualTo("PASSWORD_EXPIRED");
        assertThat(user.at("/_links/changePassword").isObject()).isTrue();
        assertThat(ground.hasPassword(id, OLD)).isTrue();
        assertThat(ground.events(id)).endsWith("user.account.expire_password");
    }

    @Test
    @DisplayName("a temporary password takes the place of the one before, and is expired")
    void expiresWithTemporaryPassword() {
        String id = ground.active("temporary@example.com");
        String password =
                ground.call("expirePasswordWithTempPassword")
                        .on(id)
                        .query("revokeSessions=true")
                        .json()
                        .path("tempPassword")
                        .stringValue();
        assertThat(ground.hasPassword(id, password)).isTrue();
        assertThat(ground.status(id)).isEqualTo("PASSWORD_EXPIRED");
        assertThat(ground.events(id))
                .contains("user.account.expire_password", "user.session.clear");
        String again =
                ground.call("expirePassword")
                        .on(id)
                        .query("tempPassword=true")
                        .json()
                        .path("tempPassword")
                        .stringValue();
        assertThat(again).isNotEqualTo(password);
        assertThat(ground.hasPassword(id, again)).isTrue();
    }

    @ParameterizedTest(name = "the password of {0} cannot expire")
    @CsvSource({"STAGED", "PROVISIONED", "SUSPENDED", "DEPROVISIONED"})
    void expiryNeedsAPasswordInUse(UserStatus status) {
        String id = ground.active(status + "-expire@example.com");
        ground.force(id, status);
        refused(() -> act("expirePassword", id, ""), "E0000038");
        refused(() -> act("expirePasswordWithTempPassword", id, ""), "E0000038");
        assertThat(ground.hasPassword(id, OLD)).isTrue();
    }

    @Test
    @DisplayName("a link for a forgotten password leaves the status alone")
    void forgottenLink() {
        String id = ground.active("forgot@example.com");
        String url = url("forgotPassword", id);
        assertThat(url).startsWith(UserGround.BASE + "/signin/reset-password/");
        assertThat(ground.redeemed(Kind.RECOVERY, url)).contains(id);
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        assertThat(body(act("forgotPassword", id, ""))).isEqualTo("{}");
        assertThat(ground.redeemed(Kind.RECOVERY, url)).isEmpty();
        assertThat(mails("forgot@example.com")).containsExactly(MailTemplate.FORGOT_PASSWORD);
        assertThat(ground.events(id)).contains("system.email.password_reset.sent_message");
    }

    @ParameterizedTest(name = "{0} can start no recovery")
    @CsvSource({"STAGED", "PROVISIONED", "RECOVERY", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"})
    void forgottenNeedsAnActiveUser(UserStatus status) {
        String id = withQuestion(status + "-forgot@example.com");
        ground.force(id, status);
        refused(() -> act("forgotPassword", id, "sendEmail=false"), "E0000034");
        refused(() -> answer(id, "uTVM,TPw55", "annie oakley"), "E0000034");
    }

    @Test
    @DisplayName("the answer, in any case and with spaces around it, sets a new password")
    void answers() {
        String id = withQuestion("answers@example.com");
        JsonNode credentials = answer(id, "uTVM,TPw55", " annie OAKLEY ");
        assertThat(credentials.at("/recovery_question/question").stringValue()).isEqualTo("Who?");
        assertThat(ground.hasPassword(id, "uTVM,TPw55")).isTrue();
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        assertThat(mails("answers@example.com")).containsExactly(MailTemplate.PASSWORD_CHANGED);
        assertThat(ground.outcome(id, "user.account.reset_password")).isEqualTo("SUCCESS null");
    }

    @Test
    @DisplayName("the older path of the same operation takes the answer too")
    void answersAtTheOlderPath() {
        String id = withQuestion("older@example.com");
        ground.call("forgotPassword")
                .on(id)
                .body(ANSWER.formatted("uTVM,TPw55", "annie oakley"))
                .reply();
        assertThat(ground.hasPassword(id, "uTVM,TPw55")).isTrue();
    }

    @Test
    @DisplayName("a wrong answer, an unfit password and a missing question are told apart")
    void refusesAnswers() {
        String id = withQuestion("refuses@example.com");
        refused(() -> answer(id, "uTVM,TPw55", "Calamity Jane"), "E0000087");
        assertThat(ground.outcome(id, "user.account.reset_password"))
                .isEqualTo("FAILURE INVALID_CREDENTIALS");
        refused(
                () -> answer(id, OLD, "annie oakley"),
                "E0000014",
                "Password has been used too recently");
        refused(
                () -> ground.call("forgotPasswordSetNewPassword").on(id).body("{}").reply(),
                "E0000001",
                "password: The field cannot be left blank",
                "recovery_question.answer: The field cannot be left blank");
        assertThat(ground.hasPassword(id, OLD)).isTrue();
        String none = ground.active("no-question@example.com");
        refused(
                () -> answer(none, "uTVM,TPw55", "annie oakley"),
                "E0000034",
                "Recovery credential not set.");
    }

    private static JsonNode answer(String id, String password, String answer) {
        return ground.call("forgotPasswordSetNewPassword")
                .on(id)
                .body(ANSWER.formatted(password, answer))
                .json();
    }
}
