package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;

/** What a member of a {@link Form} may be. Immutable and thread-safe. */
sealed interface Kind {

    /** Longer texts say nothing that an app needs. */
    int LONGEST = 8192;

    /** The value as it is kept; empty if it may not stand there, which is told to the reading. */
    Optional<JsonNode> read(JsonNode node, Path at, Reading reading);

    /** What a client may send. */
    Schema in();

    /** What an answer shows. */
    default Schema out() {
        return in();
    }

    /** A text. */
    record Text(int longest) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isString()) {
                return reading.wrong(at, "must be a string");
            }
            return node.stringValue().length() > longest
                    ? reading.wrong(at, "must be at most " + longest + " characters")
                    : Optional.of(node);
        }

        @Override
        public Schema in() {
            return Schema.TEXT;
        }
    }

    /** A text; an empty one is as none, and null in answers. */
    record Clearable(int longest) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isString() && node.stringValue().isEmpty()
                    ? Optional.of(NullNode.instance)
                    : new Text(longest).read(node, at, reading);
        }

        @Override
        public Schema in() {
            return Schema.TEXT;
        }
    }

    /** An absolute URI (RFC 3986), which the original calls a URL. */
    record Url() implements Kind {

        private static final int LONGEST_URL = 2048;

        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isString()) {
                return reading.wrong(at, "must be a string");
            }
            return absolute(node.stringValue()).isPresent()
                    ? Optional.of(node)
                    : reading.wrong(at, "Invalid URL");
        }

        static Optional<URI> absolute(String text) {
            if (text.length() > LONGEST_URL) {
                return Optional.empty();
            }
            try {
                return Optional.of(new URI(text)).filter(URI::isAbsolute);
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        public Schema in() {
            return Schema.TEXT;
        }
    }

    /** True or false. */
    record Flag() implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isBoolean() ? Optional.of(node) : reading.wrong(at, "must be a boolean");
        }

        @Override
        public Schema in() {
            return Schema.BOOLEAN;
        }
    }

    /** A whole number. */
    record Whole(int least, int most) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            boolean fits =
                    node.isIntegralNumber()
                            && node.canConvertToInt()
                            && node.intValue() >= least
                            && node.intValue() <= most;
            return fits
                    ? Optional.of(node)
                    : reading.wrong(at, "must be between " + least + " and " + most);
        }

        @Override
        public Schema in() {
            return Schema.INTEGER;
        }
    }

    /** One of a few words. */
    record Words(List<String> words) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isString() && words.contains(node.stringValue())
                    ? Optional.of(node)
                    : reading.wrong(
                            at, "'%s' is invalid. Valid values: %s".formatted(at.last(), words));
        }

        @Override
        public Schema in() {
            return Schema.words(words.toArray(String[]::new));
        }
    }

    /** An array. */
    record Many(Kind each, int most) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isArray()) {
                return reading.wrong(at, "must be an array");
            }
            if (node.size() > most) {
                return reading.wrong(at, "must have at most " + most + " elements");
            }
            ArrayNode kept = Json.object().arrayNode();
            Set<JsonNode> seen = new HashSet<>();
            for (int i = 0; i < node.size(); i++) {
                each.read(node.get(i), at.item(i), reading).filter(seen::add).ifPresent(kept::add);
            }
            return Optional.of(kept);
        }

        @Override
        public Schema in() {
            return Schema.list(each.in());
        }

        @Override
        public Schema out() {
            return Schema.list(each.out());
        }
    }

    /** A nested part. */
    record Part(Form form) implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return Optional.of(form.complete(node, at, reading));
        }

        @Override
        public Schema in() {
            return form.in();
        }

        @Override
        public Schema out() {
            return form.out();
        }
    }

    /** An object that is the client's affair. */
    record Free() implements Kind {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isObject() ? Optional.of(node) : reading.wrong(at, "must be an object");
        }

        @Override
        public Schema in() {
            return Schema.DOCUMENT;
        }
    }
}
