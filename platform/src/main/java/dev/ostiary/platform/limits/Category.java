package dev.ostiary.platform.limits;

import java.util.Locale;

/** The three kinds of endpoints that the published tables tell apart. */
public enum Category {
    /** Administrators' and scripts' calls. */
    MANAGEMENT,
    /** Sign-in, sessions and OAuth: what end users' clients call. */
    AUTHENTICATION,
    /** Everything else. */
    OTHER;

    static Category of(String cell) {
        return valueOf(cell.toUpperCase(Locale.ROOT));
    }
}
