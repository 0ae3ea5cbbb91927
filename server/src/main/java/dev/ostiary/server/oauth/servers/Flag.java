package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A boolean that a client may also write as a text, as the documented bodies of claims do ({@code
 * "alwaysIncludeInToken": "true"}).
 */
record Flag() implements Type<Boolean> {

    @Override
    public Optional<Boolean> read(JsonNode node, Path at, Reading reading) {
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        String text = node.isString() ? node.stringValue() : "";
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Optional.of(Boolean.valueOf(text));
        }
        return reading.wrong(at, "must be a boolean");
    }

    @Override
    public void write(JsonGenerator out, Boolean value) {
        out.writeBoolean(value);
    }

    @Override
    public Schema schema(Way way) {
        return way == Way.OUT ? Schema.BOOLEAN : Schema.either(Schema.BOOLEAN, Schema.TEXT);
    }
}
