package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.UserFactorApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.UserFactor;
import com.okta.sdk.resource.model.UserFactorActivateRequest;
import com.okta.sdk.resource.model.UserFactorProvider;
import com.okta.sdk.resource.model.UserFactorSMS;
import com.okta.sdk.resource.model.UserFactorSMSProfile;
import com.okta.sdk.resource.model.UserFactorSecurityQuestion;
import com.okta.sdk.resource.model.UserFactorSecurityQuestionProfile;
import com.okta.sdk.resource.model.UserFactorStatus;
import com.okta.sdk.resource.model.UserFactorSupported;
import com.okta.sdk.resource.model.UserFactorType;
import com.okta.sdk.resource.model.UserFactorVerifyRequest;
import com.okta.sdk.resource.model.UserFactorVerifyResponse;
import com.okta.sdk.resource.model.UserFactorVerifyResult;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: factors")
class FactorJourneyTest {

    private static final String PHONE = "+15554150001";

    private final Org org;
    private final OktaSdk sdk;
    private final UserFactorApi factors;

    FactorJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
        this.factors = new UserFactorApi(sdk.client());
    }

    @Test
    @DisplayName(
            "a phone is enrolled, activated by the code in the outbox, listed, challenged and unenrolled")
    void phone() {
        String user = user("factor-phone@example.com");
        UserFactorSMS sms = new UserFactorSMS();
        sms.setFactorType(UserFactorType.SMS);
        sms.setProvider(UserFactorProvider.OKTA);
        sms.setProfile(new UserFactorSMSProfile().phoneNumber(PHONE));
        UserFactor made = enrol(user, sms);
        assertThat(made.getStatus()).isEqualTo(UserFactorStatus.PENDING_ACTIVATION);
        assertThat(Objects.requireNonNull(made.getLinks()).getResend()).hasSize(1);
        String id = Objects.requireNonNull(made.getId());

        UserFactorActivateRequest request = new UserFactorActivateRequest();
        request.setPassCode("000");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> factors.activateFactor(user, id, request))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(403);
                            assertThat(OktaSdk.error(thrown).path("errorCode").asString())
                                    .isEqualTo("E0000068");
                        });
        request.setPassCode(code(PHONE));
        assertThat(factors.activateFactor(user, id, request).getStatus()).isEqualTo("ACTIVE");
        assertThat(factors.listFactors(user))
                .singleElement()
                .isInstanceOfSatisfying(
                        UserFactorSMS.class,
                        found ->
                                assertThat(
                                                Objects.requireNonNull(found.getProfile())
                                                        .getPhoneNumber())
                                        .isEqualTo(PHONE));
        factors.unenrollFactor(user, id, false);

        assertThat(factors.listFactors(user)).isEmpty();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> factors.getFactor(user, id))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).path("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + id
                                                        + " (UserFactor)"));
    }

    @Test
    @DisplayName(
            "a question is chosen from the list, answered, and gone after a reset of all factors")
    void question() {
        String user = user("factor-question@example.com");
        UserFactorSecurityQuestionProfile chosen =
                factors.listSupportedSecurityQuestions(user).get(2);
        assertThat(chosen.getQuestionText())
                .isEqualTo("What did you earn your first medal or award for?");
        UserFactorSecurityQuestionProfile profile = new UserFactorSecurityQuestionProfile();
        profile.setQuestion(chosen.getQuestion());
        profile.setAnswer("Swimming");
        UserFactorSecurityQuestion question = new UserFactorSecurityQuestion();
        question.setFactorType(UserFactorType.QUESTION);
        question.setProvider(UserFactorProvider.OKTA);
        question.setProfile(profile);
        String id = Objects.requireNonNull(enrol(user, question).getId());

        UserFactorVerifyRequest answer = new UserFactorVerifyRequest();
        answer.setAnswer("swimming");
        assertThat(verify(user, id, answer).getFactorResult())
                .isEqualTo(UserFactorVerifyResult.SUCCESS);
        assertThat(supported(user).getStatus()).isEqualTo(UserFactorStatus.ACTIVE);

        sdk.lifecycle().resetFactors(user);

        assertThat(factors.listFactors(user)).isEmpty();
        assertThat(supported(user).getStatus()).isEqualTo(UserFactorStatus.NOT_SETUP);
    }

    private UserFactorSupported supported(String user) {
        return factors.listSupportedFactors(user).stream()
                .filter(
                        each ->
                                each.getFactorType() == UserFactorType.QUESTION
                                        && each.getProvider() == UserFactorProvider.OKTA)
                .findFirst()
                .orElseThrow();
    }

    private UserFactor enrol(String user, UserFactor factor) {
        return factors.enrollFactor(user, factor, null, null, null, null, null);
    }

    private UserFactorVerifyResponse verify(
            String user, String id, UserFactorVerifyRequest request) {
        return factors.verifyFactor(user, id, null, null, null, null, null, request);
    }

    private String user(String login) {
        return Objects.requireNonNull(sdk.active(login).getId());
    }

    private String code(String to) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + to.replace("+", "%2B"))
                .expect(200)
                .json()
                .at("/0/variables/code")
                .asString();
    }
}
