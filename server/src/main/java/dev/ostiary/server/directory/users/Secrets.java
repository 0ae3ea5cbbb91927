package dev.ostiary.server.directory.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a user never leaves the server. Immutable.
 *
 * @param passwordHash text of the slow hash, with its parameters
 * @param passwordHook whether another system is asked for the password at the first sign-in
 * @param history hashes of the passwords before, the newest first
 * @param answerHash text of the slow hash of the {@linkplain RecoveryAnswer answer}
 * @param failedAttempts failed sign-ins since the last one that succeeded
 * @param lockedAt when the account was locked
 */
record Secrets(
        @Nullable String passwordHash,
        boolean passwordHook,
        List<String> history,
        @Nullable String answerHash,
        int failedAttempts,
        @Nullable Instant lockedAt) {

    /** As many earlier passwords are remembered as any policy may ask for. */
    private static final int REMEMBERED = 30;

    static final Secrets NONE = new Secrets(null, false, List.of(), null, 0, null);

    Secrets {
        history = List.copyOf(history);
    }

    boolean hasPassword() {
        return passwordHash != null || passwordHook;
    }

    /** With another password; the one before goes into the history. */
    Secrets password(String hash) {
        return new Secrets(hash, false, remembered(), answerHash, 0, lockedAt);
    }

    /** With a password that another system still holds. */
    Secrets hook() {
        return new Secrets(null, true, remembered(), answerHash, failedAttempts, lockedAt);
    }

    /** With another answer to the recovery question. */
    Secrets answer(String hash) {
        return new Secrets(passwordHash, passwordHook, history, hash, failedAttempts, lockedAt);
    }

    /** With so many failed attempts. */
    Secrets failed(int attempts) {
        return new Secrets(passwordHash, passwordHook, history, answerHash, attempts, lockedAt);
    }

    /** With a lock since a moment. */
    Secrets locked(Instant at) {
        return new Secrets(passwordHash, passwordHook, history, answerHash, failedAttempts, at);
    }

    /** With no failed attempts to be counted. */
    Secrets unlocked() {
        return new Secrets(passwordHash, passwordHook, history, answerHash, 0, null);
    }

    /** With another hash of the same password. */
    Secrets rehashed(String hash) {
        return new Secrets(hash, passwordHook, history, answerHash, failedAttempts, lockedAt);
    }

    /** Whether password and answer are still those that were proven. */
    boolean provesAsMuchAs(Secrets seen) {
        return Objects.equals(passwordHash, seen.passwordHash)
                && passwordHook == seen.passwordHook
                && Objects.equals(answerHash, seen.answerHash);
    }

    private List<String> remembered() {
        if (passwordHash == null) {
            return history;
        }
        List<String> longer = new ArrayList<>(List.of(passwordHash));
        longer.addAll(history);
        return longer.subList(0, Math.min(REMEMBERED, longer.size()));
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
