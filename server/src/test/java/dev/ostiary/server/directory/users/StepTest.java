package dev.ostiary.server.directory.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.UserSamples.Sample;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of steps, row by row. */
class StepTest {

    @ParameterizedTest(name = "{0} from {1} leads to {2}")
    @CsvSource({
        "ACTIVATE, STAGED, ACTIVE",
        "ACTIVATE, DEPROVISIONED, ACTIVE",
        "REACTIVATE, PROVISIONED, PROVISIONED",
        "REACTIVATE, RECOVERY, RECOVERY",
        "SUSPEND, ACTIVE, SUSPENDED",
        "SUSPEND, PROVISIONED, SUSPENDED",
        "UNSUSPEND, SUSPENDED, ACTIVE",
        "UNLOCK, LOCKED_OUT, ACTIVE",
        "DEACTIVATE, STAGED, DEPROVISIONED",
        "DEACTIVATE, PROVISIONED, DEPROVISIONED",
        "DEACTIVATE, ACTIVE, DEPROVISIONED",
        "DEACTIVATE, RECOVERY, DEPROVISIONED",
        "DEACTIVATE, PASSWORD_EXPIRED, DEPROVISIONED",
        "DEACTIVATE, LOCKED_OUT, DEPROVISIONED",
        "DEACTIVATE, SUSPENDED, DEPROVISIONED",
        "RESET_PASSWORD, ACTIVE, RECOVERY",
        "EXPIRE_PASSWORD, ACTIVE, PASSWORD_EXPIRED",
    })
    void aStepThatIsAllowedLeadsOn(Step step, UserStatus from, UserStatus to) {
        assertThat(step.next(Sample.in(from).withPassword())).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0} from {1} is refused with {2}")
    @CsvSource({
        "ACTIVATE, ACTIVE, E0000016",
        "ACTIVATE, PROVISIONED, E0000016",
        "ACTIVATE, SUSPENDED, E0000038",
        "REACTIVATE, ACTIVE, E0000038",
        "REACTIVATE, STAGED, E0000038",
        "SUSPEND, STAGED, E0000001",
        "SUSPEND, SUSPENDED, E0000001",
        "SUSPEND, LOCKED_OUT, E0000001",
        "UNSUSPEND, ACTIVE, E0000001",
        "UNLOCK, ACTIVE, E0000032",
        "DEACTIVATE, DEPROVISIONED, E0000038",
        "RESET_PASSWORD, STAGED, E0000038",
        "EXPIRE_PASSWORD, SUSPENDED, E0000038",
        "FORGOT_PASSWORD, SUSPENDED, E0000034",
        "CHANGE_PASSWORD, DEPROVISIONED, E0000035",
        "CHANGE_RECOVERY_QUESTION, SUSPENDED, E0000036",
    })
    void aStepThatTheStatusForbidsIsRefused(Step step, UserStatus from, String code) {
        assertThatThrownBy(() -> step.next(Sample.in(from).withPassword()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName("given nothing to sign in with, activation only invites")
    void activationWithoutCredentialInvites() {
        assertThat(Step.ACTIVATE.next(Sample.in(UserStatus.STAGED).plain()))
                .isEqualTo(UserStatus.PROVISIONED);
    }

    @Test
    @DisplayName("given an identity provider, activation needs no password")
    void activationOfFederatedUserActivates() {
        assertThat(Step.ACTIVATE.next(Sample.in(UserStatus.STAGED).federated()))
                .isEqualTo(UserStatus.ACTIVE);
    }

    @Test
    @DisplayName("a user who was suspended before the first sign-in is invited again")
    void unsuspensionLeadsBackToWhereTheUserCameFrom() {
        assertThat(Step.UNSUSPEND.next(Sample.in(UserStatus.SUSPENDED).plain()))
                .isEqualTo(UserStatus.PROVISIONED);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    @DisplayName("P31 what is allowed is never refused, what is refused is never allowed")
    void linksAndRefusalsAgree(Step step) {
        for (UserStatus status : UserStatus.values()) {
            User user = Sample.in(status).withPassword();
            if (step.allows(user)) {
                assertThat(step.next(user)).isNotNull();
            } else {
                assertThatThrownBy(() -> step.next(user)).isInstanceOf(ApiException.class);
            }
        }
    }
}
