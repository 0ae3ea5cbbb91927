package dev.ostiary.server.oauth.issued;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A refresh token: what a user has let a client have for as long as it comes back in time. Where it
 * rotates, it is one token with many texts. Immutable; knows no text.
 *
 * @param id {@code oar…}
 * @param boundTo thumbprint of the key that has to come along (RFC 9449, 5), if it is bound
 * @param lastUpdated when it was last used
 * @param expires when it ends unless it is used
 */
public record RefreshToken(
        String id,
        Authorization authorization,
        Optional<String> boundTo,
        Instant created,
        Instant lastUpdated,
        Instant expires) {

    /** Of its id. */
    public static final String PREFIX = "oar";

    /** The type in errors and events (WIRE, "Errors"). */
    public static final String TYPE = "OAuth2RefreshTokenTx";

    /** A new one. */
    public static RefreshToken begin(
            String id, Authorization authorization, Optional<String> boundTo, Instant now) {
        return new RefreshToken(
                id, authorization, boundTo, now, now, expiry(authorization, now, now));
    }

    /** The same after it was used. */
    public RefreshToken usedAt(Instant now) {
        return new RefreshToken(
                id, authorization, boundTo, created, now, expiry(authorization, created, now));
    }

    /** The window begins anew with each use, and never goes beyond the life. */
    static Instant expiry(Authorization authorization, Instant created, Instant used) {
        Instant window = used.plus(Duration.ofMinutes(authorization.lifetimes().refreshWindow()));
        int life = authorization.lifetimes().refreshToken();
        Instant end = life == 0 ? Instant.MAX : created.plus(Duration.ofMinutes(life));
        return window.isBefore(end) ? window : end;
    }
}
