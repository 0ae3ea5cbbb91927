package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/**
 * How the actor proved who they are (System Log API, AuthenticationContext object).
 *
 * @param rootSessionId stands for the session in which others began, such as those that the system
 *     acts in on behalf of a user
 * @param externalSessionId stands for the session without being usable as one
 * @param via what the wire calls {@code interface}
 */
public record AuthenticationContext(
        @Nullable String authenticationProvider,
        @Nullable String credentialProvider,
        @Nullable String credentialType,
        @Nullable String via,
        @Nullable String rootSessionId,
        @Nullable String externalSessionId) {

    /** Nothing is known. */
    public static AuthenticationContext none() {
        return new AuthenticationContext(null, null, null, null, null, null);
    }
}
