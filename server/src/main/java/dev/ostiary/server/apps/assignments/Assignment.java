package dev.ostiary.server.apps.assignments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was said of a user in an app: that it is given it, or what is to be other than its group
 * makes it. Immutable.
 *
 * @param scope who gave it: the user itself is named, or a group
 * @param userName a name that somebody set; null while the app's template makes it
 * @param passwordChanged when somebody set its password in the app; null for never
 * @param profile what somebody set, as JSON
 * @param externalId what the identity source calls it that the app is; null for others
 */
record Assignment(
        String appId,
        String userId,
        Scope scope,
        @Nullable String userName,
        @Nullable Instant passwordChanged,
        String profile,
        Instant created,
        Instant lastUpdated,
        Instant statusChanged,
        @Nullable String externalId) {

    /** As the wire has it. */
    enum Scope {
        USER,
        GROUP
    }

    static Assignment born(String appId, String userId, Scope scope, Instant now) {
        return new Assignment(appId, userId, scope, null, null, "{}", now, now, now, null);
    }

    Assignment named(@Nullable String name, Instant now) {
        return new Assignment(
                appId,
                userId,
                scope,
                name,
                passwordChanged,
                profile,
                created,
                now,
                statusChanged,
                externalId);
    }

    Assignment withPassword(Instant now) {
        return new Assignment(
                appId,
                userId,
                scope,
                userName,
                now,
                profile,
                created,
                now,
                statusChanged,
                externalId);
    }

    Assignment withProfile(String json, Instant now) {
        return new Assignment(
                appId,
                userId,
                scope,
                userName,
                passwordChanged,
                json,
                created,
                now,
                statusChanged,
                externalId);
    }

    /** From now on the user has it by itself, whatever groups it is in. */
    Assignment direct(Instant now) {
        return new Assignment(
                appId,
                userId,
                Scope.USER,
                userName,
                passwordChanged,
                profile,
                created,
                now,
                statusChanged,
                externalId);
    }
}
