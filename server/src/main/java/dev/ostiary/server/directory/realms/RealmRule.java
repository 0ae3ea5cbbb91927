package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of an assignment. Immutable.
 *
 * @param name what people call it
 * @param priority the lower, the earlier; no two assignments share one
 * @param realmId where it leads
 * @param profileSourceId whose users it takes; null for everybody's
 * @param expression what they have to meet beside; null for nothing
 */
record RealmRule(
        String name,
        int priority,
        String realmId,
        @Nullable String profileSourceId,
        @Nullable String expression) {

    /** That of the catch-all, behind all others (Realm Assignments API, examples). */
    static final int LAST_PRIORITY = 499;

    private static final int LONGEST_NAME = 255;

    static final Schema CONDITIONS =
            Schema.object()
                    .maybe("profileSourceId", Schema.TEXT)
                    .always("expression", Schema.object().maybe("value", Schema.TEXT));

    static final Schema ACTIONS =
            Schema.object()
                    .always("assignUserToRealm", Schema.object().always("realmId", Schema.TEXT));

    /**
     * The rule that a body describes.
     *
     * @param priority null where the body says none
     */
    record Body(
            String name,
            @Nullable Integer priority,
            String realmId,
            @Nullable String profileSourceId,
            @Nullable String expression) {

        static final Shape<Body> SHAPE = RealmRule.shape();

        RealmRule at(int otherwise) {
            return new RealmRule(
                    name,
                    priority == null ? otherwise : priority,
                    realmId,
                    profileSourceId,
                    expression);
        }
    }

    private record Text(@Nullable String value) {}

    private record Conditions(@Nullable String profileSourceId, @Nullable Text expression) {}

    private record Move(String realmId) {}

    private record Actions(Move assignUserToRealm) {}

    private static Shape<Body> shape() {
        Shape.Builder<Body> shape = Shape.of("realmAssignment");
        Field<Body, Actions> actions =
                shape.field(
                                "actions",
                                Type.nested(actions()),
                                body -> new Actions(new Move(body.realmId())))
                        .required();
        Field<Body, Conditions> conditions =
                shape.field(
                        "conditions",
                        Type.nested(conditions()),
                        body ->
                                new Conditions(
                                        body.profileSourceId(), new Text(body.expression())));
        Field<Body, String> name = shape.name("name", LONGEST_NAME, Body::name).required();
        Field<Body, Integer> priority =
                shape.field("priority", Type.INTEGER, Body::priority)
                        .must(
                                number -> number >= 0 && number < LAST_PRIORITY,
                                "must be between 0 and " + (LAST_PRIORITY - 1));
        return shape.build(
                in -> {
                    Optional<Conditions> met = in.find(conditions);
                    return new Body(
                            in.get(name),
                            in.orNull(priority),
                            in.get(actions).assignUserToRealm().realmId(),
                            met.map(Conditions::profileSourceId)
                                    .filter(text -> !text.isEmpty())
                                    .orElse(null),
                            met.map(Conditions::expression)
                                    .map(Text::value)
                                    .filter(text -> !text.isBlank())
                                    .orElse(null));
                });
    }

    private static Shape<Actions> actions() {
        Shape.Builder<Move> move = Shape.of("assignUserToRealm");
        Field<Move, String> realmId = move.field("realmId", Type.TEXT, Move::realmId).required();
        Shape<Move> moves = move.build(in -> new Move(in.get(realmId)));
        Shape.Builder<Actions> shape = Shape.of("actions");
        Field<Actions, Move> assign =
                shape.field("assignUserToRealm", Type.nested(moves), Actions::assignUserToRealm)
                        .required();
        return shape.build(in -> new Actions(in.get(assign)));
    }

    private static Shape<Conditions> conditions() {
        Shape.Builder<Text> text = Shape.of("expression");
        Field<Text, String> value = text.field("value", Type.TEXT, Text::value);
        Shape<Text> texts = text.build(in -> new Text(in.orNull(value)));
        Shape.Builder<Conditions> shape = Shape.of("conditions");
        Field<Conditions, String> source =
                shape.field("profileSourceId", Type.TEXT, Conditions::profileSourceId);
        Field<Conditions, Text> expression =
                shape.field("expression", Type.nested(texts), Conditions::expression);
        return shape.build(in -> new Conditions(in.orNull(source), in.orNull(expression)));
    }

    /**
     * Writes {@code conditions} and {@code actions}; clients expect an object for the expression
     * where there is none, too.
     */
    void writeConditionsAndActions(JsonGenerator out) {
        out.writeObjectPropertyStart("conditions");
        if (profileSourceId != null) {
            out.writeStringProperty("profileSourceId", profileSourceId);
        }
        out.writeObjectPropertyStart("expression");
        if (expression != null) {
            out.writeStringProperty("value", expression);
        }
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectPropertyStart("actions");
        out.writeObjectPropertyStart("assignUserToRealm");
        out.writeStringProperty("realmId", realmId);
        out.writeEndObject();
        out.writeEndObject();
    }

    /** As it is stored. */
    ObjectNode writeInto(ObjectNode body) {
        body.put("name", name).put("priority", priority).put("realmId", realmId);
        if (profileSourceId != null) {
            body.put("profileSourceId", profileSourceId);
        }
        if (expression != null) {
            body.put("expression", expression);
        }
        return body;
    }

    static RealmRule of(ObjectNode body) {
        return new RealmRule(
                body.path("name").asString(),
                body.path("priority").asInt(),
                body.path("realmId").asString(),
                textOrNull(body, "profileSourceId"),
                textOrNull(body, "expression"));
    }

    private static @Nullable String textOrNull(ObjectNode body, String name) {
        return body.hasNonNull(name) ? body.path(name).asString() : null;
    }
}
