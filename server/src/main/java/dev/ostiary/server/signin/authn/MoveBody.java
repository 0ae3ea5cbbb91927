package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a move is made with: the state token, and what the move asks for.
 *
 * @param stateToken names the sign-in
 * @param values what else was given, by name
 */
record MoveBody(String stateToken, Map<String, String> values) {

    /** A body with these texts besides the state token, all of which have to be there. */
    static Shape<MoveBody> with(String... names) {
        Shape.Builder<MoveBody> shape = Shape.of("authRequest");
        Field<MoveBody, String> token =
                shape.field("stateToken", Type.TEXT, MoveBody::stateToken).required().writeOnly();
        Map<String, Field<MoveBody, String>> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(
                    name,
                    shape.field(name, Type.TEXT, body -> body.values().get(name))
                            .required()
                            .writeOnly());
        }
        return shape.build(
                in -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    fields.forEach((name, field) -> values.put(name, in.get(field)));
                    return new MoveBody(in.get(token), values);
                });
    }

    /** A body whose state token may be missing, which is empty then. */
    static Shape<MoveBody> ifAny() {
        Shape.Builder<MoveBody> shape = Shape.of("authRequest");
        Field<MoveBody, String> token =
                shape.field("stateToken", Type.TEXT, MoveBody::stateToken).writeOnly();
        return shape.build(in -> new MoveBody(in.find(token).orElse(""), Map.of()));
    }

    /** A text that had to be there. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Says nothing: it holds secrets. */
    @Override
    public String toString() {
        return "MoveBody[…]";
    }
}
