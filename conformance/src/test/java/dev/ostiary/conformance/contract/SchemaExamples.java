package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tags Schema, UserType and UISchema. */
final class SchemaExamples implements Examples.Family {

    @Override
    public void say(Examples examples) {
        types(examples);
        schemas(examples);
        forms(examples);
    }

    private static void forms(Examples examples) {
        examples.of("listUISchemas", stock -> Call.plain());
        examples.of("createUISchema", stock -> Call.plain().body(form("Sign up")));
        examples.of("getUISchema", stock -> Call.on("id", formMade(stock)));
        examples.of(
                "replaceUISchemas", stock -> Call.on("id", formMade(stock)).body(form("Welcome")));
        examples.of("deleteUISchemas", stock -> Call.on("id", formMade(stock)));
    }

    private static String formMade(Stock stock) {
        return stock.http().post("/api/v1/meta/uischemas", form("Form")).expect(200).text("id");
    }

    private static ObjectNode form(String label) {
        ObjectNode body = Json.object();
        ObjectNode form = body.putObject("uiSchema");
        form.put("type", "Group").put("label", label).put("buttonLabel", "Go");
        ObjectNode element = form.putArray("elements").addObject();
        element.put("type", "Control").put("label", "Country");
        element.put("scope", "#/properties/countryCode");
        element.putObject("options").put("format", "select");
        return body;
    }

    private static void types(Examples examples) {
        examples.of("listUserTypes", stock -> Call.plain());
        // there are ten at most, so an example makes room for itself
        examples.of("createUserType", stock -> Call.plain().body(room(stock)));
        examples.of("getUserType", stock -> Call.on("typeId", made(stock)));
        examples.of("getUserType", stock -> Call.on("typeId", "default"));
        examples.of(
                "updateUserType",
                stock ->
                        Call.on("typeId", made(stock))
                                .body("{\"displayName\":\"Freelancer\",\"description\":\"x\"}"));
        examples.of(
                "replaceUserType",
                stock -> {
                    ObjectNode type = room(stock);
                    return Call.on("typeId", made(stock)).body(type);
                });
        examples.of("deleteUserType", stock -> Call.on("typeId", made(stock)));
    }

    private static void schemas(Examples examples) {
        examples.of("getUserSchema", stock -> Call.on("schemaId", schema(stock)));
        examples.of("getUserSchema", stock -> Call.on("schemaId", "default"));
        examples.of(
                "updateUserProfile",
                stock -> Call.on("schemaId", schema(stock)).body(attribute(stock)));
        examples.of("getGroupSchema", stock -> Call.plain());
        examples.of("updateGroupSchema", stock -> Call.plain().body(attribute(stock)));
    }

    private static String schema(Stock stock) {
        return "osc" + made(stock).substring(3);
    }

    private static ObjectNode attribute(Stock stock) {
        ObjectNode body = Json.object();
        ObjectNode attribute =
                body.putObject("definitions")
                        .putObject("custom")
                        .put("id", "#custom")
                        .put("type", "object")
                        .putObject("properties")
                        .putObject(word(stock));
        attribute.put("title", "Size").put("description", "of shirts").put("type", "string");
        attribute.putArray("enum").add("S").add("L");
        attribute.putArray("oneOf").addObject().put("const", "S").put("title", "Small");
        attribute.withArray("oneOf").addObject().put("const", "L").put("title", "Large");
        attribute
                .putArray("permissions")
                .addObject()
                .put("principal", "SELF")
                .put("action", "READ_WRITE");
        return body;
    }

    private static String made(Stock stock) {
        return stock.http().post("/api/v1/meta/types/user", room(stock)).expect(200).text("id");
    }

    /** A type that can be made: others have gone. */
    private static ObjectNode room(Stock stock) {
        var types = stock.http().get("/api/v1/meta/types/user").expect(200).json();
        if (types.size() > 6) {
            types.valueStream()
                    .filter(type -> !type.path("default").booleanValue())
                    .limit(3)
                    .forEach(
                            type ->
                                    stock.http()
                                            .delete(
                                                    "/api/v1/meta/types/user/"
                                                            + type.path("id").asString()));
        }
        return Json.object()
                .put("name", word(stock))
                .put("displayName", "Contractor")
                .put("description", "Works for a while");
    }

    private static String word(Stock stock) {
        return "n" + stock.name().replaceAll("[^A-Za-z0-9_]", "_");
    }
}
