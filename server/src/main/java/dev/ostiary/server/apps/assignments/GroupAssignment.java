package dev.ostiary.server.apps.assignments;

import java.time.Instant;

/**
 * A group that is given an app (Apps API, "Application Group object"). Immutable.
 *
 * @param priority 0 is the highest; no two groups of an app share one, and there are no holes
 * @param profile what the group's members have in the app, as JSON
 */
record GroupAssignment(
        String appId,
        String groupId,
        int priority,
        String profile,
        Instant created,
        Instant lastUpdated) {

    GroupAssignment at(int other, Instant now) {
        return new GroupAssignment(appId, groupId, other, profile, created, now);
    }

    GroupAssignment withProfile(String json, Instant now) {
        return new GroupAssignment(appId, groupId, priority, json, created, now);
    }
}
