package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.directory.users.Fixtures;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import dev.ostiary.server.signin.sessions.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What remains to be done")
class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Options WARN = new Options(false, true);

    @Test
    @DisplayName("given a password that never expires: nothing")
    void nothing() {
        assertThat(next(WARN, user(UserStatus.ACTIVE, 4000), rules(0, 5))).isEmpty();
    }

    @Test
    @DisplayName("given an expired account: another password")
    void expired() {
        assertThat(next(Options.NONE, user(UserStatus.PASSWORD_EXPIRED, 1), rules(0, 0)))
                .contains(new State.PasswordExpired());
    }

    @Test
    @DisplayName("given a password within its time of warning: a warning, for who opted in")
    void warned() {
        User user = user(UserStatus.ACTIVE, 27);

        assertThat(next(WARN, user, rules(30, 5))).contains(new State.PasswordWarn());
        assertThat(next(Options.NONE, user, rules(30, 5))).isEmpty();
        assertThat(next(WARN, user, rules(30, 2))).isEmpty();
    }

    @Test
    @DisplayName("given a warning that was passed over: nothing more")
    void passedOver() {
        Transaction warned = begun(WARN).at(new State.PasswordWarn()).passingOver();

        assertThat(Progress.next(warned, user(UserStatus.ACTIVE, 27), rules(30, 5), NOON))
                .isEmpty();
    }

    @Test
    @DisplayName("a password has come of age with its last second")
    void age() {
        PasswordPolicy policy = rules(30, 5).password();

        assertThat(Progress.isExpired(user(UserStatus.ACTIVE, 30), policy, NOON)).isTrue();
        assertThat(Progress.isExpired(user(UserStatus.ACTIVE, 30), policy, NOON.minusMillis(1)))
                .isFalse();
        assertThat(Progress.daysLeft(user(UserStatus.ACTIVE, 27), policy, NOON)).contains(3L);
    }

    private static Optional<State> next(Options options, User user, Rules rules) {
        return Progress.next(begun(options), user, rules, NOON);
    }

    private static Transaction begun(Options options) {
        return new Beginning(
                        Proofs.NONE, options, Optional.empty(), Optional.empty(), Optional.empty())
                .at(new State.PasswordReset(), "00u1", NOON);
    }

    private static User user(UserStatus status, int passwordDays) {
        return Fixtures.user(status, NOON.minus(Duration.ofDays(passwordDays)));
    }

    private static Rules rules(int maxAgeDays, int warnDays) {
        PasswordPolicy usual = PasswordPolicy.observedDefault();
        PasswordPolicy policy =
                new PasswordPolicy(usual.complexity(), 4, 0, maxAgeDays, 0, 10, 0, 4, 60);
        return new Rules(true, policy, warnDays, false, true, true, false, SessionLimits.USUAL);
    }
}
