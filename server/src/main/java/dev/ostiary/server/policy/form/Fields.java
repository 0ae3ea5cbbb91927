package dev.ostiary.server.policy.form;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object with known properties. A property that is null counts as left out.
 *
 * @param properties in the order in which they are written
 */
public record Fields(List<Property> properties) implements Form {

    /** What becomes of a property that is left out. */
    enum Absent {
        /** It is wrong. */
        REFUSED,
        /** It stays out. */
        LEFT_OUT,
        /** It gets its standard value. */
        FILLED,
        /** It is null. */
        NULL
    }

    /**
     * A property.
     *
     * @param standard what it gets where it is left out and filled
     */
    public record Property(String name, Form form, Absent absent, JsonNode standard) {}

    public Fields {
        properties = List.copyOf(properties);
    }

    /** The same with a property that has to be there. */
    public Fields must(String name, Form form) {
        return and(name, form, Absent.REFUSED, nothing());
    }

    /** The same with a property that may be there. */
    public Fields may(String name, Form form) {
        return and(name, form, Absent.LEFT_OUT, nothing());
    }

    /** The same with a property that is null where it is left out. */
    public Fields orNull(String name, Form form) {
        return and(name, form, Absent.NULL, nothing());
    }

    /** The same with an object that is there always, with what its own form fills in. */
    public Fields filled(String name, Fields form) {
        return and(name, form, Absent.FILLED, Json.object());
    }

    /** The same with a list that is there always. */
    public Fields listed(String name, Form list) {
        return and(name, list, Absent.FILLED, JsonNodeFactory.instance.arrayNode());
    }

    /** The same with a property that has this value where it is left out. */
    public Fields with(String name, Form form, String standard) {
        return and(name, form, Absent.FILLED, JsonNodeFactory.instance.stringNode(standard));
    }

    /** The same with a property that has this value where it is left out. */
    public Fields with(String name, Form form, int standard) {
        return and(name, form, Absent.FILLED, JsonNodeFactory.instance.numberNode(standard));
    }

    /** The same with a property that has this value where it is left out. */
    public Fields with(String name, Form form, boolean standard) {
        return and(name, form, Absent.FILLED, JsonNodeFactory.instance.booleanNode(standard));
    }

    private Fields and(String name, Form form, Absent absent, JsonNode standard) {
        List<Property> all = new ArrayList<>(properties);
        all.add(new Property(name, form, absent, standard));
        return new Fields(all);
    }

    private static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    /** What an empty object comes to: every standard value. */
    public ObjectNode standard() {
        Reading reading = new Reading();
        Optional<JsonNode> value = read(Json.object(), Path.root(""), reading);
        reading.finish();
        return value.orElseThrow().asObject();
    }

    @Override
    public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
        if (!node.isObject()) {
            return reading.wrong(at, "must be an object");
        }
        ObjectNode object = Json.object();
        int before = reading.causes().size();
        for (Property property : properties) {
            JsonNode given = node.path(property.name());
            Path here = at.field(property.name());
            if (!given.isMissingNode() && !given.isNull()) {
                keep(object, property, property.form().read(given, here, reading));
                continue;
            }
            switch (property.absent()) {
                case REFUSED -> reading.wrong(here, "The field cannot be left blank");
                case LEFT_OUT -> {}
                case FILLED ->
                        keep(
                                object,
                                property,
                                property.form().read(property.standard(), here, reading));
                case NULL -> object.putNull(property.name());
            }
        }
        return reading.causes().size() > before ? Optional.empty() : Optional.of(object);
    }

    private static void keep(ObjectNode object, Property property, Optional<JsonNode> value) {
        value.ifPresent(read -> object.set(property.name(), read));
    }

    @Override
    public Schema.Fields schema(Way way) {
        Schema.Fields fields = Schema.object();
        for (Property property : properties) {
            Schema schema = property.form().schema(way);
            fields =
                    switch (property.absent()) {
                        case REFUSED -> fields.always(property.name(), schema);
                        case LEFT_OUT ->
                                fields.maybe(
                                        property.name(), way == Way.IN ? schema.orNull() : schema);
                        case FILLED ->
                                way == Way.IN
                                        ? fields.maybe(property.name(), schema.orNull())
                                        : fields.always(property.name(), schema);
                        case NULL ->
                                way == Way.IN
                                        ? fields.maybe(property.name(), schema.orNull())
                                        : fields.always(property.name(), schema.orNull());
                    };
        }
        return fields;
    }
}
