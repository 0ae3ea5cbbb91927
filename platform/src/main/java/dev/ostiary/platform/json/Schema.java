package dev.ostiary.platform.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a JSON value looks like, for the document that describes the API. It stands beside the code
 * that reads or writes the value; a {@link Shape}, which does both, says its own. Immutable.
 *
 * <p>It says what a client may rely on: types, and which properties are always there. What is
 * refused beyond that (lengths, patterns) the errors tell.
 */
public sealed interface Schema {

    /** Any value at all. */
    Schema ANY = new Any();

    /** {@code true} or {@code false}. */
    Schema BOOLEAN = new Plain("boolean", "");

    /** A whole number of 32 bits. */
    Schema INTEGER = new Plain("integer", "int32");

    /** A whole number of 64 bits. */
    Schema LONG = new Plain("integer", "int64");

    /** A number. */
    Schema NUMBER = new Plain("number", "");

    /** A text. */
    Schema TEXT = new Plain("string", "");

    /** A date and time (P7). */
    Schema MOMENT = new Plain("string", "date-time");

    /** An object with whatever properties. */
    Schema DOCUMENT = new Mapped(ANY);

    /** Anything. */
    record Any() implements Schema {}

    /**
     * A value that is no container.
     *
     * @param type its type in JSON
     * @param format what kind of text or number; empty for any
     */
    record Plain(String type, String format) implements Schema {}

    /** One of a few texts. */
    record Words(List<String> values) implements Schema {}

    /** An array. */
    record Many(Schema items) implements Schema {}

    /** An object whose properties have names that nobody knows beforehand. */
    record Mapped(Schema values) implements Schema {}

    /** A value, or null. */
    record OrNull(Schema value) implements Schema {}

    /** One of several. */
    record Either(List<Schema> choices) implements Schema {}

    /**
     * A property.
     *
     * @param always whether it is there always
     */
    record Property(String name, Schema schema, boolean always) {}

    /**
     * An object with known properties.
     *
     * @param name what the document calls it where it stands in several places; empty where in one
     * @param open whether it has others, too, whose names nobody knows beforehand
     */
    record Fields(String name, List<Property> properties, boolean open) implements Schema {

        /** The same with a property that is always there. */
        public Fields always(String property, Schema schema) {
            return and(new Property(property, schema, true));
        }

        /** The same with a property that may be left out. */
        public Fields maybe(String property, Schema schema) {
            return and(new Property(property, schema, false));
        }

        /** The same with the properties of another object behind its own. */
        public Fields with(Fields other) {
            List<Property> all = new ArrayList<>(properties);
            all.addAll(other.properties());
            return new Fields(name, List.copyOf(all), open || other.open());
        }

        /** The same in part: only these properties are there always. */
        public Fields partly(String... always) {
            Set<String> whole = Set.of(always);
            return new Fields(
                    name,
                    properties.stream()
                            .map(
                                    each ->
                                            new Property(
                                                    each.name(),
                                                    each.schema(),
                                                    whole.contains(each.name())))
                            .toList(),
                    open);
        }

        /** The same where one property is better known. */
        public Fields replaced(String property, Schema schema) {
            return new Fields(
                    name,
                    properties.stream()
                            .map(
                                    each ->
                                            each.name().equals(property)
                                                    ? new Property(property, schema, each.always())
                                                    : each)
                            .toList(),
                    open);
        }

        /** The same under another name. */
        public Fields named(String other) {
            return new Fields(other, properties, open);
        }

        /** The same with properties of whatever names beside those that are known. */
        public Fields andOthers() {
            return new Fields(name, properties, true);
        }

        private Fields and(Property property) {
            List<Property> all = new ArrayList<>(properties);
            all.add(property);
            return new Fields(name, List.copyOf(all), open);
        }
    }

    /** An object that stands in one place only; its properties follow. */
    static Fields object() {
        return object("");
    }

    /** An object that the document calls by this name; its properties follow. */
    static Fields object(String name) {
        return new Fields(name, List.of(), false);
    }

    /** An array of such values. */
    static Schema list(Schema items) {
        return new Many(items);
    }

    /** An object with such values under whatever names. */
    static Schema map(Schema values) {
        return new Mapped(values);
    }

    /** One of these texts. */
    static Schema words(String... values) {
        return new Words(List.of(values));
    }

    /** One of the texts that these are called. */
    static Schema words(Enum<?>... values) {
        return new Words(Arrays.stream(values).map(Enum::name).toList());
    }

    /** One of these. */
    static Schema either(Schema... choices) {
        return new Either(List.of(choices));
    }

    /** The same, or null. */
    default Schema orNull() {
        return new OrNull(this);
    }
}
