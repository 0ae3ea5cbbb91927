package dev.ostiary.server.directory.classification;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * How a user is classified (User Classification API). Immutable.
 *
 * @param kind as what
 * @param lastUpdated since when
 */
record UserClassification(Kind kind, Instant lastUpdated) {

    /** As the wire has it. */
    enum Kind {
        LITE,
        STANDARD
    }

    /** The body of {@code replaceUserClassification}, whose date is the server's to say. */
    static final Shape<Kind> BODY = body();

    static final Shape<UserClassification> SHAPE = shape();

    private static Shape<Kind> body() {
        Shape.Builder<Kind> shape = Shape.of("userClassification");
        Field<Kind, String> type =
                shape.field("type", Type.TEXT, Kind::name)
                        .required()
                        .must(UserClassification::isKind, "must be LITE or STANDARD");
        return shape.build(in -> Kind.valueOf(in.get(type)));
    }

    private static Shape<UserClassification> shape() {
        Shape.Builder<UserClassification> shape = Shape.of("userClassification");
        Field<UserClassification, String> type =
                shape.field("type", Type.TEXT, classification -> classification.kind().name())
                        .required();
        Field<UserClassification, Instant> updated =
                shape.field("lastUpdated", Type.INSTANT, UserClassification::lastUpdated)
                        .required();
        return shape.build(
                in -> new UserClassification(Kind.valueOf(in.get(type)), in.get(updated)));
    }

    private static boolean isKind(String text) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> kind.name().equals(text));
    }

    /** How events tell of it (LiteUserClassificationChangeDetails). */
    Map<String, Object> details() {
        return Map.of("classification", kind.name());
    }
}
