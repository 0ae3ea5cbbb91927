package dev.ostiary.server.signin.sessions;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a session lasts (Policy API, "Signon Session object").
 *
 * @param idle how long it is left alone before it ends
 * @param lifetime when it ends anyway; empty for never
 * @param persistent whether its cookie survives the end of the browser
 */
public record SessionLimits(Duration idle, Optional<Duration> lifetime, boolean persistent) {

    /** What the default policy says: two hours, and no other end. */
    public static final SessionLimits USUAL =
            new SessionLimits(Duration.ofHours(2), Optional.empty(), false);
}
