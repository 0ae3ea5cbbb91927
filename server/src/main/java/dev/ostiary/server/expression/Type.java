package dev.ostiary.server.expression;

import java.util.Map;
import java.util.Optional;

/** What a part of an expression is, as far as the check before its first use can tell. */
public sealed interface Type {

    /** How messages call it. */
    String title();

    /** Types without parts. */
    enum Simple implements Type {
        TEXT("String"),
        /** 32 bits, signed. */
        INTEGER("Integer"),
        NUMBER("Number"),
        BOOLEAN("Boolean"),
        MOMENT("ZonedDateTime"),
        COUNTRY("CountryCode"),
        /** What groups are searched by. */
        CRITERIA("Criteria"),
        /** The literal null. */
        NOTHING("Null"),
        /** Known only when a value is there. */
        ANY("Object");

        private final String title;

        Simple(String title) {
            this.title = title;
        }

        @Override
        public String title() {
            return title;
        }

        boolean isNumeric() {
            return this == INTEGER || this == NUMBER;
        }
    }

    /** Many of one type. */
    record ArrayOf(Type element) implements Type {
        @Override
        public String title() {
            return "Array";
        }
    }

    /**
     * Something with attributes, such as a user.
     *
     * @param title how messages call it
     * @param open whether it may have others, whose types nobody knows before
     */
    record Thing(String title, Map<String, Type> attributes, boolean open) implements Type {

        public Thing {
            attributes = Map.copyOf(attributes);
        }

        Optional<Type> attribute(String name) {
            Type known = attributes.get(name);
            return known == null && open ? Optional.of(Simple.ANY) : Optional.ofNullable(known);
        }
    }

    /** The type of what is either of two: what they have in common. */
    static Type either(Type one, Type other) {
        if (one.equals(other) || other == Simple.NOTHING) {
            return one;
        }
        if (one == Simple.NOTHING) {
            return other;
        }
        if (isNumeric(one) && isNumeric(other)) {
            return Simple.NUMBER;
        }
        if (one instanceof ArrayOf(Type left) && other instanceof ArrayOf(Type right)) {
            return new ArrayOf(either(left, right));
        }
        return Simple.ANY;
    }

    /** Whether it stands for numbers. */
    static boolean isNumeric(Type type) {
        return type instanceof Simple simple && simple.isNumeric();
    }

    /** Whether nothing is known that would tell against another type. */
    static boolean isUnknown(Type type) {
        return type == Simple.ANY || type == Simple.NOTHING;
    }

    /** Whether values of the two can be the same. */
    static boolean areComparable(Type one, Type other) {
        if (isUnknown(one) || isUnknown(other) || (isNumeric(one) && isNumeric(other))) {
            return true;
        }
        if (one instanceof ArrayOf(Type left) && other instanceof ArrayOf(Type right)) {
            return areComparable(left, right);
        }
        return one.equals(other);
    }
}
