package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What remains to be done until somebody is signed in, in the order of the documentation: a further
 * factor before an expired password ("Users are challenged for MFA before PASSWORD_EXPIRED"), then
 * factors that have to be enrolled, then what was opted in to. Pure rules.
 */
final class Progress {

    private Progress() {}

    /**
     * What there is of the user's factors.
     *
     * @param active whether one can be verified
     * @param suitable whether one of those is what is asked for beside a session
     * @param required whether one has to be enrolled
     * @param later whether one has to be, and may be put off
     * @param open whether one can be enrolled, required or not
     */
    record Have(boolean active, boolean suitable, boolean required, boolean later, boolean open) {

        static final Have NOTHING = new Have(false, false, false, false, false);

        /** Whatever can be verified will do. */
        Have(boolean active, boolean required, boolean later, boolean open) {
            this(active, active, required, later, open);
        }

        /** Nothing may be put off. */
        Have(boolean active, boolean required, boolean open) {
            this(active, required, false, open);
        }
    }

    /** What is next. */
    sealed interface Next {

        /** Something remains, and is done in this state. */
        record Remains(State state) implements Next {}

        /** Nothing remains. */
        record Done() implements Next {}

        /** A factor is asked for that the user has not, and may not enrol. */
        record Impossible() implements Next {}
    }

    /** Whether it matters what factors there are. */
    static boolean asksForFactors(Transaction transaction, Rules rules) {
        return rules.factor()
                || transaction.lacks()
                || rules.enrolling().stops(false)
                || (isProven(transaction) && transaction.options().moreFactors());
    }

    private static boolean isProven(Transaction transaction) {
        return transaction.proofs().factor().isPresent();
    }

    /** What is done next. */
    static Next next(Transaction transaction, User user, Rules rules, Have have, Instant now) {
        if (transaction.recovery().equals(Optional.of(Purpose.PASSWORD))
                && transaction.proofs().password().isEmpty()) {
            return new Next.Remains(new State.PasswordReset());
        }
        boolean needed = rules.factor() && !isProven(transaction);
        boolean lacks = transaction.lacks();
        boolean enrols = rules.enrolling().stops(rules.factor() || lacks);
        if ((needed && have.active()) || (lacks && verifies(transaction, have, enrols))) {
            return new Next.Remains(new State.MfaRequired());
        }
        if (user.status() == UserStatus.PASSWORD_EXPIRED) {
            return new Next.Remains(new State.PasswordExpired());
        }
        if (enrols && (have.required() || ((needed || lacks) && have.open()))) {
            return new Next.Remains(new State.MfaEnroll(false));
        }
        if (needed || lacks) {
            return new Next.Impossible();
        }
        boolean putOff =
                transaction.options().putsOff()
                        || transaction.skipped().contains(Status.MFA_ENROLL);
        if (enrols && have.later() && !putOff) {
            return new Next.Remains(new State.MfaEnroll(true));
        }
        if (offersMore(transaction, rules, have)) {
            return new Next.Remains(new State.MfaEnroll(true));
        }
        return warns(transaction, user, rules, now)
                ? new Next.Remains(new State.PasswordWarn())
                : new Next.Done();
    }

    /**
     * Whether a factor is verified for what is asked for beside a session. Whoever has factors, but
     * none that is wanted, verifies one before another is enrolled: so a session alone, which
     * somebody may have taken over, does not put a factor of a stranger beside the user's.
     */
    private static boolean verifies(Transaction transaction, Have have, boolean enrols) {
        boolean verified =
                transaction
                        .stepUp()
                        .filter(asked -> asked.hasFactor(transaction.proofs().factor()))
                        .isPresent();
        return have.suitable() || (have.active() && enrols && have.open() && !verified);
    }

    /** Whether a state is the first in which a factor is asked for that is needed to come in. */
    static boolean challenges(Transaction transaction, Rules rules, State next) {
        boolean asks = next instanceof State.MfaRequired || next instanceof State.MfaEnroll;
        boolean asked =
                switch (transaction.state().status()) {
                    case MFA_REQUIRED, MFA_CHALLENGE, MFA_ENROLL, MFA_ENROLL_ACTIVATE -> true;
                    case PASSWORD_WARN,
                            PASSWORD_EXPIRED,
                            PASSWORD_RESET,
                            RECOVERY,
                            RECOVERY_CHALLENGE,
                            SUCCESS,
                            UNAUTHENTICATED,
                            LOCKED_OUT ->
                            false;
                };
        return asks && !asked && rules.factor() && !isProven(transaction);
    }

    /** After an enrolment, to whoever opted in. */
    private static boolean offersMore(Transaction transaction, Rules rules, Have have) {
        boolean enrols =
                transaction.state() instanceof State.MfaEnroll
                        || transaction.state() instanceof State.MfaEnrollActivate;
        return transaction.options().moreFactors()
                && enrols
                && isProven(transaction)
                && rules.enrolling().isOpen()
                && have.open()
                && !transaction.skipped().contains(Status.MFA_ENROLL);
    }

    private static boolean warns(Transaction transaction, User user, Rules rules, Instant now) {
        return transaction.options().warnOfExpiry()
                && !transaction.skipped().contains(Status.PASSWORD_WARN)
                && daysLeft(user, rules.password(), now)
                        .filter(days -> days < rules.warnDays())
                        .isPresent();
    }

    /** Whole days until the password expires; empty where it never does. */
    static Optional<Long> daysLeft(User user, PasswordPolicy policy, Instant now) {
        return expiry(user, policy).map(end -> Math.max(0, Duration.between(now, end).toDays()));
    }

    /** Whether the password has come of age. */
    static boolean isExpired(User user, PasswordPolicy policy, Instant now) {
        return expiry(user, policy).filter(end -> !end.isAfter(now)).isPresent();
    }

    private static Optional<Instant> expiry(User user, PasswordPolicy policy) {
        Instant changed = user.passwordChanged();
        return changed == null || policy.maxAgeDays() <= 0
                ? Optional.empty()
                : Optional.of(changed.plus(Duration.ofDays(policy.maxAgeDays())));
    }
}
