package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Type.Simple;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A group that somebody is in.
 *
 * @param id its id
 * @param name the name in its profile
 * @param type such as {@code OKTA_GROUP}
 * @param source id of the app that it comes from, if it comes from one
 * @param attributes what a projection finds besides: {@code created}, {@code profile} and others
 */
public record Group(
        String id, String name, String type, Optional<String> source, Value.Attributes attributes) {

    /** What a projection can name (Identity Engine, "Collection projections"). */
    static final Type.Thing TYPE = described();

    /** A group of which no more is known than groups are searched by. */
    public static Group of(String id, String name, String type) {
        return new Group(id, name, type, Optional.empty(), _ -> Value.NOTHING);
    }

    private static Type.Thing described() {
        Map<String, Type> attributes = new HashMap<>();
        attributes.put("id", Simple.TEXT);
        attributes.put("name", Simple.TEXT);
        attributes.put("type", Simple.TEXT);
        attributes.put("created", Simple.TEXT);
        attributes.put("lastUpdated", Simple.TEXT);
        attributes.put("lastMembershipUpdated", Simple.TEXT);
        attributes.put("objectClass", new Type.ArrayOf(Simple.TEXT));
        attributes.put("profile", new Type.Thing("group profile", Map.of(), true));
        return new Type.Thing("Group", attributes, false);
    }

    /** The group as a value. */
    Value asValue() {
        Value profile =
                new Value.Thing(
                        name ->
                                name.equals("name")
                                        ? new Value.Text(this.name)
                                        : attributes.get("profile")
                                                        instanceof
                                                        Value.Thing(Value.Attributes others)
                                                ? others.get(name)
                                                : Value.NOTHING);
        return new Value.Thing(
                attribute ->
                        switch (attribute) {
                            case "id" -> new Value.Text(id);
                            case "name" -> new Value.Text(name);
                            case "type" -> new Value.Text(type);
                            case "profile" -> profile;
                            default -> attributes.get(attribute);
                        });
    }
}
