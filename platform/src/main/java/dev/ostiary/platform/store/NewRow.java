package dev.ostiary.platform.store;

import org.jspecify.annotations.Nullable;

/**
 * One row for a table: an INSERT whose rows can be written one after the other.
 *
 * <p>Immutable and thread-safe, as far as its values are.
 *
 * @param into {@code INSERT INTO table (columns)}, a constant of the program
 * @param values the row in parentheses, with its values
 */
public record NewRow(String into, Sql values) {

    /** A row with its values. */
    public static NewRow of(String into, String row, @Nullable Object... values) {
        return new NewRow(into, Sql.of(row, values));
    }

    Sql alone() {
        return Sql.of(into + " VALUES").then(values);
    }
}
