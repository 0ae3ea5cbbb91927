package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account that one transaction holds. What is noted here is written by {@link #save}, which
 * comes last and once. Used by one thread, valid only in its transaction.
 */
public final class HeldAccount {

    private final UserParts parts;
    private final UserWrites.Change change;
    private final UserStore store = new UserStore();
    private final BreachStore breaches = new BreachStore();
    private User user;
    private Secrets secrets;

    HeldAccount(UserParts parts, UserWrites.Change change) {
        this.parts = parts;
        this.change = change;
        this.user = change.before();
        this.secrets = change.secrets();
    }

    /** The user, with what was noted so far. */
    public User user() {
        return user;
    }

    /** The moment of the transaction, by the org's clock. */
    public Instant now() {
        return change.now();
    }

    /** When the account was locked, if it is. */
    public @Nullable Instant lockedAt() {
        return secrets.lockedAt();
    }

    private Tx tx() {
        return change.tx();
    }

    /**
     * One more failed try. The count is exact: each try holds the account while it counts.
     *
     * @param most how many lock the account; 0 for any number
     * @return whether this one did
     */
    public boolean fail(int most) {
        int failed = secrets.failedAttempts() + 1;
        secrets = secrets.failed(failed);
        if (most <= 0 || failed < most || user.status() == UserStatus.LOCKED_OUT) {
            return false;
        }
        user = user.in(UserStatus.LOCKED_OUT, now());
        secrets = secrets.locked(now());
        tx().emit(parts.events().locked(user));
        return true;
    }

    /** The account opens again, since it was locked long enough. */
    public void unlockByTime() {
        opened();
        tx().emit(
                        parts.events()
                                .of("user.account.unlock", user)
                                .legacy("core.user_auth.account_auto_unlocked")
                                .actor(Actor.system()));
    }

    /**
     * The account opens again, since its user proved to be who it is; one that is open stays so.
     */
    public void unlock() {
        if (user.status() != UserStatus.LOCKED_OUT) {
            return;
        }
        opened();
        tx().emit(parts.events().of("user.account.unlock", user).actor(actor()));
    }

    private void opened() {
        user = user.in(UserStatus.ACTIVE, now());
        secrets = secrets.unlocked();
    }

    /** The password has come of age: it signs in no more, but may still be changed. */
    public void expire() {
        user = user.in(UserStatus.PASSWORD_EXPIRED, now());
        tx().emit(parts.events().of("user.account.expire_password", user).actor(Actor.system()));
    }

    /**
     * The password was proven, and others have it: what the policy says of that, from the day on
     * which it was found.
     */
    public void breached(PasswordPolicy.Breached terms) {
        Optional<Instant> before = breaches.found(tx(), user);
        if (before.isEmpty()) {
            breaches.save(tx(), user, now());
            tx().emit(
                            parts.events()
                                    .of("security.breached_credential.detected", user)
                                    .actor(Actor.system()));
            if (terms.logout()) {
                parts.signOut(change, user);
            }
        }
        Instant found = before.orElse(now());
        boolean late =
                terms.expireAfterDays()
                        .map(days -> found.plus(Duration.ofDays(days)))
                        .filter(end -> !end.isAfter(now()))
                        .isPresent();
        if (late && user.status() == UserStatus.ACTIVE) {
            expire();
        }
    }

    /** The password was proven: one that was imported is our own now, in the better hash. */
    public void proven(Optional<String> betterHash) {
        user = user.proven();
        secrets = betterHash.map(secrets::rehashed).orElse(secrets);
    }

    /** The user signed in: no failed attempt before counts any more. */
    public void signIn() {
        user = user.signedIn(now());
        secrets = secrets.unlocked();
    }

    /** Another password, since somebody knew the one before. */
    public void change(NewPassword password) {
        set(password);
        tx().emit(parts.events().of(Step.CHANGE_PASSWORD.event(), user).actor(actor()));
    }

    /** Another password, since somebody could recover. */
    public void reset(NewPassword password) {
        set(password);
        tx().emit(
                        parts.events()
                                .of(Step.FORGOT_PASSWORD.event(), user)
                                .legacy("core.user_auth.self_service.password_reset")
                                .actor(actor()));
    }

    private void set(NewPassword password) {
        user = user.with(password.chosen().credentials(), now());
        secrets = password.chosen().hashed().applied(secrets);
        parts.tokens().revokeAll(tx(), user.id());
    }

    /** Another recovery question. */
    public void ask(NewQuestion asked) {
        user = user.with(asked.question(), now());
        secrets = asked.answer().applied(secrets);
        tx().emit(parts.events().of(Step.CHANGE_RECOVERY_QUESTION.event(), user).actor(actor()));
    }

    /** The user has come by an invitation, and is in from now on. */
    public void activate() {
        parts.tokens().revokeAll(tx(), user.id());
        if (user.status() != UserStatus.ACTIVE) {
            user = user.in(UserStatus.ACTIVE, now());
        }
    }

    /** The user as somebody who acts. */
    public Actor actor() {
        return UserEvents.actor(user);
    }

    /** Writes what was noted: all of the row where others see the change, else the little it is. */
    public void save() {
        User before = change.before();
        if (user == before && secrets.equals(change.secrets())) {
            return;
        }
        if (user.lastUpdated().equals(before.lastUpdated()) && user.status() == before.status()) {
            store.note(tx(), user, secrets);
        } else {
            change.saveAtSignIn(user, secrets);
        }
    }
}
