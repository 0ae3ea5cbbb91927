package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/**
 * One of the values that put rows in order. Absent values come last ascending, first descending.
 *
 * @param name the attribute, as the cursor remembers it
 * @param value the value in SQL
 * @param direction which way
 * @param nullable whether it can be absent
 */
public record SortKey(String name, SortValue value, Direction direction, boolean nullable) {

    /** The key that no two rows share and every row has: an id. */
    public static SortKey id(String column, Direction direction) {
        Sql value = Sql.of("(" + column + " COLLATE \"C\")");
        return new SortKey("id", new SortValue(value, SortValue.Type.TEXT), direction, false);
    }

    /** A column that every row has. */
    public static SortKey column(
            String name, String column, SortValue.Type type, Direction direction) {
        String text = type == SortValue.Type.TEXT ? " COLLATE \"C\"" : "";
        Sql value = Sql.of("(" + column + text + ")");
        return new SortKey(name, new SortValue(value, type), direction, false);
    }

    SortKey reversed() {
        return new SortKey(name, value, direction.reversed(), nullable);
    }

    Sql expression() {
        return value.expression();
    }
}
