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
import java.util.List;
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

        assertThat(
                        Progress.next(
                                warned,
                                user(UserStatus.ACTIVE, 27),
                                rules(30, 5),
                                Progress.Have.NOTHING,
                                NOON))
                .isEmpty();
    }

    @Test
    @DisplayName("given a policy that asks for a factor: it is verified before an expired password")
    void factorFirst() {
        User expired = user(UserStatus.PASSWORD_EXPIRED, 1);

        assertThat(asked(begun(Options.NONE), expired, new Progress.Have(true, true)))
                .contains(new State.MfaRequired());
        assertThat(asked(proven(Options.NONE), expired, new Progress.Have(true, true)))
                .contains(new State.PasswordExpired());
        assertThat(asked(begun(Options.NONE), expired, new Progress.Have(false, true)))
                .contains(new State.PasswordExpired());
    }

    @Test
    @DisplayName("given none to verify: one is enrolled, and further ones by whoever opted in")
    void enrols() {
        User active = user(UserStatus.ACTIVE, 1);
        Options more = new Options(true, false);
        Progress.Have open = new Progress.Have(false, true);

        assertThat(asked(begun(more), active, open)).contains(new State.MfaEnroll(false));
        Transaction enrolled = proven(more).at(new State.MfaEnroll(false));
        assertThat(asked(enrolled, active, new Progress.Have(true, true)))
                .contains(new State.MfaEnroll(true));
        assertThat(asked(enrolled.passingOver(), active, new Progress.Have(true, true))).isEmpty();
        assertThat(asked(proven(Options.NONE), active, new Progress.Have(true, true))).isEmpty();
    }

    private static Optional<State> asked(Transaction at, User user, Progress.Have have) {
        Rules usual = rules(0, 0);
        Rules asking =
                new Rules(true, usual.password(), 0, false, true, true, true, SessionLimits.USUAL);
        return Progress.next(at, user, asking, have, NOON);
    }

    private static Transaction proven(Options options) {
        return begun(options).proving(Proofs.NONE.withFactor(NOON, List.of("otp")));
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
        return Progress.next(begun(options), user, rules, Progress.Have.NOTHING, NOON);
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
