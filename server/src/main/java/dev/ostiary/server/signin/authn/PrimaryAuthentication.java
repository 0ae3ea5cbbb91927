package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Rules;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The password ("Primary authentication"). Thread-safe.
 *
 * <p>Whatever is wrong, the answer is 401 {@code E0000004} and nothing else: a hash is computed for
 * nobody too, every attempt ends in one transaction that writes an event, and the body is the same.
 * Only the log knows the reason.
 *
 * <p>The hash is checked before the account is held, and counted while it is: so of fifty attempts
 * at once no more than the policy allows are ever answered, in whatever order they come.
 */
final class PrimaryAuthentication {

    private static final String START = "user.session.start";

    /** Whose password signs in. */
    private static final Set<UserStatus> OPEN =
            EnumSet.of(UserStatus.ACTIVE, UserStatus.PASSWORD_EXPIRED);

    private final Database database;
    private final EventCatalogue events;
    private final Accounts accounts;
    private final Flow flow;

    PrimaryAuthentication(Database database, EventCatalogue events, Accounts accounts, Flow flow) {
        this.database = database;
        this.events = events;
        this.accounts = accounts;
        this.flow = flow;
    }

    /**
     * What follows the password.
     *
     * @throws ApiException {@code E0000004} if it is wrong, or may not sign in
     */
    Outcome authenticate(Request request, String userName, String password, Beginning beginning) {
        while (true) {
            Optional<Account> seen =
                    database.read(
                            request.org().number(), reader -> accounts.find(reader, userName));
            boolean right = accounts.isPassword(seen, password);
            Optional<String> better =
                    right && seen.isPresent()
                            ? accounts.betterHash(seen.get(), password)
                            : Optional.empty();
            Optional<Rules> rules = seen.map(account -> flow.rules(request, account));
            Optional<Attempt> attempt =
                    database.write(
                            request.org().number(),
                            tx ->
                                    attempt(
                                            tx, request, userName, seen, rules, right, better,
                                            beginning));
            if (attempt.isPresent()) {
                return attempt.get().outcome().orElseThrow(() -> ApiException.of("E0000004"));
            }
        }
    }

    /** One attempt that was counted; without an outcome it failed. */
    private record Attempt(Optional<Outcome> outcome) {

        static final Attempt FAILED = new Attempt(Optional.empty());
    }

    /** Empty if the account has changed since it was seen. */
    private Optional<Attempt> attempt(
            Tx tx,
            Request request,
            String userName,
            Optional<Account> seen,
            Optional<Rules> rules,
            boolean right,
            Optional<String> better,
            Beginning beginning) {
        if (seen.isEmpty() || rules.isEmpty()) {
            tx.emit(failed(nobody(userName), "VERIFICATION_ERROR"));
            return Optional.of(Attempt.FAILED);
        }
        return accounts.hold(tx, request, seen.get())
                .map(held -> decide(tx, request, held, rules.get(), right, better, beginning));
    }

    private Attempt decide(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            boolean right,
            Optional<String> better,
            Beginning beginning) {
        openInTime(account, rules);
        if (account.user().status() == UserStatus.LOCKED_OUT) {
            return locked(tx, account, rules);
        }
        if (!right) {
            boolean locks = account.fail(rules.password().maxAttempts());
            account.save();
            tx.emit(failed(account.actor(), "INVALID_CREDENTIALS"));
            return locks && rules.showLockout() ? shownLock() : Attempt.FAILED;
        }
        if (!OPEN.contains(account.user().status())) {
            tx.emit(failed(account.actor(), "VERIFICATION_ERROR"));
            return Attempt.FAILED;
        }
        if (!rules.admitted()) {
            account.save();
            tx.emit(
                    failed(account.actor(), "Sign-on policy evaluation resulted in DENY")
                            .legacy("core.user_auth.login_failed.policy_denied"));
            return Attempt.FAILED;
        }
        account.proven(better);
        if (account.user().status() == UserStatus.ACTIVE && Flow.isExpired(account, rules)) {
            account.expire();
        }
        Beginning proven =
                new Beginning(
                        Proofs.NONE.withPassword(account.now()),
                        beginning.options(),
                        beginning.recovery(),
                        beginning.relayState(),
                        beginning.deviceToken());
        return new Attempt(Optional.of(flow.begin(tx, request, account, rules, proven)));
    }

    private Attempt locked(Tx tx, HeldAccount account, Rules rules) {
        tx.emit(failed(account.actor(), "LOCKED_OUT"));
        return rules.showLockout() ? shownLock() : Attempt.FAILED;
    }

    private static Attempt shownLock() {
        return new Attempt(Optional.of(new Outcome.LockedOut()));
    }

    /** A lock that opens by itself has done so by now. */
    private static void openInTime(HeldAccount account, Rules rules) {
        Instant since = account.lockedAt();
        int minutes = rules.password().autoUnlockMinutes();
        if (account.user().status() == UserStatus.LOCKED_OUT
                && since != null
                && minutes > 0
                && !since.plus(Duration.ofMinutes(minutes)).isAfter(account.now())) {
            account.unlockByTime();
        }
    }

    private Event failed(Actor who, String reason) {
        return events.event(START)
                .actor(who)
                .outcome(dev.ostiary.platform.event.Outcome.failure(reason));
    }

    /** A user name that is nobody's stands in the log as it was given, within bounds. */
    private static Actor nobody(String userName) {
        String name = userName.length() <= 100 ? userName : userName.substring(0, 100);
        return new Actor("unknown", "User", name, "unknown");
    }
}
