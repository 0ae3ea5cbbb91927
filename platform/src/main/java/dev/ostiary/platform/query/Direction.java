package dev.ostiary.platform.query;

import java.util.Locale;
import java.util.Optional;

/** Which way a list is sorted. */
public enum Direction {
    ASC,
    DESC;

    /** The direction of {@code asc}, {@code desc}, {@code ascending}, {@code descending}. */
    public static Optional<Direction> of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "asc", "ascending" -> Optional.of(ASC);
            case "desc", "descending" -> Optional.of(DESC);
            default -> Optional.empty();
        };
    }

    Direction reversed() {
        return this == ASC ? DESC : ASC;
    }
}
