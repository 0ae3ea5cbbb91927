package dev.ostiary.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.util.PGobject;

/**
 * Executes {@link Sql} on a connection. Values: text, numbers, booleans, {@link Instant}, {@link
 * UUID}, bytes, {@link Json}, enums (their name), and collections or arrays of one element type
 * (for {@code = ANY(?)} and {@code unnest(?)}), nulls among them. {@link Json} in an array arrives
 * as text.
 */
final class Statements {

    private Statements() {}

    static <T> List<T> query(Connection connection, Sql sql, RowMapper<T> mapper, boolean planAnew)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            if (planAnew) {
                // an unnamed statement is planned for the values that it is bound to
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
            bind(statement, sql.parameters());
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                while (result.next()) {
                    rows.add(mapper.map(row));
                }
            }
            return rows;
        }
    }

    static int update(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            bind(statement, sql.parameters());
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<@Nullable Object> values)
            throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            bind(statement, i + 1, values.get(i));
        }
    }

    private static void bind(PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case Json json -> statement.setObject(at, jsonb(json.text()));
            case byte[] bytes -> statement.setBytes(at, bytes);
            case Enum<?> constant -> statement.setString(at, constant.name());
            case Collection<?> many -> bindArray(statement, at, many.toArray());
            case Object[] many -> bindArray(statement, at, many);
            default -> statement.setObject(at, value);
        }
    }

    private static PGobject jsonb(String text) throws SQLException {
        PGobject object = new PGobject();
        object.setType("jsonb");
        object.setValue(text);
        return object;
    }

    private static void bindArray(PreparedStatement statement, int at, @Nullable Object[] elements)
            throws SQLException {
        if (elements.length == 0) {
            // no element tells the type, so the statement does
            statement.setObject(at, "{}", Types.OTHER);
            return;
        }
        String type = elementType(elements);
        @Nullable Object[] typed = type.equals("text") ? texts(elements) : asTexts(elements);
        statement.setArray(at, statement.getConnection().createArrayOf(type, typed));
    }

    /** An array of texts leaves as bytes: nothing in it is escaped, or read as an array's text. */
    private static @Nullable String[] texts(@Nullable Object[] elements) {
        @Nullable String[] texts = new String[elements.length];
        for (int i = 0; i < elements.length; i++) {
            texts[i] =
                    switch (elements[i]) {
                        case null -> null;
                        case String text -> text;
                        case Json json -> json.text();
                        case Enum<?> constant -> constant.name();
                        case Object other -> other.toString();
                    };
        }
        return texts;
    }

    /** Of the first that is there; where there is none, text does: it may be cast to anything. */
    private static String elementType(@Nullable Object[] elements) {
        for (Object element : elements) {
            if (element != null) {
                return elementType(element);
            }
        }
        return "text";
    }

    private static String elementType(Object element) {
        return switch (element) {
            case Boolean _ -> "bool";
            case Long _ -> "int8";
            case Integer _ -> "int4";
            case UUID _ -> "uuid";
            case Instant _ -> "timestamptz";
            case byte[] _ -> "bytea";
            default -> "text";
        };
    }

    /** The driver writes most arrays itself; of these it needs the text. */
    private static @Nullable Object[] asTexts(@Nullable Object[] elements) {
        @Nullable Object[] texts = new Object[elements.length];
        for (int i = 0; i < elements.length; i++) {
            texts[i] =
                    switch (elements[i]) {
                        case null -> null;
                        case Instant instant -> instant.toString();
                        case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
                        case Object other -> other;
                    };
        }
        return texts;
    }
}
