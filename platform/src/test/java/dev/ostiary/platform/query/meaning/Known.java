package dev.ostiary.platform.query.meaning;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An attribute that a resource can be asked for.
 *
 * @param path its name
 * @param sort its type
 * @param folds whether text compares without case
 * @param values the values of an object, those of an array one by one
 */
public record Known(
        String path, Sort sort, boolean folds, Function<JsonNode, Stream<JsonNode>> values) {

    /** Types of attributes. */
    public enum Sort {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        ANY,
        OBJECT
    }

    /** At the place that the path names. Arrays count element by element, on the way too. */
    public static Known at(String path, Sort sort, boolean folds) {
        List<String> names = List.of(path.split("\\."));
        return new Known(path, sort, folds, object -> below(object, names));
    }

    private static Stream<JsonNode> below(JsonNode object, List<String> names) {
        Stream<JsonNode> values = Stream.of(object);
        for (String name : names) {
            values = values.map(value -> value.path(name)).flatMap(Known::each);
        }
        return values;
    }

    private static Stream<JsonNode> each(JsonNode value) {
        return value.isArray() ? value.values().stream() : Stream.of(value);
    }
}
