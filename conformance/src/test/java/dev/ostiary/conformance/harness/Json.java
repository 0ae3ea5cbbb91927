package dev.ostiary.conformance.harness;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as these suites read and write it: trees. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** The tree of a text. */
    public static JsonNode parse(byte[] text) {
        return MAPPER.readTree(text);
    }

    /** The tree of a text. */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The text of a value. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The elements of an array. */
    public static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /**
     * What stands under a path of each element of an array; a path is written as {@code
     * profile.login}.
     */
    public static List<String> texts(JsonNode array, String path) {
        return list(array).stream().map(element -> at(element, path).asString("")).toList();
    }

    /**
     * What stands under a path such as {@code profile.login}; a missing node where nothing does.
     */
    public static JsonNode at(JsonNode node, String path) {
        JsonNode found = node;
        for (String name : path.split("\\.")) {
            found = found.path(name);
        }
        return found;
    }
}
