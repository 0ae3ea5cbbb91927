package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.org.ConfigVersions;
import java.time.Instant;

/**
 * Whom a token speaks for, at the moment of asking.
 *
 * @param caller the token and its user, with the user's roles
 * @param userStatus the status of the user's account
 * @param lastUsed the last use, to the hour
 * @param expiresAt when it ends unless it is used
 * @param versions of the org's configuration, read by the same query
 */
record TokenHolder(
        Caller.Token caller,
        String userStatus,
        Instant lastUsed,
        Instant expiresAt,
        ConfigVersions versions) {}
