package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/** Signs users out because the org says so, for neighbours. Thread-safe. */
public final class UserSignOut {

    private final UserParts parts;

    public UserSignOut(UserParts parts) {
        this.parts = parts;
    }

    /**
     * Whoever is signed in as the user is not so with the next request, on any node; every device
     * is asked for a factor again. Within the caller's transaction.
     */
    public void everywhere(Tx tx, Org org, User user) {
        parts.belongings().signOut(tx, org, user.id());
        tx.emit(parts.events().sessionsCleared(user));
    }
}
