package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/** What is known about the client's network (System Log API, SecurityContext object). */
public record SecurityContext(
        @Nullable Long asNumber,
        @Nullable String asOrg,
        @Nullable String isp,
        @Nullable String domain,
        @Nullable Boolean isProxy) {

    /** Nothing is known. */
    public static SecurityContext none() {
        return new SecurityContext(null, null, null, null, null);
    }
}
