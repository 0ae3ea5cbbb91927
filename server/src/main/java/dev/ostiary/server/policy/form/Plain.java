package dev.ostiary.server.policy.form;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** A value without parts. */
sealed interface Plain extends Form {

    /** A boolean. */
    record Flag() implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isBoolean() ? Optional.of(node) : reading.wrong(at, "must be a boolean");
        }

        @Override
        public Schema schema(Way way) {
            return Schema.BOOLEAN;
        }
    }

    /**
     * A text.
     *
     * @param least characters, at least
     * @param most characters, at most
     */
    record Text(int least, int most) implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isString()) {
                return reading.wrong(at, "must be a string");
            }
            String text = node.stringValue();
            int length = text.codePointCount(0, text.length());
            if (length < least || (least > 0 && text.isBlank())) {
                return reading.wrong(at, "The field cannot be left blank");
            }
            return length > most
                    ? reading.wrong(
                            at,
                            "The field is too long: at most " + most + " characters are allowed")
                    : Optional.of(node);
        }

        @Override
        public Schema schema(Way way) {
            return Schema.TEXT;
        }
    }

    /**
     * A whole number.
     *
     * @param least the smallest
     * @param most the largest
     */
    record Whole(int least, int most) implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                return reading.wrong(at, "must be an integer");
            }
            int value = node.intValue();
            return value < least || value > most
                    ? reading.wrong(at, "must be between %d and %d".formatted(least, most))
                    : Optional.of(node);
        }

        @Override
        public Schema schema(Way way) {
            return Schema.INTEGER;
        }
    }

    /**
     * One of a few texts.
     *
     * @param anyCase whether it may be written in another case
     * @param asGiven whether it stays so
     */
    record Words(List<String> words, boolean anyCase, boolean asGiven) implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            if (node.isString()) {
                String text = node.stringValue();
                for (String word : words) {
                    if (anyCase ? word.equalsIgnoreCase(text) : word.equals(text)) {
                        return Optional.of(asGiven ? node : StringNode.valueOf(word));
                    }
                }
            }
            return reading.wrong(at, "must be one of " + String.join(", ", words));
        }

        @Override
        public Schema schema(Way way) {
            return asGiven || (anyCase && way == Way.IN)
                    ? Schema.TEXT
                    : Schema.words(words.toArray(String[]::new));
        }
    }

    /**
     * One of a few texts, of which some have older names.
     *
     * @param older the name of now for each
     */
    record OnceCalled(Map<String, String> older, List<String> words) implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            String now = node.isString() ? older.get(node.stringValue()) : null;
            return new Words(words, false, false)
                    .read(now == null ? node : StringNode.valueOf(now), at, reading);
        }

        @Override
        public Schema schema(Way way) {
            return switch (way) {
                case IN ->
                        Schema.words(
                                Stream.concat(words.stream(), older.keySet().stream().sorted())
                                        .toArray(String[]::new));
                case OUT -> Schema.words(words.toArray(String[]::new));
            };
        }
    }

    /** A date and time. */
    record Moment() implements Plain {
        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isString()
                    ? Dates.parse(node.stringValue())
                            .<JsonNode>map(moment -> StringNode.valueOf(Dates.text(moment)))
                            .or(() -> reading.wrong(at, "must be an ISO 8601 date"))
                    : reading.wrong(at, "must be an ISO 8601 date");
        }

        @Override
        public Schema schema(Way way) {
            return Schema.TEXT;
        }
    }

    /** A length of time (schema {@code TimeDuration}). */
    record Length() implements Plain {
        private static final Pattern FORM =
                Pattern.compile(
                        "P(?!$)(\\d{1,9}Y)?(\\d{1,9}M)?(\\d{1,9}W)?(\\d{1,9}D)?"
                                + "(T(?=\\d)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}S)?)?");

        @Override
        public Optional<JsonNode> read(JsonNode node, Path at, Reading reading) {
            return node.isString() && FORM.matcher(node.stringValue()).matches()
                    ? Optional.of(node)
                    : reading.wrong(at, "must be an ISO 8601 duration");
        }

        @Override
        public Schema schema(Way way) {
            return Schema.TEXT;
        }
    }
}
