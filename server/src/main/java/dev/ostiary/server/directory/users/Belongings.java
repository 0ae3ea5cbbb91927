package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/**
 * What users have elsewhere, and how it goes with them. Immutable.
 *
 * @param untilDeactivation what ends when the account is deactivated, for good: API tokens
 * @param untilDeletion what stays with a deactivated account and ends with its deletion: roles
 */
public record Belongings(List<Removal> untilDeactivation, List<Removal> untilDeletion) {

    public Belongings {
        untilDeactivation = List.copyOf(untilDeactivation);
        untilDeletion = List.copyOf(untilDeletion);
    }

    /** Takes something away from a user. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Removal {

        /** Within the transaction that deactivates or deletes the user. */
        void remove(Tx tx, Org org, String userId);
    }
}
