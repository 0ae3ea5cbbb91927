package dev.ostiary.server.directory.users;

import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody knows a secret of a user. It takes as long where there is none to know. Slow: to
 * be called outside of any transaction. Thread-safe.
 */
record PasswordProof(PasswordHasher hasher) {

    /**
     * Whether this is the user's password. One that is still with another system cannot be proven
     * here: only the hook could ask for it.
     */
    boolean isPassword(String candidate, Secrets secrets) {
        return matches(candidate, secrets.passwordHash());
    }

    /** Whether this answers the recovery question. */
    boolean isAnswer(String candidate, Secrets secrets) {
        return matches(RecoveryAnswer.normal(candidate), secrets.answerHash());
    }

    /** A better hash of a password that has just been proven, if there is a better one. */
    Optional<String> betterHash(String proven, Secrets secrets) {
        @Nullable String present = secrets.passwordHash();
        return present == null || !hasher.needsRehash(PasswordHash.parse(present))
                ? Optional.empty()
                : Optional.of(hasher.hash(proven).text());
    }

    private boolean matches(String candidate, @Nullable String hash) {
        if (hash == null) {
            hasher.verifyNobody(candidate);
            return false;
        }
        return hasher.verify(candidate, PasswordHash.parse(hash));
    }
}
