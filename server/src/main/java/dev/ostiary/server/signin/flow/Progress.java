package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What remains to be done until somebody is signed in, in the order of the documentation: a further
 * factor before an expired password ("Users are challenged for MFA before PASSWORD_EXPIRED"), then
 * what was opted in to. Pure rules.
 */
final class Progress {

    private Progress() {}

    /**
     * What there is of the user's factors.
     *
     * @param active whether one can be verified
     * @param open whether one can be enrolled
     */
    record Have(boolean active, boolean open) {

        static final Have NOTHING = new Have(false, false);
    }

    /** Whether it matters what factors there are. */
    static boolean asksForFactors(Transaction transaction, Rules rules) {
        boolean proven = transaction.proofs().factor().isPresent();
        return proven ? transaction.options().moreFactors() : rules.factor();
    }

    /** The state in which the next thing is done; empty when nothing is left. */
    static Optional<State> next(
            Transaction transaction, User user, Rules rules, Have have, Instant now) {
        boolean needed = rules.factor() && transaction.proofs().factor().isEmpty();
        if (needed && have.active()) {
            return Optional.of(new State.MfaRequired());
        }
        if (user.status() == UserStatus.PASSWORD_EXPIRED) {
            return Optional.of(new State.PasswordExpired());
        }
        if (needed && have.open()) {
            return Optional.of(new State.MfaEnroll(false));
        }
        if (offersMore(transaction, have)) {
            return Optional.of(new State.MfaEnroll(true));
        }
        return warns(transaction, user, rules, now)
                ? Optional.of(new State.PasswordWarn())
                : Optional.empty();
    }

    /** After an enrolment, to whoever opted in. */
    private static boolean offersMore(Transaction transaction, Have have) {
        boolean enrols =
                transaction.state() instanceof State.MfaEnroll
                        || transaction.state() instanceof State.MfaEnrollActivate;
        return transaction.options().moreFactors()
                && enrols
                && transaction.proofs().factor().isPresent()
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
