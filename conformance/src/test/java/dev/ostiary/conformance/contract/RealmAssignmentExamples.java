package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tag RealmAssignment. Its realms take nobody, so that other examples' users stay at home. */
final class RealmAssignmentExamples implements Examples.Family {

    private static final String ASSIGNMENTS = "/api/v1/realm-assignments";
    private static final String VARIABLE = "assignmentId";

    @Override
    public void say(Examples examples) {
        examples.of("listRealmAssignments", stock -> Call.plain().query("limit=1"));
        examples.of("createRealmAssignment", stock -> Call.plain().body(assignment(stock)));
        examples.of("getRealmAssignment", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("getRealmAssignment", stock -> Call.on(VARIABLE, catchAll(stock)));
        examples.of(
                "replaceRealmAssignment",
                stock -> {
                    ObjectNode other = assignment(stock);
                    other.putObject("conditions")
                            .put("profileSourceId", "0oa" + stock.org().id().substring(3));
                    return Call.on(VARIABLE, made(stock)).body(other);
                });
        examples.of("activateRealmAssignment", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("deactivateRealmAssignment", stock -> Call.on(VARIABLE, active(stock)));
        examples.of("deleteRealmAssignment", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listRealmAssignmentOperations", stock -> Call.plain().query("limit=1"));
        examples.of(
                "executeRealmAssignment",
                stock -> Call.plain().body(Json.object().put(VARIABLE, active(stock))));
        examples.of(
                "executeRealmAssignment",
                stock -> Call.plain().body(Json.object().put(VARIABLE, "ALL")));
    }

    static String active(Stock stock) {
        String id = made(stock);
        stock.http().post(ASSIGNMENTS + "/" + id + "/lifecycle/activate").expect(204);
        return id;
    }

    static String made(Stock stock) {
        return stock.http().post(ASSIGNMENTS, assignment(stock)).expect(201).text("id");
    }

    private static String catchAll(Stock stock) {
        return "rul" + stock.org().id().substring(3);
    }

    private static ObjectNode assignment(Stock stock) {
        makeRoom(stock);
        ObjectNode realm = Json.object();
        realm.putObject("profile")
                .put("name", stock.name())
                .putArray("domains")
                .add("nobody.invalid");
        ObjectNode body = Json.object().put("name", stock.name());
        body.putObject("conditions")
                .putObject("expression")
                .put("value", "user.profile.login.contains(\"@nobody.invalid\")");
        body.putObject("actions")
                .putObject("assignUserToRealm")
                .put("realmId", stock.http().post("/api/v1/realms", realm).expect(200).text("id"));
        return body;
    }

    /** There are 500 at most, so the oldest go when it gets narrow. */
    private static void makeRoom(Stock stock) {
        JsonNode late = stock.http().get(ASSIGNMENTS + "?limit=2&after=450").expect(200).json();
        if (late.size() > 1) {
            stock.http()
                    .get(ASSIGNMENTS + "?limit=200")
                    .expect(200)
                    .json()
                    .forEach(
                            old ->
                                    stock.http()
                                            .delete(ASSIGNMENTS + "/" + old.path("id").asString()));
        }
    }
}
