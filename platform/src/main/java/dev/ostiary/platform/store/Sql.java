package dev.ostiary.platform.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL and the values of its {@code ?} places, in order. Values never stand in the text:
 * that is the whole defence against injection, so the text of every piece is a constant of the
 * program. A literal question mark (the JSONB operators) is written {@code ??}; between quotes it
 * is one anyway.
 *
 * <p>Immutable and thread-safe, as far as its values are.
 */
public record Sql(String text, List<@Nullable Object> parameters) {

    private static final Sql NOTHING = new Sql("", List.of());

    public Sql {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** A piece with its values. */
    public static Sql of(String text, @Nullable Object... parameters) {
        return new Sql(text, Arrays.asList(parameters));
    }

    /** The empty piece. */
    public static Sql nothing() {
        return NOTHING;
    }

    /** Whether there is no text. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /**
     * The text with its values in it, for definitions, which have no places: an index is made of an
     * expression. Values are texts.
     *
     * @throws IllegalArgumentException if a value is no text, or holds what a quoted text cannot
     */
    public String literally() {
        StringBuilder whole = new StringBuilder();
        int next = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '\'';
            if (text.charAt(i) == '?' && !quoted) {
                whole.append(literal(parameters.get(next++)));
            } else {
                whole.append(text.charAt(i));
            }
        }
        if (next != parameters.size()) {
            throw new IllegalArgumentException("values without a place: " + text);
        }
        return whole.toString();
    }

    private static String literal(@Nullable Object value) {
        if (!(value instanceof String plain)
                || plain.chars().anyMatch(c -> c < ' ' || c == '\\' || c == '?')) {
            throw new IllegalArgumentException("not to be written: " + value);
        }
        return "'" + plain.replace("'", "''") + "'";
    }

    /** This piece, a space, that piece. */
    public Sql then(Sql next) {
        if (isEmpty()) {
            return next;
        }
        if (next.isEmpty()) {
            return this;
        }
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(next.parameters);
        return new Sql(text + " " + next.text, all);
    }

    /** This piece followed by text with its values. */
    public Sql then(String text, @Nullable Object... parameters) {
        return then(of(text, parameters));
    }

    /** This piece in parentheses. */
    public Sql grouped() {
        return new Sql("(" + text + ")", parameters);
    }

    /** The pieces one after the other with a separator between them; empty ones are left out. */
    public static Sql join(String separator, List<Sql> pieces) {
        List<Sql> some = pieces.stream().filter(piece -> !piece.isEmpty()).toList();
        List<@Nullable Object> all = new ArrayList<>();
        some.forEach(piece -> all.addAll(piece.parameters));
        return new Sql(some.stream().map(Sql::text).collect(Collectors.joining(separator)), all);
    }
}
