package dev.ostiary.platform.context;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code User-Agent} header says, in the words of the System Log ({@code client.userAgent}
 * and {@code client.device}).
 *
 * @param raw the header, cut to {@value UserAgents#MAX_RAW} characters and without control
 *     characters; null when the request had none
 * @param os such as {@code Mac OS X}, {@code Windows 10}, {@code iOS}, {@code Android}, {@code
 *     Linux}; {@code Unknown} otherwise
 * @param browser such as {@code CHROME}, {@code FIREFOX}, {@code CHROMIUM_EDGE}; {@code UNKNOWN}
 *     for what is no browser
 * @param device {@code Computer}, {@code Mobile}, {@code Tablet} or {@code Unknown}
 */
public record UserAgent(@Nullable String raw, String os, String browser, String device) {

    /** The word for a system or device that cannot be told. */
    public static final String UNKNOWN = "Unknown";

    /** The word for a browser that cannot be told. */
    public static final String UNKNOWN_BROWSER = "UNKNOWN";

    /** The agent of a request that names none. */
    public static final UserAgent MISSING = new UserAgent(null, UNKNOWN, UNKNOWN_BROWSER, UNKNOWN);
}
