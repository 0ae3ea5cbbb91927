package dev.ostiary.server.directory.schemas;

import dev.ostiary.server.expression.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The type of an attribute (Schemas, "User Schema property types and validation"). */
public enum AttributeType {
    STRING("must be a string"),
    NUMBER("must be a number"),
    /** 32 bits, signed. */
    INTEGER("must be an integer"),
    BOOLEAN("must be a boolean"),
    ARRAY("must be an array");

    private final String refusal;

    AttributeType(String refusal) {
        this.refusal = refusal;
    }

    static Optional<AttributeType> of(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As expressions see it; of an array its elements have to be known too. */
    Type expressionType() {
        return switch (this) {
            case STRING -> Type.Simple.TEXT;
            case NUMBER -> Type.Simple.NUMBER;
            case INTEGER -> Type.Simple.INTEGER;
            case BOOLEAN -> Type.Simple.BOOLEAN;
            case ARRAY -> new Type.ArrayOf(Type.Simple.ANY);
        };
    }

    /** What is told of a value of another type. */
    String refusal() {
        return refusal;
    }

    boolean fits(JsonNode value) {
        return switch (this) {
            case STRING -> value.isString();
            case NUMBER -> value.isNumber() && Double.isFinite(value.doubleValue());
            case INTEGER -> value.isIntegralNumber() && value.canConvertToInt();
            case BOOLEAN -> value.isBoolean();
            case ARRAY -> value.isArray();
        };
    }
}
