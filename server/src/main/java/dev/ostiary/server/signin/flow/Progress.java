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

    /** The state in which the next thing is done; empty when nothing is left. */
    static Optional<State> next(Transaction transaction, User user, Rules rules, Instant now) {
        if (user.status() == UserStatus.PASSWORD_EXPIRED) {
            return Optional.of(new State.PasswordExpired());
        }
        boolean warns =
                transaction.options().warnOfExpiry()
                        && !transaction.skipped().contains(Status.PASSWORD_WARN)
                        && daysLeft(user, rules.password(), now)
                                .filter(days -> days < rules.warnDays())
                                .isPresent();
        return warns ? Optional.of(new State.PasswordWarn()) : Optional.empty();
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
