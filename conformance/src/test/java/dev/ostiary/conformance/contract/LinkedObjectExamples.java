package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tags LinkedObject and UserLinkedObject. */
final class LinkedObjectExamples implements Examples.Family {

    private static final String DEFINITIONS = "/api/v1/meta/schemas/user/linkedObjects";

    @Override
    public void say(Examples examples) {
        definitions(examples, "");
        definitions(examples, "Default");
        values(examples);
    }

    private static void definitions(Examples examples, String which) {
        String variable = "linkedObjectName";
        examples.of(
                "create" + which + "LinkedObjectDefinition",
                stock -> Call.plain().body(definition(name(stock))));
        examples.of("list" + which + "LinkedObjectDefinitions", stock -> Call.plain());
        String get = "get" + which + "LinkedObjectDefinition";
        examples.of(get, stock -> Call.on(variable, made(stock)));
        examples.of(get, stock -> Call.on(variable, made(stock) + "_many"));
        examples.of(
                "delete" + which + "LinkedObjectDefinition",
                stock -> Call.on(variable, made(stock)));
    }

    private static void values(Examples examples) {
        examples.of(
                "assignLinkedObjectValueForPrimary",
                stock ->
                        Call.on("userIdOrLogin", stock.staged())
                                .and("primaryRelationshipName", made(stock))
                                .and("primaryUserId", stock.staged()));
        examples.of("listLinkedObjectsForUser", LinkedObjectExamples::linked);
        examples.of(
                "listLinkedObjectsForUser",
                stock ->
                        Call.on("userIdOrLogin", "me")
                                .and("relationshipName", made(stock) + "_many"));
        examples.of("deleteLinkedObjectForUser", LinkedObjectExamples::linked);
    }

    private static Call linked(Stock stock) {
        String user = stock.staged();
        String relation = made(stock);
        stock.http()
                .put("/api/v1/users/" + user + "/linkedObjects/" + relation + "/" + stock.staged())
                .expect(204);
        return Call.on("userIdOrLogin", user).and("relationshipName", relation);
    }

    private static String name(Stock stock) {
        return stock.name().replace('-', '_');
    }

    private static String made(Stock stock) {
        String name = name(stock);
        stock.http().post(DEFINITIONS, definition(name)).expect(201);
        return name;
    }

    private static ObjectNode definition(String name) {
        ObjectNode definition = Json.object();
        side(definition.putObject("primary"), name).put("description", "There is one of them");
        side(definition.putObject("associated"), name + "_many");
        return definition;
    }

    private static ObjectNode side(ObjectNode side, String name) {
        return side.put("name", name).put("title", "Title of " + name).put("type", "USER");
    }
}
