package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Documents;
import dev.ostiary.platform.text.TextPattern;
import dev.ostiary.server.expression.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attribute of a profile: what a value has to be like, and what its owner may do with it.
 * Immutable, as far as nobody changes the definition, which nobody may.
 *
 * @param name its name in the document
 * @param type what a value is
 * @param element what an element of an array is; {@link AttributeType#STRING} for other types
 * @param required whether an object cannot be without it
 * @param minLength fewest characters of a text; 0 lets it be empty
 * @param maxLength most characters of a text
 * @param minimum least number
 * @param maximum greatest number
 * @param format what a text has to look like besides
 * @param pattern what a text has to match besides
 * @param choices the only values, or elements, there may be; empty for any
 * @param unique whether no two objects share a value
 * @param self what users may do with their own value
 * @param standard what an object has whose writer did not say
 * @param definition all of it, as the wire shows it
 */
public record ProfileAttribute(
        String name,
        AttributeType type,
        AttributeType element,
        boolean required,
        int minLength,
        int maxLength,
        OptionalDouble minimum,
        OptionalDouble maximum,
        TextFormat format,
        Optional<TextPattern> pattern,
        Set<JsonNode> choices,
        boolean unique,
        SelfAccess self,
        Optional<JsonNode> standard,
        ObjectNode definition) {

    /** Where profiles stand in search documents, and what searches call their attributes by. */
    public static final String PROFILE = "profile.";

    static final String LOGIN = "login";

    /** For texts of which the schema says no length. */
    private static final int LONGEST_TEXT = 10_000;

    private static final int MOST_ELEMENTS = 1_000;

    /** What users may do with an attribute of their own profile. */
    public enum SelfAccess {
        HIDE,
        READ_ONLY,
        READ_WRITE
    }

    /** The attribute that a sound definition describes. */
    static ProfileAttribute of(String name, ObjectNode definition) {
        AttributeType type = AttributeType.of(definition.path("type").asString()).orElseThrow();
        JsonNode items = definition.path("items");
        JsonNode choosing = type == AttributeType.ARRAY ? items : definition;
        Optional<TextPattern> pattern = text(definition, "pattern").flatMap(TextPattern::of);
        return new ProfileAttribute(
                name,
                type,
                AttributeType.of(items.path("type").asString()).orElse(AttributeType.STRING),
                definition.path("required").booleanValue(false),
                minLength(name, definition, pattern),
                whole(definition, "maxLength").orElse(LONGEST_TEXT),
                number(definition, "minimum"),
                number(definition, "maximum"),
                format(name, definition, pattern),
                pattern,
                choices(choosing.path("enum")),
                definition.path("unique").asString().equals(Uniqueness.VALIDATED),
                self(definition),
                Optional.ofNullable(definition.get("default")).filter(node -> !node.isNull()),
                definition);
    }

    /** With a pattern of its own, a login may be shorter (Schemas, "Login pattern validation"). */
    private static int minLength(
            String name, ObjectNode definition, Optional<TextPattern> pattern) {
        return name.equals(LOGIN) && pattern.isPresent()
                ? 1
                : whole(definition, "minLength").orElse(0);
    }

    private static TextFormat format(
            String name, ObjectNode definition, Optional<TextPattern> pattern) {
        if (name.equals(LOGIN)) {
            return pattern.isPresent() ? TextFormat.ANY : TextFormat.LOGIN;
        }
        return text(definition, "format").flatMap(TextFormat::of).orElse(TextFormat.ANY);
    }

    private static Set<JsonNode> choices(JsonNode listed) {
        Set<JsonNode> choices = new LinkedHashSet<>();
        listed.forEach(choices::add);
        return choices;
    }

    private static SelfAccess self(ObjectNode definition) {
        for (JsonNode permission : definition.path("permissions")) {
            if (permission.path("principal").asString().equals("SELF")) {
                return SelfAccess.valueOf(permission.path("action").asString());
            }
        }
        return SelfAccess.READ_ONLY;
    }

    private static Optional<String> text(ObjectNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static OptionalInt whole(ObjectNode node, String name) {
        JsonNode value = node.path(name);
        return value.canConvertToInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }

    private static OptionalDouble number(ObjectNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** As expressions see it. */
    Type expressionType() {
        return type == AttributeType.ARRAY
                ? new Type.ArrayOf(element.expressionType())
                : type.expressionType();
    }

    /** As searches find it. */
    public Attribute searched(Documents documents) {
        String path = PROFILE + name;
        return switch (type) {
            case STRING -> documents.text(path);
            case NUMBER, INTEGER -> documents.number(path);
            case BOOLEAN -> documents.bool(path);
            case ARRAY ->
                    switch (element) {
                        case NUMBER, INTEGER -> documents.numbers(path);
                        case STRING, BOOLEAN, ARRAY -> documents.texts(path);
                    };
        };
    }

    /** What a value looks like. */
    Schema schema() {
        return type == AttributeType.ARRAY ? Schema.list(schema(element)) : schema(type);
    }

    private static Schema schema(AttributeType type) {
        return switch (type) {
            case STRING -> Schema.TEXT;
            case NUMBER -> Schema.NUMBER;
            case INTEGER -> Schema.INTEGER;
            case BOOLEAN -> Schema.BOOLEAN;
            case ARRAY -> Schema.list(Schema.ANY);
        };
    }

    /** Looks at a value that is not null; what is wrong with it is told to the reading. */
    Optional<JsonNode> check(JsonNode value, Path at, Reading reading) {
        if (!type.fits(value)) {
            return reading.wrong(at, type.refusal());
        }
        @Nullable String refusal =
                switch (type) {
                    case STRING -> refusal(value.stringValue());
                    case NUMBER, INTEGER -> refusal(value.doubleValue());
                    case BOOLEAN -> null;
                    case ARRAY -> arrayRefusal(value);
                };
        if (refusal == null && type != AttributeType.ARRAY && !isChoice(value)) {
            refusal = "The value is not one of the values that the schema lists";
        }
        return refusal == null ? Optional.of(value) : reading.wrong(at, refusal);
    }

    private boolean isChoice(JsonNode value) {
        return choices.isEmpty() || choices.contains(value) || value.asString().isEmpty();
    }

    private @Nullable String refusal(String text) {
        if (required && text.isBlank()) {
            return "The field cannot be left blank";
        }
        if (text.isEmpty()) {
            return null;
        }
        if (!format.fits(text)) {
            return format.refusal();
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            return "The field is too long: at most " + maxLength + " characters are allowed";
        }
        if (length < minLength) {
            return "The field is too short: at least " + minLength + " characters are required";
        }
        return pattern.isPresent() && !pattern.get().matches(text)
                ? "Does not match required pattern"
                : null;
    }

    private @Nullable String refusal(double number) {
        if (minimum.isPresent() && number < minimum.getAsDouble()) {
            return "The value must be at least " + shown(minimum.getAsDouble());
        }
        return maximum.isPresent() && number > maximum.getAsDouble()
                ? "The value must be at most " + shown(maximum.getAsDouble())
                : null;
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    private @Nullable String arrayRefusal(JsonNode array) {
        if (array.size() > MOST_ELEMENTS) {
            return "At most " + MOST_ELEMENTS + " elements are allowed";
        }
        for (JsonNode each : array) {
            if (!element.fits(each)) {
                return "Each element " + element.refusal();
            }
            if (!choices.isEmpty() && !choices.contains(each)) {
                return "An element is not one of the values that the schema lists";
            }
            if (each.isString() && each.stringValue().length() > LONGEST_TEXT) {
                return "An element is too long";
            }
        }
        return required && array.isEmpty() ? "The field cannot be left blank" : null;
    }
}
