package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * A claim of an app's tokens and assertions (schema {@code FederatedClaim}). Immutable.
 *
 * @param id {@code ofc…}
 * @param name of the claim; unique in the app
 * @param expression what it says
 */
record FederatedClaim(
        String id, String name, String expression, Instant created, Instant lastUpdated) {

    static final String PREFIX = "ofc";

    /** The wire's name of the type, in errors. */
    static final String TYPE = "FederatedClaim";

    static final Schema SCHEMA =
            Schema.object("FederatedClaim")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("expression", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT);

    /** What a client says of it. */
    record Body(String name, String expression) {

        private static final int LONGEST_NAME = 255;
        private static final int LONGEST_EXPRESSION = 1024;

        static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("federatedClaim");
            Field<Body, String> name =
                    shape.name("name", LONGEST_NAME, Body::name)
                            .must(
                                    text -> !text.isBlank() && text.length() <= LONGEST_NAME,
                                    "must be 1 to " + LONGEST_NAME + " characters")
                            .required();
            Field<Body, String> expression =
                    shape.field("expression", Type.TEXT, Body::expression)
                            .must(
                                    text -> !text.isBlank() && text.length() <= LONGEST_EXPRESSION,
                                    "must be 1 to " + LONGEST_EXPRESSION + " characters")
                            .required();
            return shape.build(in -> new Body(in.get(name), in.get(expression)));
        }
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("name", name);
        out.writeStringProperty("expression", expression);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeEndObject();
    }
}
