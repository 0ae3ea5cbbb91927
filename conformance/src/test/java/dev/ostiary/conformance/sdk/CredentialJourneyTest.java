package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.ChangePasswordRequest;
import com.okta.sdk.resource.model.PasswordCredential;
import com.okta.sdk.resource.model.RecoveryQuestionCredential;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserCredentials;
import com.okta.sdk.resource.model.UserStatus;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: credentials")
class CredentialJourneyTest {

    private static final String NEXT = "An0ther-Passw0rd";

    private final OktaSdk sdk;

    CredentialJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("a password is changed by who knows the old one, and by nobody else")
    void changes() {
        User made = sdk.active("knows@example.com");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> change(made, "not-The-old-1", NEXT))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(403);
                            assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                    .isEqualTo("E0000014");
                        });
        change(made, Directory.PASSWORD, NEXT);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> change(made, Directory.PASSWORD, "Thr1ce-Changed"));
        change(made, NEXT, "Thr1ce-Changed");
    }

    @Test
    @DisplayName("a password that the policy refuses says so")
    void policy() {
        User made = sdk.active("weak@example.com");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> change(made, Directory.PASSWORD, "short"))
                .satisfies(thrown -> assertThat(thrown.getCode()).isIn(400, 403));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                OktaSdk.named("weaker@example.com")
                                        .setPassword("short".toCharArray())
                                        .buildAndCreate(sdk.users()))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(400);
                            assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                    .isEqualTo("E0000001");
                        });
    }

    @Test
    @DisplayName("a forgotten password is replaced by who knows the answer")
    void forgets() {
        User made =
                OktaSdk.named("forgets@example.com")
                        .setPassword(Directory.PASSWORD.toCharArray())
                        .setSecurityQuestion("Which ship?")
                        .setSecurityQuestionAnswer("Constellation")
                        .buildAndCreate(sdk.users());

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> answer(made, "Titanic"));
        answer(made, "Constellation");

        change(made, NEXT, "Thr1ce-Changed");
    }

    private void answer(User user, String answer) {
        sdk.credentials()
                .forgotPasswordSetNewPassword(
                        user.getId(),
                        new UserCredentials()
                                .password(new PasswordCredential().value(NEXT))
                                .recoveryQuestion(new RecoveryQuestionCredential().answer(answer)),
                        false);
    }

    @Test
    @DisplayName("forgot_password without a mail answers with the URL")
    void forgotPassword() {
        User made = sdk.active("mail-less@example.com");

        var answered = sdk.credentials().forgotPassword(made.getId(), false);

        assertThat(answered.getResetPasswordUrl()).contains("/");
    }

    @Test
    @DisplayName("a reset locks the old password away until the user has chosen another")
    void resets() {
        User made = sdk.active("reset@example.com");

        var token = sdk.credentials().resetPassword(made.getId(), false, false);

        assertThat(token.getResetPasswordUrl()).contains("/");
        assertThat(sdk.users().getUser(made.getId(), null, null).getStatus())
                .isEqualTo(UserStatus.RECOVERY);
    }

    @Test
    @DisplayName(
            "an expired password is to be changed; a temporary one is shown once and can be changed")
    void expires() {
        User expired = sdk.active("expired@example.com");
        assertThat(sdk.credentials().expirePassword(expired.getId()).getStatus())
                .isEqualTo(UserStatus.PASSWORD_EXPIRED);

        User temporary = sdk.active("temporary@example.com");
        sdk.credentials().expirePasswordWithTempPassword(temporary.getId(), false);
        assertThat(sdk.users().getUser(temporary.getId(), null, null).getStatus())
                .isEqualTo(UserStatus.PASSWORD_EXPIRED);
    }

    @Test
    @DisplayName(
            "the recovery question is changed by who knows the password; its answer never comes back")
    void recoveryQuestion() {
        User made = sdk.active("asks@example.com");

        UserCredentials changed =
                sdk.credentials()
                        .changeRecoveryQuestion(
                                made.getId(),
                                new UserCredentials()
                                        .password(
                                                new PasswordCredential().value(Directory.PASSWORD))
                                        .recoveryQuestion(
                                                new RecoveryQuestionCredential()
                                                        .question("Which sea?")
                                                        .answer("Baltic")));

        assertThat(changed.getRecoveryQuestion().getQuestion()).isEqualTo("Which sea?");
        assertThat(changed.getRecoveryQuestion().getAnswer()).isNull();
    }

    private void change(User user, String from, String to) {
        sdk.credentials()
                .changePassword(
                        user.getId(),
                        new ChangePasswordRequest()
                                .oldPassword(new PasswordCredential().value(from))
                                .newPassword(new PasswordCredential().value(to)),
                        true);
    }
}
