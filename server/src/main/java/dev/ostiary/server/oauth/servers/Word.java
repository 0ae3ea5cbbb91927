package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** One of the words that an enum is called by. */
record Word<E extends Enum<E>>(Class<E> words) implements Type<E> {

    @Override
    public Optional<E> read(JsonNode node, Path at, Reading reading) {
        Optional<E> found =
                Arrays.stream(words.getEnumConstants())
                        .filter(word -> node.isString() && word.name().equals(node.stringValue()))
                        .findFirst();
        return found.isPresent()
                ? found
                : reading.wrong(at, "must be one of " + Arrays.toString(words.getEnumConstants()));
    }

    @Override
    public void write(JsonGenerator out, E value) {
        out.writeString(value.name());
    }

    @Override
    public Schema schema(Way way) {
        return Schema.words(words.getEnumConstants());
    }
}
