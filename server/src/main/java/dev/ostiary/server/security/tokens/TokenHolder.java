package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.org.ConfigVersions;
import java.time.Duration;
import java.time.Instant;

/**
 * Whom a token speaks for, at the moment of asking.
 *
 * @param caller the token and its user, with the user's roles
 * @param userStatus the status of the user's account
 * @param lastUsed the last use, to the hour
 * @param expiresAt when it ends unless it is used
 * @param network from where the token may be used
 * @param versions of the org's configuration, read by the same query
 */
record TokenHolder(
        Caller.Token caller,
        String userStatus,
        Instant lastUsed,
        Instant expiresAt,
        TokenNetwork network,
        ConfigVersions versions) {

    private static final Duration NOTED_AT_MOST_EVERY = Duration.ofHours(1);

    /**
     * Whether a use at this moment is to be noted: not at each one, yet often enough that a token
     * in use never ends.
     */
    boolean isWorthNoting(Instant use) {
        Duration half = Duration.between(lastUsed, expiresAt).dividedBy(2);
        Duration pause = half.compareTo(NOTED_AT_MOST_EVERY) < 0 ? half : NOTED_AT_MOST_EVERY;
        return lastUsed.plus(pause).isBefore(use);
    }
}
