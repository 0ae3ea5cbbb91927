package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.Roster;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group. Immutable.
 *
 * @param id public id, {@code 00g…}
 * @param type who manages it
 * @param roster where its members stand
 * @param sourceId the app that an {@code APP_GROUP} was imported from
 * @param profile its attributes
 * @param created when it was made
 * @param lastUpdated when its profile last changed
 * @param lastMembershipUpdated when somebody last joined or left it
 */
record Group(
        String id,
        GroupType type,
        Roster roster,
        @Nullable String sourceId,
        GroupProfile profile,
        Instant created,
        Instant lastUpdated,
        Instant lastMembershipUpdated) {

    /** A group as administrators make it. */
    static Group created(String id, GroupProfile profile, Instant now) {
        return new Group(id, GroupType.OKTA_GROUP, Roster.STORED, null, profile, now, now, now);
    }

    /** A group as an identity source makes it. */
    static Group sourced(String id, String sourceId, GroupProfile profile, Instant now) {
        return new Group(id, GroupType.APP_GROUP, Roster.STORED, sourceId, profile, now, now, now);
    }

    /** A group that an org is born with. */
    static Group builtIn(String id, Roster roster, GroupProfile profile, Instant now) {
        return new Group(id, GroupType.BUILT_IN, roster, null, profile, now, now, now);
    }

    Group with(GroupProfile changed, Instant now) {
        return new Group(id, type, roster, sourceId, changed, created, now, lastMembershipUpdated);
    }

    GroupRef ref() {
        return new GroupRef(id, profile.name());
    }

    /**
     * Profile and members of other groups are not the API's to change.
     *
     * @throws ApiException {@code E0000006}
     */
    Group requireManagedHere() {
        if (type != GroupType.OKTA_GROUP) {
            throw ApiException.forbidden();
        }
        return this;
    }

    /**
     * Built-in groups stay.
     *
     * @throws ApiException {@code E0000006}
     */
    Group requireDeletable() {
        if (type == GroupType.BUILT_IN) {
            throw ApiException.forbidden();
        }
        return this;
    }
}
