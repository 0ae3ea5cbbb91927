package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/** One address on the way of a request (published schema {@code LogIpAddress}). */
public record IpHop(String ip, @Nullable Geography geography, @Nullable String source) {

    /** {@code V4} or {@code V6}. */
    public String version() {
        return ip.indexOf(':') < 0 ? "V4" : "V6";
    }
}
