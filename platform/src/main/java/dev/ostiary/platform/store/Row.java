package dev.ostiary.platform.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a result, with getters that say whether they expect null. Columns go by name,
 * or by position from 1 where speed counts. Valid only inside of the {@link RowMapper}.
 */
public final class Row {

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** The position of a column. */
    public int column(String name) {
        try {
            return result.findColumn(name);
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    public String text(String column) {
        return text(column(column));
    }

    public String text(int column) {
        return present(textOrNull(column), column);
    }

    public @Nullable String textOrNull(String column) {
        return textOrNull(column(column));
    }

    public @Nullable String textOrNull(int column) {
        return get(() -> result.getString(column));
    }

    /** The text of a {@code json} or {@code jsonb} column. */
    public String json(String column) {
        return text(column);
    }

    public long number(String column) {
        return number(column(column));
    }

    public long number(int column) {
        return present(numberOrNull(column), column);
    }

    public @Nullable Long numberOrNull(String column) {
        return numberOrNull(column(column));
    }

    public @Nullable Long numberOrNull(int column) {
        return get(
                () -> {
                    long value = result.getLong(column);
                    return result.wasNull() ? null : value;
                });
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public @Nullable Integer integerOrNull(String column) {
        Long value = numberOrNull(column);
        return value == null ? null : Math.toIntExact(value);
    }

    public boolean flag(String column) {
        return flag(column(column));
    }

    public boolean flag(int column) {
        return present(flagOrNull(column), column);
    }

    public @Nullable Boolean flagOrNull(String column) {
        return flagOrNull(column(column));
    }

    public @Nullable Boolean flagOrNull(int column) {
        return get(
                () -> {
                    boolean value = result.getBoolean(column);
                    return result.wasNull() ? null : value;
                });
    }

    public Instant instant(String column) {
        return instant(column(column));
    }

    public Instant instant(int column) {
        return present(instantOrNull(column), column);
    }

    public @Nullable Instant instantOrNull(String column) {
        return instantOrNull(column(column));
    }

    public @Nullable Instant instantOrNull(int column) {
        OffsetDateTime time = get(() -> result.getObject(column, OffsetDateTime.class));
        return time == null ? null : time.toInstant();
    }

    public UUID uuid(String column) {
        int at = column(column);
        return present(get(() -> result.getObject(at, UUID.class)), at);
    }

    public byte[] bytes(String column) {
        int at = column(column);
        return present(bytesOrNull(at), at);
    }

    public byte @Nullable [] bytesOrNull(String column) {
        return bytesOrNull(column(column));
    }

    public byte @Nullable [] bytesOrNull(int column) {
        return get(() -> result.getBytes(column));
    }

    /** A {@code text[]} column; empty for null. */
    public List<String> texts(String column) {
        int at = column(column);
        Array array = get(() -> result.getArray(at));
        String[] texts = array == null ? null : (String[]) get(array::getArray);
        return texts == null ? List.of() : List.of(texts);
    }

    private <T> T present(@Nullable T value, int column) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null against expectation");
        }
        return value;
    }

    private static <T> @Nullable T get(Getter<T> getter) {
        try {
            return getter.get();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    @FunctionalInterface
    private interface Getter<T> {
        @Nullable T get() throws SQLException;
    }
}
