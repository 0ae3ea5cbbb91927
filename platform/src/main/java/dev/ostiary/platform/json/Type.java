package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one kind of value is read from JSON and written to it.
 *
 * @param <V> the value in Java, never null
 */
public interface Type<V> {

    /**
     * Reads a value that is present and not null; what is wrong is told to {@code reading} and the
     * result is empty.
     */
    Optional<V> read(JsonNode node, Path at, Reading reading);

    /** Writes a value. */
    void write(JsonGenerator out, V value);

    /**
     * What such a value looks like in bodies, or in answers.
     *
     * @param way in which direction it goes
     */
    Schema schema(Way way);

    /** A string. */
    Type<String> TEXT = new Text();

    /** {@code true} or {@code false}; strings that say so are not accepted. */
    Type<Boolean> BOOLEAN = new Bool();

    /** A whole number of 32 bits. */
    Type<Integer> INTEGER = new Whole();

    /** A date and time (P7). */
    Type<Instant> INSTANT = new Moment();

    /** An object whose inside is somebody else's to judge, such as a profile. */
    Type<ObjectNode> DOCUMENT = new Document();

    /** An array of values of one type. */
    static <V> Type<List<V>> list(Type<V> element) {
        return new Many<>(element);
    }

    /** A nested record. */
    static <V> Type<V> nested(Shape<V> shape) {
        return new Nested<>(shape);
    }

    /** The types above; package-private so that the interface stays the whole story. */
    record Text() implements Type<String> {
        @Override
        public Schema schema(Way way) {
            return Schema.TEXT;
        }

        @Override
        public Optional<String> read(JsonNode node, Path at, Reading reading) {
            if (!node.isString()) {
                return reading.wrong(at, "must be a string");
            }
            return Optional.of(node.stringValue());
        }

        @Override
        public void write(JsonGenerator out, String value) {
            out.writeString(value);
        }
    }

    /** A boolean. */
    record Bool() implements Type<Boolean> {
        @Override
        public Schema schema(Way way) {
            return Schema.BOOLEAN;
        }

        @Override
        public Optional<Boolean> read(JsonNode node, Path at, Reading reading) {
            if (!node.isBoolean()) {
                return reading.wrong(at, "must be a boolean");
            }
            return Optional.of(node.booleanValue());
        }

        @Override
        public void write(JsonGenerator out, Boolean value) {
            out.writeBoolean(value);
        }
    }

    /** A whole number. */
    record Whole() implements Type<Integer> {
        @Override
        public Schema schema(Way way) {
            return Schema.INTEGER;
        }

        @Override
        public Optional<Integer> read(JsonNode node, Path at, Reading reading) {
            if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                return reading.wrong(at, "must be an integer");
            }
            return Optional.of(node.intValue());
        }

        @Override
        public void write(JsonGenerator out, Integer value) {
            out.writeNumber(value);
        }
    }

    /** A date and time. */
    record Moment() implements Type<Instant> {
        @Override
        public Schema schema(Way way) {
            return Schema.MOMENT;
        }

        @Override
        public Optional<Instant> read(JsonNode node, Path at, Reading reading) {
            Optional<Instant> instant =
                    node.isString() ? Dates.parse(node.stringValue()) : Optional.empty();
            return instant.isPresent() ? instant : reading.wrong(at, "must be an ISO 8601 date");
        }

        @Override
        public void write(JsonGenerator out, Instant value) {
            out.writeString(Dates.text(value));
        }
    }

    /** A free object. */
    record Document() implements Type<ObjectNode> {
        @Override
        public Schema schema(Way way) {
            return Schema.DOCUMENT;
        }

        @Override
        public Optional<ObjectNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isObject()) {
                return reading.wrong(at, "must be an object");
            }
            return Optional.of(node.asObject());
        }

        @Override
        public void write(JsonGenerator out, ObjectNode value) {
            out.writeRawValue(Json.text(value));
        }
    }

    /** An array. */
    record Many<V>(Type<V> element) implements Type<List<V>> {
        @Override
        public Schema schema(Way way) {
            return Schema.list(element.schema(way));
        }

        @Override
        public Optional<List<V>> read(JsonNode node, Path at, Reading reading) {
            if (!node.isArray()) {
                return reading.wrong(at, "must be an array");
            }
            List<V> values = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                element.read(node.get(i), at.item(i), reading).ifPresent(values::add);
            }
            return values.size() < node.size()
                    ? Optional.empty()
                    : Optional.of(List.copyOf(values));
        }

        @Override
        public void write(JsonGenerator out, List<V> values) {
            out.writeStartArray();
            values.forEach(value -> element.write(out, value));
            out.writeEndArray();
        }
    }

    /** A record inside a record. */
    record Nested<V>(Shape<V> shape) implements Type<V> {
        @Override
        public Schema schema(Way way) {
            return shape.schema(way);
        }

        @Override
        public Optional<V> read(JsonNode node, Path at, Reading reading) {
            return shape.read(node, at, reading);
        }

        @Override
        public void write(JsonGenerator out, V value) {
            shape.write(out, value);
        }
    }
}
