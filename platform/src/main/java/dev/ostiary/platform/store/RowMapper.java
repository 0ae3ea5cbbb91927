package dev.ostiary.platform.store;

/** Makes a value of one row. The row is valid only during the call. */
@FunctionalInterface
public interface RowMapper<T> {

    T map(Row row);
}
