package dev.ostiary.server.systemlog;

import dev.ostiary.platform.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A follower's place in the log, as {@code next} links carry it: opaque to clients. */
public final class FeedCursor {

    private static final String KIND = "log ";
    private static final Pattern TEXT = Pattern.compile(KIND + "([0-9]{1,18})");

    private FeedCursor() {}

    /** The cursor of a position. */
    public static String write(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((KIND + position).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The position of a cursor.
     *
     * @throws ApiException {@code E0000029} if it is none of a follower
     */
    public static long read(String cursor) {
        try {
            var text =
                    TEXT.matcher(
                            new String(
                                    Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (text.matches()) {
                return Long.parseLong(text.group(1));
            }
            throw invalid();
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private static ApiException invalid() {
        return ApiException.of("E0000029").because("Invalid cursor.");
    }
}
