package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The users of an org, when assignments move them. Implementations are thread-safe. */
public interface Residents {

    /** Says where a user belongs. */
    @FunctionalInterface
    interface Movement {

        /** The realm that a user with this profile moves to; none for whoever stays. */
        Optional<Realm> target(ObjectNode profile);
    }

    /**
     * How far a part of a run came.
     *
     * @param lastId the last user whom it looked at
     * @param moved how many users have another realm now
     * @param more whether there may be users behind the last one
     */
    record Progress(String lastId, long moved, boolean more) {}

    /**
     * Moves those who belong elsewhere among the next users, in the order of their ids.
     *
     * @param realms what there is in the org
     * @param afterId the last user who had a turn; "" for none
     */
    Progress move(Tx tx, Org org, RealmSet realms, String afterId, int atMost, Movement movement);
}
