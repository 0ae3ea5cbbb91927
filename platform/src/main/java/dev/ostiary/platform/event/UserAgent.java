package dev.ostiary.platform.event;

import org.jspecify.annotations.Nullable;

/**
 * The program that asked (P14).
 *
 * @param raw the header's value
 * @param os such as {@code Windows 10}, {@code Unknown} where nothing tells
 * @param browser such as {@code CHROME}, {@code UNKNOWN} where nothing tells
 */
public record UserAgent(@Nullable String raw, String os, String browser) {

    /** None was sent. */
    public static UserAgent unknown() {
        return new UserAgent(null, "Unknown", "UNKNOWN");
    }
}
