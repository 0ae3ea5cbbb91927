package dev.ostiary.server.transfer;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import java.util.Optional;

/**
 * Where an export goes on: which kind of object, behind which.
 *
 * @param kind what comes
 * @param after the id of the last one; empty for none
 * @param user of memberships, the user of the last one
 */
record ExportCursor(Kind kind, String after, String user) {

    /** In this order, so that every line speaks of what earlier lines have made. */
    enum Kind {
        GROUP("g"),
        USER("u"),
        MEMBERSHIP("m");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }
    }

    /** The beginning. */
    static final ExportCursor START = of(Kind.GROUP);

    /** The first of a kind. */
    static ExportCursor of(Kind kind) {
        return new ExportCursor(kind, "", "");
    }

    /**
     * The cursor of a text, or the beginning.
     *
     * @throws ApiException {@code E0000029} if it is none
     */
    static ExportCursor read(Optional<String> text) {
        return text.map(ExportCursor::read).orElse(START);
    }

    private static ExportCursor read(String text) {
        String[] parts = text.split("-", -1);
        for (Kind kind : Kind.values()) {
            if (parts.length == 3
                    && kind.letter.equals(parts[0])
                    && isIdOrNone(parts[1])
                    && isIdOrNone(parts[2])) {
                return new ExportCursor(kind, parts[1], parts[2]);
            }
        }
        throw ApiException.of("E0000029").because("Invalid cursor.");
    }

    private static boolean isIdOrNone(String part) {
        return part.isEmpty() || Ids.isId(part);
    }

    String text() {
        return kind.letter + "-" + after + "-" + user;
    }
}
