package dev.ostiary.platform.query;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pages by the sort values of the last row seen, never by an offset: so rows that come and go while
 * a client pages neither repeat nor skip one that was there throughout (P24). Immutable and
 * thread-safe.
 */
public final class Keyset {

    private final List<SortKey> keys;
    private final Cursor.Form form;
    private final PagingErrors errors;

    private Keyset(List<SortKey> keys, Cursor.Form form, PagingErrors errors) {
        SortKey last = keys.getLast();
        if (last.nullable()) {
            throw new IllegalArgumentException("the last key must be unique: " + last.name());
        }
        this.keys = List.copyOf(keys);
        this.form = form;
        this.errors = errors;
    }

    /** In the order of these keys, the last of them unique; its cursors are opaque. */
    public static Keyset of(List<SortKey> keys, PagingErrors errors) {
        return new Keyset(keys, Cursor.Form.OPAQUE, errors);
    }

    /** In the order of an id, which is the cursor too (WIRE, "Lists and pages"). */
    public static Keyset byId(SortKey id, PagingErrors errors) {
        return new Keyset(List.of(id), Cursor.Form.ID, errors);
    }

    /** Reads rows from the store. */
    @FunctionalInterface
    public interface Rows<T> {
        /**
         * @param condition to be joined to the others by AND; never empty
         * @param order what follows {@code ORDER BY}
         * @param atMost what follows {@code LIMIT}
         */
        List<T> read(Sql condition, Sql order, int atMost);
    }

    /**
     * What the rows' query selects besides its own columns, so that cursors can be made: texts
     * named {@code key_0}, {@code key_1} and so on, maybe NULL.
     */
    public Sql selection() {
        return Sql.join(
                ", ",
                IntStream.range(0, keys.size())
                        .mapToObj(i -> KeyValues.text(keys.get(i).value()).then("AS key_" + i))
                        .toList());
    }

    /**
     * The page that a client asks for.
     *
     * @param values of a row: what {@link #selection} selected, empty for NULL; by id, the id
     * @throws ApiException a 400 if its cursor cannot be read
     */
    public <T> Page<T> page(
            PageRequest request, Rows<T> rows, Function<T, List<Optional<String>>> values) {
        return request.before().isPresent()
                ? preceding(request, request.before().get(), rows, values)
                : following(request, rows, values);
    }

    private <T> Page<T> following(
            PageRequest request, Rows<T> rows, Function<T, List<Optional<String>>> values) {
        List<Sql> stretches =
                request.after()
                        .map(after -> stretches(position(after)))
                        .orElse(List.of(Sql.of("TRUE")));
        List<T> found = read(stretches, rows, request.limit() + 1);
        List<T> items = found.subList(0, Math.min(request.limit(), found.size()));
        boolean more = found.size() > items.size();
        if (items.isEmpty()) {
            return new Page<>(items, more ? request.after() : Optional.empty());
        }
        return new Page<>(items, more ? Optional.of(cursor(items, values)) : Optional.empty());
    }

    /** Reads backwards from the cursor, then looks whether anything follows. */
    private <T> Page<T> preceding(
            PageRequest request,
            String before,
            Rows<T> rows,
            Function<T, List<Optional<String>>> values) {
        Keyset backwards = reversed();
        List<Sql> stretches = backwards.stretches(position(before));
        List<T> items = backwards.read(stretches, rows, request.limit()).reversed();
        if (items.isEmpty()) {
            return new Page<>(items, Optional.empty());
        }
        String cursor = cursor(items, values);
        boolean more = !rows.read(beyond(cursor), order(), 1).isEmpty();
        return new Page<>(items, more ? Optional.of(cursor) : Optional.empty());
    }

    /** Reads on in the next stretch where one has not enough. */
    private <T> List<T> read(List<Sql> stretches, Rows<T> rows, int atMost) {
        List<T> found = new ArrayList<>();
        for (Sql stretch : stretches) {
            if (found.size() < atMost) {
                found.addAll(rows.read(stretch, order(), atMost - found.size()));
            }
        }
        return found;
    }

    /** What follows {@code ORDER BY}. */
    public Sql order() {
        return Sql.join(
                ", ",
                keys.stream().map(key -> key.expression().then(key.direction().name())).toList());
    }

    /** The cursor of a row. */
    public String cursor(List<Optional<String>> values) {
        return new Cursor(signature(), values).write(form);
    }

    /**
     * The condition of the rows after a cursor.
     *
     * @throws ApiException a 400 if it cannot be read
     */
    public Sql beyond(String cursor) {
        return beyond(position(cursor));
    }

    /** Whether a cursor is of a list in this order. */
    public boolean wrote(String cursor) {
        return Cursor.read(cursor, form, signature()).isPresent();
    }

    private <T> String cursor(List<T> items, Function<T, List<Optional<String>>> values) {
        return cursor(values.apply(items.getLast()));
    }

    private Keyset reversed() {
        return new Keyset(keys.stream().map(SortKey::reversed).toList(), form, errors);
    }

    private String signature() {
        return keys.stream()
                .map(key -> key.name() + " " + key.direction())
                .collect(Collectors.joining(","));
    }

    private List<Optional<Object>> position(String cursor) {
        List<Optional<String>> texts =
                Cursor.read(cursor, form, signature())
                        .map(Cursor::values)
                        .filter(values -> values.size() == keys.size())
                        .orElseThrow(errors::invalidCursor);
        List<Optional<Object>> position = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            SortKey key = keys.get(i);
            Optional<Object> value =
                    texts.get(i).flatMap(text -> KeyValues.read(text, key.value().type()));
            boolean absent = key.nullable() && texts.get(i).isEmpty();
            if (value.isEmpty() && !absent) {
                throw errors.invalidCursor();
            }
            position.add(value);
        }
        return position;
    }

    private List<Sql> stretches(List<Optional<Object>> position) {
        return KeyValues.stretches(keys, position).stream().map(Sql::grouped).toList();
    }

    private Sql beyond(List<Optional<Object>> position) {
        return KeyValues.beyond(keys, position).grouped();
    }
}
