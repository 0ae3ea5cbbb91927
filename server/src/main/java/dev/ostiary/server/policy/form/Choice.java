package dev.ostiary.server.policy.form;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * An object whose kind one of its properties names.
 *
 * @param property the one that names it
 * @param standard the kind where it is left out; empty where it must not be
 * @param kinds the forms by kind, each with the property that names it
 */
public record Choice(String property, Optional<String> standard, Map<String, Fields> kinds)
        implements Form {

    /** A choice in which the kind has to be named. */
    public static Choice of(String property, Map<String, Fields> kinds) {
        return new Choice(property, Optional.empty(), kinds);
    }

    /** A choice with a kind for those who name none. */
    public static Choice of(String property, String standard, Map<String, Fields> kinds) {
        return new Choice(property, Optional.of(standard), kinds);
    }

    public Choice {
        kinds = Map.copyOf(kinds);
    }

    @Override
    public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
        if (!node.isObject()) {
            return reading.wrong(at, "must be an object");
        }
        String named = node.path(property).asString(standard.orElse(""));
        Fields kind = kinds.get(named);
        return kind == null
                ? reading.wrong(
                        at.field(property),
                        "must be one of "
                                + String.join(", ", kinds.keySet().stream().sorted().toList()))
                : kind.read(node, at, reading);
    }

    @Override
    public Schema schema(Way way) {
        List<Schema> schemas = new ArrayList<>();
        new TreeMap<>(kinds).values().forEach(kind -> schemas.add(kind.schema(way)));
        return Schema.either(schemas.toArray(Schema[]::new));
    }
}
