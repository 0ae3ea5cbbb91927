package dev.ostiary.server.limits;

import dev.ostiary.platform.limits.LimitSettings;
import org.jspecify.annotations.Nullable;

/**
 * What an org, and the operator for it, have chosen. Immutable.
 *
 * @param notifications whether administrators are told by mail
 * @param warningThreshold when a warning is written, in percent of a limit
 * @param perClient what happens to single clients
 * @param profile the name of the org's own profile; null for the server's
 */
record Chosen(
        boolean notifications,
        int warningThreshold,
        PerClient perClient,
        @Nullable String profile) {

    /** Nothing. */
    static final Chosen NOTHING =
            new Chosen(true, LimitSettings.WARNING_PERCENT, PerClient.ENFORCED, null);

    Chosen withNotifications(boolean now) {
        return new Chosen(now, warningThreshold, perClient, profile);
    }

    Chosen withWarningThreshold(int now) {
        return new Chosen(notifications, now, perClient, profile);
    }

    Chosen withPerClient(PerClient now) {
        return new Chosen(notifications, warningThreshold, now, profile);
    }

    Chosen withProfile(@Nullable String now) {
        return new Chosen(notifications, warningThreshold, perClient, now);
    }
}
