package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.JsonNode;

/**
 * The tags ApplicationUsers, ApplicationGroups and ProfileMapping, and the schemas of app users.
 */
final class AppAssignmentExamples implements Examples.Family {

    private static final String APP = AppExamples.VARIABLE;
    private static final String USER = "userId";
    private static final String GROUP = "groupId";

    @Override
    public void say(Examples examples) {
        users(examples);
        groups(examples);
        examples.of("listAssignedApplicationsForGroup", stock -> Call.on(GROUP, stock.group()));
        examples.of(
                "listAssignedApplicationsForGroup",
                stock -> Call.on(GROUP, String.valueOf(onGroup(stock).variables().get(GROUP))));
        examples.of("listAppLinks", stock -> Call.on("id", linked(stock)));
        examples.of("getApplicationUserSchema", stock -> Call.on(APP, bookmark(stock)));
        examples.of(
                "updateApplicationUserProfile",
                stock ->
                        Call.on(APP, bookmark(stock))
                                .optionalBody(
                                        """
                                        {"definitions": {"custom": {"properties": {
                                           "role": {"title": "Role", "type": "string"}}}}}"""));
        mappings(examples);
    }

    private static void users(Examples examples) {
        examples.of(
                "listApplicationUsers",
                stock -> Call.on(APP, String.valueOf(onUser(stock).variables().get(APP))));
        examples.of(
                "listApplicationUsers",
                stock ->
                        Call.on(APP, String.valueOf(onGroup(stock).variables().get(APP)))
                                .query("q=stock&expand=user&limit=10"));
        examples.of(
                "assignUserToApplication",
                stock -> {
                    String user = stock.staged();
                    return Call.on(APP, bookmark(stock))
                            .body("{\"id\": \"" + user + "\", \"scope\": \"USER\"}");
                });
        examples.of("getApplicationUser", AppAssignmentExamples::onUser);
        examples.of(
                "updateApplicationUser",
                stock ->
                        onUser(stock)
                                .body(
                                        "{\"credentials\": {\"userName\": \"other\"}, \"profile\":"
                                                + " {\"email\": \"other@example.com\"}}"));
        examples.of(
                "updateApplicationUser",
                stock -> {
                    String app = AppExamples.make(stock, AppExamples.plugin());
                    String user = stock.staged();
                    assign(stock, app, user);
                    return Call.on(APP, app)
                            .and(USER, user)
                            .body("{\"credentials\": {\"password\": {\"value\": \"a word\"}}}");
                });
        examples.of("unassignUserFromApplication", AppAssignmentExamples::onUser);
    }

    private static void groups(Examples examples) {
        examples.of(
                "listApplicationGroupAssignments",
                stock -> Call.on(APP, String.valueOf(onGroup(stock).variables().get(APP))));
        examples.of(
                "assignGroupToApplication",
                stock ->
                        Call.on(APP, bookmark(stock))
                                .and(GROUP, stock.group())
                                .optionalBody("{\"priority\": 0}"));
        examples.of(
                "assignGroupToApplication",
                stock ->
                        onGroup(stock)
                                .optionalBody("{\"profile\": {\"email\": \"all@example.com\"}}"));
        examples.refused(
                "updateGroupAssignmentToApplication",
                400,
                "E0000003",
                "an example whose body is an array: AppAssignmentsTest has one",
                AppAssignmentExamples::onGroup);
        examples.of("getApplicationGroupAssignment", AppAssignmentExamples::onGroup);
        examples.of("unassignApplicationFromGroup", AppAssignmentExamples::onGroup);
    }

    private static void mappings(Examples examples) {
        examples.of("listProfileMappings", stock -> Call.plain().query("limit=1"));
        examples.of("getProfileMapping", stock -> Call.on("mappingId", mapping(stock)));
        examples.of(
                "updateProfileMapping",
                stock ->
                        Call.on("mappingId", mapping(stock))
                                .body(
                                        """
                                        {"properties": {"email": {"expression": "user.email",
                                           "pushStatus": "PUSH"}}}"""));
    }

    private static String mapping(Stock stock) {
        String app = bookmark(stock);
        JsonNode found =
                stock.http().get("/api/v1/mappings?targetId=" + app).expect(200).json().get(0);
        return found.path("id").asString();
    }

    private static Call onUser(Stock stock) {
        String app = AppExamples.client(stock);
        String user = stock.staged();
        assign(stock, app, user);
        return Call.on(APP, app).and(USER, user);
    }

    private static void assign(Stock stock, String app, String user) {
        stock.http()
                .post(
                        AppExamples.APPS + "/" + app + "/users",
                        Json.object().put("id", user).put("scope", "USER"))
                .expect(200);
    }

    private static Call onGroup(Stock stock) {
        String app = bookmark(stock);
        String group = stock.group();
        stock.join(group, stock.staged());
        stock.http().put(AppExamples.APPS + "/" + app + "/groups/" + group, "{}").expect(200);
        return Call.on(APP, app).and(GROUP, group);
    }

    private static String linked(Stock stock) {
        String user = stock.staged();
        assign(stock, bookmark(stock), user);
        return user;
    }

    private static String bookmark(Stock stock) {
        return AppExamples.make(stock, AppExamples.bookmark());
    }
}
