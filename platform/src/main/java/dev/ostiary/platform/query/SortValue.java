package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/**
 * An SQL value that rows can be sorted by.
 *
 * @param expression the value; NULL sorts after everything else
 * @param type how it travels in a cursor
 */
public record SortValue(Sql expression, Type type) {

    /** The types that a cursor can hold. */
    public enum Type {
        /** Text in code-point order: the expression says {@code COLLATE "C"}. */
        TEXT,
        NUMBER,
        BOOLEAN,
        /** {@code timestamptz}. */
        INSTANT
    }

    static Type type(Kind kind) {
        return switch (kind) {
            case TEXT, ANY, NODE -> Type.TEXT;
            case NUMBER -> Type.NUMBER;
            case BOOLEAN -> Type.BOOLEAN;
            case INSTANT -> Type.INSTANT;
        };
    }
}
