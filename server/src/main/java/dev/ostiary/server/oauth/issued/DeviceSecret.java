package dev.ostiary.server.oauth.issued;

import java.time.Instant;

/**
 * What lets several apps on a device share one sign-in (OpenID Connect Native SSO for Mobile Apps
 * 1.0; guide "Configure Native SSO"). It lives as the refresh token does that it came with, and
 * from then on by its own uses. Immutable; knows no text.
 *
 * @param sid what ID tokens say that belong to it
 * @param authorization what it came with
 * @param expires when it ends unless it is used
 */
public record DeviceSecret(
        String sid, Authorization authorization, Instant created, Instant expires) {

    /** Of its {@code sid}, as of ids of sessions. */
    static final String PREFIX = "102";

    /** A new one. */
    public static DeviceSecret begin(String sid, Authorization authorization, Instant now) {
        return new DeviceSecret(
                sid, authorization, now, RefreshToken.expiry(authorization, now, now));
    }

    /** The same after it was used. */
    public DeviceSecret usedAt(Instant now) {
        return new DeviceSecret(
                sid, authorization, created, RefreshToken.expiry(authorization, created, now));
    }
}
