package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Profiles whose values all are texts, as files of columns have them: the schema says which of them
 * are numbers, truths or lists. A text that is none of the kind stays a text, for the schema to
 * refuse. Lists are separated by semicolons.
 */
public final class TextValues {

    private TextValues() {}

    /** The same profile with every value of the type that its attribute has. */
    public static ObjectNode typed(ProfileSchema schema, ObjectNode profile) {
        ObjectNode typed = profile.deepCopy();
        for (ProfileAttribute attribute : schema.attributes()) {
            JsonNode value = profile.path(attribute.name());
            if (value.isString()) {
                typed.set(attribute.name(), typed(attribute, value.stringValue()));
            }
        }
        return typed;
    }

    private static JsonNode typed(ProfileAttribute attribute, String text) {
        if (attribute.type() != AttributeType.ARRAY) {
            return typed(attribute.type(), text);
        }
        List<JsonNode> elements =
                Arrays.stream(text.split(";"))
                        .map(String::strip)
                        .filter(element -> !element.isEmpty())
                        .map(element -> typed(attribute.element(), element))
                        .toList();
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    private static JsonNode typed(AttributeType type, String text) {
        JsonNode same = JsonNodeFactory.instance.stringNode(text);
        if (type == AttributeType.STRING) {
            return same;
        }
        try {
            JsonNode read = Json.parse(text.strip());
            return type.fits(read) ? read : same;
        } catch (ApiException noJson) {
            return same;
        }
    }
}
