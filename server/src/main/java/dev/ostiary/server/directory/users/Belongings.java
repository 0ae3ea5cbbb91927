package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/**
 * What users have elsewhere, and how it goes with them. Immutable.
 *
 * @param untilSignedOut what the user is signed in with: sessions, and sign-ins under way
 * @param devices those on which the user need not prove a factor again
 * @param untilDeactivation what ends when the account is deactivated, for good: API tokens
 * @param untilDeletion what stays with a deactivated account and ends with its deletion: roles
 * @param factors what else the user proves to be itself with; ends with the account, or when an
 *     administrator says so
 * @param tokens what applications have of the user; as the factors
 * @param steps what the user has begun with a client, and not ended: is over with the password that
 *     it was begun by, and when the user is signed out
 * @param signIns the same in a browser
 */
public record Belongings(
        List<Removal> untilSignedOut,
        Removal devices,
        List<Removal> untilDeactivation,
        List<Removal> untilDeletion,
        Removal factors,
        Removal tokens,
        Removal steps,
        Removal signIns) {

    public Belongings {
        untilSignedOut = List.copyOf(untilSignedOut);
        untilDeactivation = List.copyOf(untilDeactivation);
        untilDeletion = List.copyOf(untilDeletion);
    }

    /** Ends what a user is signed in with; every device is asked again. */
    public void signOut(Tx tx, Org org, String userId) {
        signOutRemembered(tx, org, userId);
        devices.remove(tx, org, userId);
    }

    /** Ends what a user has begun by a password that is another now. */
    void endBegun(Tx tx, Org org, String userId) {
        steps.remove(tx, org, userId);
        signIns.remove(tx, org, userId);
    }

    /** Ends what a user is signed in with; devices stay what they were. */
    void signOutRemembered(Tx tx, Org org, String userId) {
        untilSignedOut.forEach(some -> some.remove(tx, org, userId));
        steps.remove(tx, org, userId);
    }

    /** Of users who have nothing to prove themselves with but a password. */
    public Belongings(
            List<Removal> untilSignedOut,
            List<Removal> untilDeactivation,
            List<Removal> untilDeletion) {
        this(
                untilSignedOut,
                (tx, org, userId) -> {},
                untilDeactivation,
                untilDeletion,
                (tx, org, userId) -> {},
                (tx, org, userId) -> {},
                (tx, org, userId) -> {},
                (tx, org, userId) -> {});
    }

    /** Takes something away from a user. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Removal {

        /** Within the transaction that deactivates or deletes the user. */
        void remove(Tx tx, Org org, String userId);
    }
}
