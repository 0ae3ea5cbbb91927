package dev.ostiary.platform.context;

import org.jspecify.annotations.Nullable;

/**
 * The value of {@code X-Device-Fingerprint}, which counts only in an authentication request with a
 * valid API token (P15): the caller checks that. Compared as it is, never interpreted.
 *
 * @param value 1 to {@value #MAX} visible ASCII characters
 */
public record DeviceFingerprint(String value) {

    /** The longest fingerprint that is taken. */
    public static final int MAX = 1024;

    /**
     * Reads the header; null when it is missing or nothing that a fingerprint could be. It is then
     * as if it had not been sent: no sign-in fails because of it.
     */
    public static @Nullable DeviceFingerprint of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        boolean usable =
                !text.isEmpty()
                        && text.length() <= MAX
                        && text.chars().allMatch(c -> c >= ' ' && c < 127);
        return usable ? new DeviceFingerprint(text) : null;
    }
}
