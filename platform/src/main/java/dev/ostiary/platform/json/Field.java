package dev.ostiary.platform.json;

import dev.ostiary.platform.json.Reading.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * One field of a {@link Shape}. The bounds are set while the shape is built and not after; from
 * then on it is thread-safe.
 *
 * @param <T> the record
 * @param <V> the field's value
 */
public final class Field<T, V> {

    private record Rule<V>(Predicate<V> holds, String message) {}

    private final String name;
    private final Type<V> type;
    private final Function<T, @Nullable V> getter;
    private boolean required;
    private boolean readOnly;
    private boolean writeOnly;
    private boolean writtenAsNull;
    private boolean always;
    private @Nullable Rule<V> rule;

    Field(String name, Type<V> type, Function<T, @Nullable V> getter) {
        this.name = name;
        this.type = type;
        this.getter = getter;
    }

    /** A body without it, or with null, is refused. */
    public Field<T, V> required() {
        required = true;
        return this;
    }

    /** The server's to say: ignored on the way in. */
    public Field<T, V> readOnly() {
        readOnly = true;
        return this;
    }

    /** Never on the way out (secrets). */
    public Field<T, V> writeOnly() {
        writeOnly = true;
        return this;
    }

    /** On the way out, no value is written as {@code null} rather than left out. */
    public Field<T, V> orNull() {
        writtenAsNull = true;
        return this;
    }

    /** On the way out there is always a value, though a body may lack it. */
    public Field<T, V> always() {
        always = true;
        return this;
    }

    /** A value for which this does not hold is refused with the message. */
    public Field<T, V> must(Predicate<V> holds, String message) {
        rule = new Rule<>(holds, message);
        return this;
    }

    /** What it looks like on that way; empty where it does not go that way. */
    Optional<Schema.Property> property(Way way) {
        Schema schema = type.schema(way);
        return switch (way) {
            case IN ->
                    readOnly
                            ? Optional.empty()
                            : Optional.of(
                                    new Schema.Property(
                                            name, required ? schema : schema.orNull(), required));
            case OUT ->
                    writeOnly
                            ? Optional.empty()
                            : Optional.of(
                                    new Schema.Property(
                                            name,
                                            writtenAsNull ? schema.orNull() : schema,
                                            required || always || writtenAsNull));
        };
    }

    Optional<V> read(JsonNode object, Path at, Reading reading) {
        if (readOnly) {
            return Optional.empty();
        }
        Path here = at.field(name);
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return required
                    ? reading.wrong(here, "The field cannot be left blank")
                    : Optional.empty();
        }
        Optional<V> value = type.read(node, here, reading);
        if (value.isPresent() && rule != null && !rule.holds().test(value.get())) {
            return reading.wrong(here, rule.message());
        }
        return value;
    }

    void write(JsonGenerator out, T record) {
        if (writeOnly) {
            return;
        }
        V value = getter.apply(record);
        if (value != null) {
            out.writeName(name);
            type.write(out, value);
        } else if (writtenAsNull) {
            out.writeNullProperty(name);
        }
    }
}
