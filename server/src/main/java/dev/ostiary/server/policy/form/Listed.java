package dev.ostiary.server.policy.form;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An array.
 *
 * @param item what each value is like
 * @param most values, at most
 * @param orOne whether a value may stand there without an array around it
 */
record Listed(Form item, int most, boolean orOne) implements Form {

    @Override
    public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
        if (!node.isArray()) {
            return orOne
                    ? item.read(node, at, reading).map(Listed::of)
                    : reading.wrong(at, "must be an array");
        }
        if (node.size() > most) {
            return reading.wrong(at, "must be at most " + most + " values");
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        boolean whole = true;
        for (int i = 0; i < node.size(); i++) {
            Optional<JsonNode> value = item.read(node.get(i), at.item(i), reading);
            value.ifPresent(values::add);
            whole &= value.isPresent();
        }
        return whole ? Optional.of(values) : Optional.empty();
    }

    private static JsonNode of(JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    @Override
    public Schema schema(Way way) {
        Schema many = Schema.list(item.schema(way));
        return orOne && way == Way.IN ? Schema.either(many, item.schema(way)) : many;
    }
}
