package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Objects;

/** Whom it concerns what users are: group rules. Implementations are thread-safe. */
@FunctionalInterface
public interface UserWatch {

    /**
     * A user was made, or has another profile, type or status now. In the transaction of the
     * change, which holds the user.
     */
    void changed(Tx tx, Org org, User user);

    /** As {@link #changed}, if there is something that may concern anybody. */
    default void changed(Tx tx, Org org, User before, User after) {
        if (after.status() != before.status()
                || !Objects.equals(after.typeId(), before.typeId())
                || !after.profile().equals(before.profile())) {
            changed(tx, org, after);
        }
    }
}
