package dev.ostiary.platform.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a list: the sort values of the row beside it. Opaque to clients, but neither secret
 * nor sealed: whoever makes one up only names another place in a list that is theirs to read.
 *
 * <p>On the wire the values stand one after the other in base64url, joined by dots, an absent one
 * as {@code ~}. The first names the order that the cursor belongs to.
 *
 * @param order the sort keys and their directions
 * @param values one for each sort key; empty where it is absent
 */
record Cursor(String order, List<Optional<String>> values) {

    /** Longer ones were made by nobody: request lines end at 256 KiB. */
    private static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_VALUES = 16;
    private static final String ABSENT = "~";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** How a cursor looks on the wire. */
    enum Form {
        OPAQUE,
        /** The id of the row, as users, apps and devices have it. */
        ID
    }

    String write(Form form) {
        return switch (form) {
            case ID -> values.getFirst().orElseThrow();
            case OPAQUE -> {
                StringBuilder text = new StringBuilder(encoded(order));
                values.forEach(v -> text.append('.').append(v.map(Cursor::encoded).orElse(ABSENT)));
                yield text.toString();
            }
        };
    }

    /** The cursor that a client sent, or nothing if it is none of this form and order. */
    static Optional<Cursor> read(String text, Form form, String order) {
        return switch (form) {
            case ID ->
                    ID.matcher(text).matches()
                            ? Optional.of(new Cursor(order, List.of(Optional.of(text))))
                            : Optional.empty();
            case OPAQUE -> opaque(text).filter(cursor -> cursor.order().equals(order));
        };
    }

    private static Optional<Cursor> opaque(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", MAX_VALUES + 1);
        List<Optional<String>> values = new ArrayList<>();
        for (String part : parts) {
            Optional<String> value = decoded(part);
            if (value.isEmpty() && !part.equals(ABSENT)) {
                return Optional.empty();
            }
            values.add(value);
        }
        return values.getFirst().map(order -> new Cursor(order, values.subList(1, parts.length)));
    }

    private static String encoded(String value) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Text in strict UTF-8 without NUL, or nothing. */
    private static Optional<String> decoded(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            String value =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return value.indexOf('\0') < 0 ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return Optional.empty();
        }
    }
}
