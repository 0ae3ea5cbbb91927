package dev.ostiary.platform.store;

import java.nio.charset.StandardCharsets;

/** JSON text as a value of a statement; it arrives as {@code jsonb}, without a cast. */
public record Json(String text) {

    /** What was written as UTF-8. */
    public static Json ofUtf8(byte[] text) {
        return new Json(new String(text, StandardCharsets.UTF_8));
    }
}
