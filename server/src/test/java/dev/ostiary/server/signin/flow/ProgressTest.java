package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.directory.users.Fixtures;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.policy.EnrolmentDecision.When;
import dev.ostiary.server.policy.PasswordDecision;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What remains to be done")
class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Progress.Next DONE = new Progress.Next.Done();
    private static final Options WARN = new Options(false, true);

    @Test
    @DisplayName("given a password that never expires: nothing")
    void nothing() {
        assertThat(next(WARN, user(UserStatus.ACTIVE, 4000), rules(0, 5))).isEqualTo(DONE);
    }

    @Test
    @DisplayName("given an expired account: another password")
    void expired() {
        assertThat(next(Options.NONE, user(UserStatus.PASSWORD_EXPIRED, 1), rules(0, 0)))
                .isEqualTo(in(new State.PasswordExpired()));
    }

    @Test
    @DisplayName("given a password within its time of warning: a warning, for who opted in")
    void warned() {
        User user = user(UserStatus.ACTIVE, 27);

        assertThat(next(WARN, user, rules(30, 5))).isEqualTo(in(new State.PasswordWarn()));
        assertThat(next(Options.NONE, user, rules(30, 5))).isEqualTo(DONE);
        assertThat(next(WARN, user, rules(30, 2))).isEqualTo(DONE);
    }

    @Test
    @DisplayName("given users who may not change passwords: no warning")
    void notWarned() {
        Rules warning = rules(30, 5);
        PasswordDecision none =
                new PasswordDecision(
                        false,
                        true,
                        false,
                        Set.of(),
                        PasswordDecision.StepUp.QUESTION_IF_THERE,
                        false,
                        false);

        assertThat(
                        next(
                                WARN,
                                user(UserStatus.ACTIVE, 27),
                                new Rules(
                                        warning.signOn(),
                                        warning.password(),
                                        none,
                                        warning.enrolling(),
                                        warning.observation(),
                                        warning.remembered(),
                                        warning.lockout())))
                .isEqualTo(DONE);
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
                .isEqualTo(DONE);
    }

    @Test
    @DisplayName("given a policy that asks for a factor: it is verified before an expired password")
    void factorFirst() {
        User expired = user(UserStatus.PASSWORD_EXPIRED, 1);

        assertThat(
                        asked(
                                begun(Options.NONE),
                                expired,
                                new Progress.Have(true, true, false, false, true)))
                .isEqualTo(in(new State.MfaRequired()));
        assertThat(
                        asked(
                                proven(Options.NONE),
                                expired,
                                new Progress.Have(true, true, false, false, true)))
                .isEqualTo(in(new State.PasswordExpired()));
        assertThat(
                        asked(
                                begun(Options.NONE),
                                expired,
                                new Progress.Have(false, false, false, false, true)))
                .isEqualTo(in(new State.PasswordExpired()));
    }

    @Test
    @DisplayName("given a device that is remembered: no factor")
    void remembered() {
        assertThat(
                        Progress.next(
                                begun(Options.NONE),
                                user(UserStatus.ACTIVE, 1),
                                Decided.asking(When.CHALLENGE, Rules.Remembered.STILL),
                                new Progress.Have(true, true, true, false, true),
                                NOON))
                .isEqualTo(DONE);
    }

    @Test
    @DisplayName("given none to verify: one is enrolled, and further ones by whoever opted in")
    void enrols() {
        User active = user(UserStatus.ACTIVE, 1);
        Options more = new Options(true, false);
        Progress.Have open = new Progress.Have(false, false, false, false, true);
        Progress.Have one = new Progress.Have(true, true, false, false, true);

        assertThat(asked(begun(more), active, open)).isEqualTo(in(new State.MfaEnroll(false)));
        Transaction enrolled = proven(more).at(new State.MfaEnroll(false));
        assertThat(asked(enrolled, active, one)).isEqualTo(in(new State.MfaEnroll(true)));
        assertThat(asked(enrolled.passingOver(), active, one)).isEqualTo(DONE);
        assertThat(asked(proven(Options.NONE), active, one)).isEqualTo(DONE);
    }

    @Test
    @DisplayName(
            "given a factor that has to be enrolled: that, without a way past, when it is time")
    void required() {
        User active = user(UserStatus.ACTIVE, 1);
        Progress.Have required = new Progress.Have(true, true, true, false, true);
        State enroll = new State.MfaEnroll(false);

        assertThat(asked(proven(Options.NONE), active, required)).isEqualTo(in(enroll));
        assertThat(at(When.LOGIN, required)).isEqualTo(in(enroll));
        assertThat(at(When.LOGIN, new Progress.Have(false, false, false, false, true)))
                .isEqualTo(DONE);
        assertThat(at(When.CHALLENGE, required)).isEqualTo(DONE);
        assertThat(at(When.NEVER, required)).isEqualTo(DONE);
    }

    @Test
    @DisplayName("given one that has to be enrolled but may wait: that, with a way past, once")
    void later() {
        Progress.Have waits = new Progress.Have(false, false, true, true);
        State skippable = new State.MfaEnroll(true);

        assertThat(at(When.LOGIN, waits)).isEqualTo(in(skippable));
        assertThat(at(When.LOGIN, new Progress.Have(false, true, true, true)))
                .isEqualTo(in(new State.MfaEnroll(false)));
        assertThat(at(When.CHALLENGE, waits)).isEqualTo(DONE);
        assertThat(
                        Progress.next(
                                begun(Options.NONE).at(skippable).passingOver(),
                                user(UserStatus.ACTIVE, 1),
                                Decided.plain(When.LOGIN),
                                waits,
                                NOON))
                .isEqualTo(DONE);
    }

    @Test
    @DisplayName("given somebody who recovers, and has proven a factor: another password")
    void recovers() {
        Transaction recovery =
                Beginning.recovery(Purpose.PASSWORD, Optional.empty())
                        .at(new State.MfaRequired(), "00u1", NOON)
                        .proving(Proofs.NONE.withFactor(NOON, Method.TOTP, List.of("otp")));

        assertThat(
                        Progress.next(
                                recovery,
                                user(UserStatus.ACTIVE, 1),
                                Decided.plain(When.NEVER),
                                Progress.Have.NOTHING,
                                NOON))
                .isEqualTo(in(new State.PasswordReset()));
    }

    /** What is next in a sign-in of which no factor is asked. */
    private static Progress.Next at(When when, Progress.Have have) {
        return Progress.next(
                begun(Options.NONE), user(UserStatus.ACTIVE, 1), Decided.plain(when), have, NOON);
    }

    @Test
    @DisplayName("given a factor that is asked for, none there, and none that may be enrolled: no")
    void impossible() {
        User active = user(UserStatus.ACTIVE, 1);

        assertThat(asked(begun(Options.NONE), active, Progress.Have.NOTHING))
                .isEqualTo(new Progress.Next.Impossible());
        assertThat(
                        Progress.next(
                                begun(Options.NONE),
                                active,
                                Decided.asking(When.NEVER, Rules.Remembered.NOT),
                                new Progress.Have(false, false, true, false, true),
                                NOON))
                .isEqualTo(new Progress.Next.Impossible());
    }

    @Test
    @DisplayName("given an app that asks for a factor beside a session: that, or one is set up")
    void stepUp() {
        User active = user(UserStatus.ACTIVE, 1);
        State required = new State.MfaRequired();
        State enroll = new State.MfaEnroll(false);

        assertThat(beside(Proofs.NONE, new Progress.Have(true, true, false, false, true)))
                .isEqualTo(in(required));
        assertThat(beside(Proofs.NONE, new Progress.Have(false, false, false, false, true)))
                .isEqualTo(in(enroll));
        assertThat(beside(Proofs.NONE, Progress.Have.NOTHING))
                .isEqualTo(new Progress.Next.Impossible());
        assertThat(beside(Proofs.NONE.withFactor(NOON, Method.TOTP, List.of("otp")), one()))
                .isEqualTo(DONE);
        assertThat(
                        beside(
                                Proofs.NONE.withFactor(
                                        NOON.minusSeconds(1), Method.TOTP, List.of("otp")),
                                one()))
                .as("what was proven before counts no more")
                .isEqualTo(in(required));
        assertThat(asked(proven(Options.NONE), active, one())).isEqualTo(DONE);
    }

    @Test
    @DisplayName("given factors of which none is wanted: one is verified before another is set up")
    void verifiedBeforeEnrolling() {
        Progress.Have other = new Progress.Have(true, false, false, false, true);

        assertThat(beside(Proofs.NONE, other)).isEqualTo(in(new State.MfaRequired()));
        assertThat(beside(Proofs.NONE.withFactor(NOON, Method.EMAIL, List.of("otp")), other))
                .isEqualTo(in(new State.MfaEnroll(false)));
        assertThat(beside(Proofs.NONE, new Progress.Have(true, false, false, false, false)))
                .as("to no end, where nothing can be set up")
                .isEqualTo(new Progress.Next.Impossible());
    }

    private static Progress.Have one() {
        return new Progress.Have(true, true, false, false, true);
    }

    /** What is next for somebody with a session, of whom an app wants an authenticator's code. */
    private static Progress.Next beside(Proofs proofs, Progress.Have have) {
        StepUp asked =
                new StepUp(
                        Optional.of("102session"),
                        NOON,
                        Set.of(Method.TOTP),
                        new Situation.App("0oa1", "oidc_client"));
        return Progress.next(
                Beginning.stepUp(proofs, Device.UNKNOWN, asked, Optional.empty())
                        .at(new State.PasswordReset(), "00u1", NOON),
                user(UserStatus.ACTIVE, 1),
                Decided.plain(When.CHALLENGE),
                have,
                NOON);
    }

    private static Progress.Next in(State state) {
        return new Progress.Next.Remains(state);
    }

    private static Progress.Next asked(Transaction at, User user, Progress.Have have) {
        return Progress.next(
                at, user, Decided.asking(When.CHALLENGE, Rules.Remembered.NOT), have, NOON);
    }

    private static Transaction proven(Options options) {
        return begun(options).proving(Proofs.NONE.withFactor(NOON, Method.TOTP, List.of("otp")));
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

    private static Progress.Next next(Options options, User user, Rules rules) {
        return Progress.next(begun(options), user, rules, Progress.Have.NOTHING, NOON);
    }

    private static Transaction begun(Options options) {
        return new Beginning(
                        Proofs.NONE, options, Optional.empty(), Optional.empty(), Device.UNKNOWN)
                .at(new State.PasswordReset(), "00u1", NOON);
    }

    private static User user(UserStatus status, int passwordDays) {
        return Fixtures.user(status, NOON.minus(Duration.ofDays(passwordDays)));
    }

    private static Rules rules(int maxAgeDays, int warnDays) {
        PasswordPolicy usual = PasswordPolicy.observedDefault();
        return Decided.with(
                new PasswordPolicy(usual.complexity(), 4, 0, maxAgeDays, warnDays, 10, 0, 4, 60));
    }
}
