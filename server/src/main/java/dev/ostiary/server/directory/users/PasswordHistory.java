package dev.ostiary.server.directory.users;

import dev.ostiary.server.directory.users.password.PasswordHash;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a password comes back too soon, or the one before is too young to be changed. Slow: as
 * many hashes as the policy remembers. Thread-safe.
 */
record PasswordHistory(PasswordPolicy policy, PasswordHasher hasher) {

    /** Causes; none if the password will do. */
    List<String> check(
            String password, @Nullable Instant lastChanged, Secrets secrets, Instant now) {
        List<String> causes = new ArrayList<>();
        String young = policy.tooSoon(lastChanged, now);
        if (young != null) {
            causes.add("password: " + young);
        }
        if (isRemembered(password, secrets)) {
            causes.add("password: " + PasswordPolicy.TOO_RECENT);
        }
        return causes;
    }

    /** Whether the password is one of the last that the policy refuses, the present included. */
    boolean isRemembered(String password, Secrets secrets) {
        List<String> hashes = new ArrayList<>();
        if (secrets.passwordHash() != null) {
            hashes.add(secrets.passwordHash());
        }
        hashes.addAll(secrets.history());
        return hashes.stream()
                .limit(policy.historyCount())
                .anyMatch(hash -> hasher.verify(password, PasswordHash.parse(hash)));
    }
}
