package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a record looks like on the wire: its fields in order, each with its type, whether it must be
 * there, whether a client may set it, and its bounds. The one shape decodes (with every cause at
 * once, P6) and encodes.
 *
 * <p>Unknown fields are ignored (P3); a read-only field is ignored on the way in and written on the
 * way out. A field whose value is null is left out unless it is {@link Field#orNull() written as
 * null}. Immutable once built, and thread-safe.
 *
 * @param <T> the record
 */
public final class Shape<T> {

    private final String name;
    private final List<Field<T, ?>> fields;
    private final Function<Values, T> construct;

    private Shape(String name, List<Field<T, ?>> fields, Function<Values, T> construct) {
        this.name = name;
        this.fields = fields;
        this.construct = construct;
    }

    /** Begins a shape. The name is the subject of errors that concern the whole object. */
    public static <T> Builder<T> of(String name) {
        return new Builder<>(name);
    }

    /** The name given at the beginning. */
    public String name() {
        return name;
    }

    /**
     * The record that a body describes.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with a cause for each
     *     wrong field
     */
    public T decode(JsonNode body) {
        Reading reading = new Reading();
        Optional<T> value = read(body, Path.root(name), reading);
        reading.finish();
        return value.orElseThrow();
    }

    /**
     * The record that a value describes; what is wrong with it is told to the reading and the
     * result is empty. For a body of which shapes are only a part.
     */
    public Optional<T> read(JsonNode node, Path at, Reading reading) {
        if (!node.isObject()) {
            return reading.wrong(at.text().isEmpty() ? at.field(name) : at, "must be an object");
        }
        int before = reading.causes().size();
        Map<Field<?, ?>, Object> values = new HashMap<>();
        for (Field<T, ?> field : fields) {
            field.read(node, at, reading).ifPresent(value -> values.put(field, value));
        }
        return reading.causes().size() > before
                ? Optional.empty()
                : Optional.of(construct.apply(new Values(values)));
    }

    /**
     * What the record looks like in bodies, or in answers.
     *
     * @param way in which direction it goes
     */
    public Schema.Fields schema(Way way) {
        return new Schema.Fields(
                "", fields.stream().flatMap(field -> field.property(way).stream()).toList(), false);
    }

    /** Writes the record as one JSON object. */
    public void write(JsonGenerator out, T value) {
        out.writeStartObject();
        writeFields(out, value);
        out.writeEndObject();
    }

    /**
     * Writes the fields only, for a caller that adds more to the object (such as {@code _links}).
     */
    public void writeFields(JsonGenerator out, T value) {
        for (Field<T, ?> field : fields) {
            field.write(out, value);
        }
    }

    /** What was read, by field. */
    public static final class Values {
        private final Map<Field<?, ?>, Object> values;

        private Values(Map<Field<?, ?>, Object> values) {
            this.values = values;
        }

        /** The value of a field, if the body had one. */
        @SuppressWarnings("unchecked") // a field puts only what its own type read
        public <V> Optional<V> find(Field<?, V> field) {
            return Optional.ofNullable((V) values.get(field));
        }

        /** The value of a field, or null. */
        public <V> @Nullable V orNull(Field<?, V> field) {
            return find(field).orElse(null);
        }

        /** The value of a required field. */
        public <V> V get(Field<?, V> field) {
            return find(field).orElseThrow();
        }
    }

    /** Collects the fields of a shape. */
    public static final class Builder<T> {
        private final String name;
        private final List<Field<T, ?>> fields = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** The next field; the getter may answer null where the record has no value. */
        public <V> Field<T, V> field(
                String fieldName, Type<V> type, Function<T, @Nullable V> getter) {
            Field<T, V> field = new Field<>(fieldName, type, getter);
            fields.add(field);
            return field;
        }

        /**
         * A text by which people call something: not blank, and not longer.
         *
         * @param longest in code points
         */
        public Field<T, String> name(
                String fieldName, int longest, Function<T, @Nullable String> getter) {
            return field(fieldName, Type.TEXT, getter)
                    .must(
                            text ->
                                    !text.isBlank()
                                            && text.codePointCount(0, text.length()) <= longest,
                            "must be 1 to " + longest + " characters");
        }

        /** Ends the shape with the way from values to a record. */
        public Shape<T> build(Function<Values, T> construct) {
            return new Shape<>(name, List.copyOf(fields), construct);
        }
    }
}
