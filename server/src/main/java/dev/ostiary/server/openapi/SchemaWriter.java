package dev.ostiary.server.openapi;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes schemas in the words of OpenAPI 3.0. What has a name is written once, among the components
 * of the document, and referred to from elsewhere. For one document and one thread.
 */
final class SchemaWriter {

    private final Map<String, Schema.Fields> named = new TreeMap<>();
    private final Map<String, ObjectNode> components = new TreeMap<>();

    /** The schema as a tree of its own. */
    ObjectNode write(Schema schema) {
        return switch (schema) {
            case Schema.Any any -> Json.object();
            case Schema.Plain(String type, String format) -> plain(type, format);
            case Schema.Words words -> words(words);
            case Schema.Many(Schema items) -> {
                ObjectNode array = Json.object().put("type", "array");
                array.set("items", write(items));
                yield array;
            }
            case Schema.Mapped(Schema values) -> {
                ObjectNode object = Json.object().put("type", "object");
                object.set("additionalProperties", write(values));
                yield object;
            }
            case Schema.OrNull(Schema value) -> orNull(write(value));
            case Schema.Either either -> {
                ObjectNode choice = Json.object();
                ArrayNode choices = choice.putArray("anyOf");
                either.choices().forEach(each -> choices.add(write(each)));
                yield choice;
            }
            case Schema.Fields fields ->
                    fields.name().isEmpty() ? properties(fields) : reference(fields);
        };
    }

    /** What was referred to so far, by name. */
    Map<String, ObjectNode> components() {
        return components;
    }

    private static ObjectNode plain(String type, String format) {
        ObjectNode schema = Json.object().put("type", type);
        return format.isEmpty() ? schema : schema.put("format", format);
    }

    private static ObjectNode words(Schema.Words words) {
        ObjectNode schema = Json.object().put("type", "string");
        ArrayNode values = schema.putArray("enum");
        words.values().forEach(values::add);
        return schema;
    }

    /** Beside a reference nothing else counts, and a list of words has to hold null itself. */
    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.has("$ref")) {
            ObjectNode wrapped = Json.object().put("nullable", true);
            wrapped.putArray("allOf").add(schema);
            return wrapped;
        }
        if (schema.has("enum")) {
            schema.withArray("enum").addNull();
        }
        return schema.isEmpty() ? schema : schema.put("nullable", true);
    }

    private ObjectNode reference(Schema.Fields fields) {
        Schema.Fields known = named.putIfAbsent(fields.name(), fields);
        if (known == null) {
            components.put(fields.name(), properties(fields));
        } else if (!known.equals(fields)) {
            throw new IllegalStateException("two schemas are called " + fields.name());
        }
        return Json.object().put("$ref", "#/components/schemas/" + fields.name());
    }

    private ObjectNode properties(Schema.Fields fields) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.object().arrayNode();
        for (Schema.Property property : fields.properties()) {
            properties.set(property.name(), write(property.schema()));
            if (property.always()) {
                required.add(property.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (fields.open()) {
            schema.put("additionalProperties", true);
        }
        return schema;
    }
}
