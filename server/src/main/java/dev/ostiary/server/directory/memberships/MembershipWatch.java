package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Collection;

/**
 * Whom changes of groups and of memberships concern beside those who make them: group rules, which
 * may ask for groups and hold memberships. Called in the transaction of the change.
 */
public interface MembershipWatch {

    /** Before somebody takes a user out of a group by hand. */
    void leaving(Tx tx, Org org, String groupId, String userId);

    /** After a user was put into a group, or taken out, by hand. */
    void changed(Tx tx, Org org, String userId);

    /** After users were made or changed, or put into groups, many at once. */
    void imported(Tx tx, Org org, Collection<String> userIds);

    /** After a group was given another name. */
    void renamed(Tx tx, Org org);

    /** Before a group is deleted, which is locked. */
    void deleting(Tx tx, Org org, String groupId);
}
