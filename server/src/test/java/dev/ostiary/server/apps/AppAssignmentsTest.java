package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Assignments of apps")
class AppAssignmentsTest {

    private static final String PLUGIN =
            """
            {"name": "template_swa", "label": "Plugin", "signOnMode": "BROWSER_PLUGIN",
             "settings": {"app": {"buttonField": "b", "passwordField": "p", "usernameField": "u",
                "url": "https://a.example"}}}""";

    private final TestApps apps;
    private final TestDirectory directory;

    AppAssignmentsTest(DatabaseAccess access) {
        apps = new TestApps(access);
        directory = apps.directory;
    }

    @AfterAll
    void close() {
        apps.close();
    }

    private JsonNode assign(Org org, String app, String body) {
        return json(directory.call(org, "assignUserToApplication", Map.of("appId", app), "", body));
    }

    private JsonNode assignGroup(Org org, String app, String group, String body) {
        return json(apps.of(org, "assignGroupToApplication", app, "groupId", group, body));
    }

    private JsonNode user(Org org, String app, String user) {
        return json(apps.of(org, "getApplicationUser", app, "userId", user, ""));
    }

    private List<String> users(Org org, String app, String query) {
        return TestDirectory.ids(
                directory.call(org, "listApplicationUsers", Map.of("appId", app), query));
    }

    private boolean assigned(Org org, String app, String user) {
        return apps.labels(org, "filter=user.id+eq+%22" + user + "%22").contains(label(org, app));
    }

    private String label(Org org, String app) {
        return apps.get(org, app).path("label").asString();
    }

    @Test
    @DisplayName("given a user and an app, then the assignment is as the wire has it")
    void whole() {
        Org org = directory.org("assigned-whole");
        String app = id(apps.bookmark(org, "News"));
        String user = directory.user(org, "ann@org.example");
        JsonNode made = assign(org, app, "{\"id\": \"" + user + "\", \"scope\": \"USER\"}");
        assertThat(made.toString())
                .isEqualTo(
                        """
                        {"id":"%1$s","externalId":null,"created":"%3$s","lastUpdated":"%3$s",\
                        "scope":"USER","status":"ACTIVE","statusChanged":"%3$s",\
                        "passwordChanged":null,"syncState":"DISABLED","lastSync":null,\
                        "credentials":{"userName":"ann@org.example"},"profile":{},\
                        "_links":{"app":{"href":"https://org.example/api/v1/apps/%2$s"},\
                        "user":{"href":"https://org.example/api/v1/users/%1$s"}}}"""
                                .formatted(user, app, made.path("created").asString()));
        assertThat(user(org, app, user)).isEqualTo(made);
        assertThat(users(org, app, "")).containsExactly(user);
        assertThat(users(org, app, "q=ann")).containsExactly(user);
        assertThat(users(org, app, "q=bob")).isEmpty();
        assertThat(assigned(org, app, user)).isTrue();
        assertThat(
                        json(apps.list(
                                        org,
                                        "filter=user.id+eq+%22" + user + "%22&expand=user/" + user))
                                .get(0)
                                .at("/_embedded/user/id")
                                .asString())
                .isEqualTo(user);
        assertThat(
                        json(directory.call(org, "listAppLinks", Map.of("id", user), ""))
                                .get(0)
                                .path("label")
                                .asString())
                .isEqualTo("News");
        assertThat(apps.of(org, "unassignUserFromApplication", app, "userId", user, "").status())
                .isEqualTo(204);
        TestDirectory.notFound(() -> user(org, app, user), user, "AppUser");
        assertThat(assigned(org, app, user)).isFalse();
        assertThat(directory.events(org))
                .contains(
                        "application.user_membership.add AppInstance:" + app + " User:" + user,
                        "application.user_membership.remove AppInstance:" + app + " User:" + user);
    }

    @Test
    @DisplayName("members of a group have its apps, for as long as they are members")
    void byGroup() {
        Org org = directory.org("assigned-group");
        String app = id(apps.bookmark(org, "Team news"));
        String group = directory.group(org, "Team");
        String ann = directory.user(org, "ann@org.example");
        String bob = directory.user(org, "bob@org.example");
        directory.member("assignUserToGroup", org, group, ann);
        assertThat(users(org, app, "")).isEmpty();
        JsonNode made = assignGroup(org, app, group, "{}");
        assertThat(made.path("priority").asInt()).isZero();
        assertThat(users(org, app, "")).containsExactly(ann);
        directory.member("assignUserToGroup", org, group, bob);
        assertThat(users(org, app, "limit=1")).containsExactly(ann);
        assertThat(user(org, app, bob).path("scope").asString()).isEqualTo("GROUP");
        assertThat(user(org, app, bob).at("/_links/group/href").asString()).endsWith(group);
        assertThat(
                        json(
                                directory.call(
                                        org,
                                        "listAssignedApplicationsForGroup",
                                        Map.of("groupId", group),
                                        "")))
                .hasSize(1);
        refused(
                () -> apps.of(org, "unassignUserFromApplication", app, "userId", ann, ""),
                "E0000046",
                "The user is assigned to the application by a group, and leaves it with the"
                        + " group.");
        directory.member("unassignUserFromGroup", org, group, bob);
        assertThat(assigned(org, app, bob)).isFalse();
        directory.call(org, "deleteGroup", Map.of("groupId", group), "");
        assertThat(users(org, app, "")).isEmpty();
        assertThat(directory.events(org))
                .contains(
                        "group.application_assignment.add AppInstance:"
                                + app
                                + " UserGroup:"
                                + group,
                        "group.application_assignment.remove AppInstance:"
                                + app
                                + " UserGroup:"
                                + group);
    }

    @Test
    @DisplayName("given Everyone, then every user has the app, page by page")
    void everyone() {
        Org org = directory.org("assigned-everyone");
        String app = id(apps.bookmark(org, "All"));
        List<String> all =
                directory.users(
                        org,
                        IntStream.range(0, 7).mapToObj(i -> "u" + i + "@org.example").toList());
        assign(org, app, "{\"id\": \"" + all.get(3) + "\"}");
        assignGroup(org, app, directory.everyone(org), "{}");
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of("?limit=3");
        while (next.isPresent()) {
            Reply page =
                    directory.call(
                            org,
                            "listApplicationUsers",
                            Map.of("appId", app),
                            next.get().split("\\?", 2)[1]);
            seen.addAll(TestDirectory.ids(page));
            next = TestDirectory.link(page, "next");
        }
        assertThat(seen).containsExactlyElementsOf(all);
        assertThat(user(org, app, all.get(3)).path("scope").asString()).isEqualTo("USER");
    }

    @Test
    @DisplayName("P39 priorities have no holes and no doubles, whoever assigns at once")
    void priorities() throws Exception {
        Org org = directory.org("assigned-priorities");
        String app = id(apps.bookmark(org, "Ordered"));
        List<String> groups =
                IntStream.range(0, 6).mapToObj(i -> directory.group(org, "G" + i)).toList();
        List<Callable<JsonNode>> calls = new ArrayList<>();
        groups.forEach(g -> calls.add(() -> assignGroup(org, app, g, "{\"priority\": 0}")));
        AtOnce.call(calls);
        assertThat(order(org, app)).hasSize(6);
        String last = order(org, app).getLast();
        assignGroup(org, app, last, "{\"priority\": 1}");
        assertThat(order(org, app).get(1)).isEqualTo(last);
        assignGroup(org, app, last, "{\"priority\": 99}");
        assertThat(order(org, app).getLast()).isEqualTo(last);
        String first = order(org, app).getFirst();
        apps.of(org, "unassignApplicationFromGroup", app, "groupId", first, "");
        assertThat(order(org, app)).hasSize(5).doesNotContain(first);
        json(
                apps.of(
                        org,
                        "updateGroupAssignmentToApplication",
                        app,
                        "groupId",
                        last,
                        "[{\"op\": \"replace\", \"path\": \"/priority\", \"value\": 0}]"));
        assertThat(order(org, app).getFirst()).isEqualTo(last);
    }

    /** Groups in the order of their priorities, which count from 0 without holes. */
    private List<String> order(Org org, String app) {
        JsonNode all =
                json(
                        directory.call(
                                org, "listApplicationGroupAssignments", Map.of("appId", app), ""));
        List<JsonNode> sorted =
                all.valueStream()
                        .sorted(
                                java.util.Comparator.comparingInt(
                                        each -> each.path("priority").asInt()))
                        .toList();
        assertThat(sorted)
                .extracting(each -> each.path("priority").asInt())
                .containsExactlyElementsOf(IntStream.range(0, sorted.size()).boxed().toList());
        return sorted.stream().map(each -> each.path("id").asString()).toList();
    }

    @Test
    @DisplayName("names and passwords in an app go by its scheme, and no password is shown")
    void credentials() {
        Org org = directory.org("assigned-credentials");
        String app = id(apps.create(org, PLUGIN));
        String bookmark = id(apps.bookmark(org, "Plain"));
        String user = directory.user(org, "ann@org.example");
        String body =
                "{\"id\": \""
                        + user
                        + "\", \"credentials\": {\"userName\": \"annie\", \"password\": {\"value\":"
                        + " \"very secret\"}}}";
        JsonNode made = assign(org, app, body);
        assertThat(made.path("credentials").toString())
                .isEqualTo("{\"userName\":\"annie\",\"password\":{}}");
        assertThat(made.path("passwordChanged").isNull()).isFalse();
        JsonNode plain = assign(org, bookmark, body);
        assertThat(plain.path("credentials").toString()).isEqualTo("{\"userName\":\"annie\"}");
        assertThat(plain.path("passwordChanged").isNull()).isTrue();
        String synced =
                PLUGIN.replace(
                        "\"settings\"",
                        "\"credentials\": {\"scheme\": \"EXTERNAL_PASSWORD_SYNC\"}, \"settings\"");
        String other = id(apps.create(org, synced));
        refused(
                () -> assign(org, other, body),
                "E0000041",
                "User level credentials should not be provided for this scheme.");
        JsonNode renamed =
                json(
                        apps.of(
                                org,
                                "updateApplicationUser",
                                app,
                                "userId",
                                user,
                                "{\"credentials\": {\"userName\": \"nan\"}}"));
        assertThat(renamed.at("/credentials/userName").asString()).isEqualTo("nan");
        assertThat(directory.events(org))
                .anyMatch(e -> e.startsWith("application.user_membership.change_username"));
    }

    @Test
    @DisplayName("profiles are laid together of mappings, groups and what was set")
    void profiles() {
        Org org = directory.org("assigned-profiles");
        String app = id(apps.bookmark(org, "Profiled"));
        String user = directory.user(org, "ann@org.example");
        String schema =
                """
                {"definitions": {"custom": {"properties": {
                   "role": {"title": "Role", "type": "string"},
                   "level": {"title": "Level", "type": "integer"}}}}}""";
        JsonNode changed =
                json(
                        directory.call(
                                org,
                                "updateApplicationUserProfile",
                                Map.of("appId", app),
                                "",
                                schema));
        assertThat(changed.at("/definitions/custom/properties").propertyNames())
                .containsExactlyInAnyOrder("role", "level");
        assertThat(changed.path("id").asString())
                .isEqualTo("https://org.example/meta/schemas/apps/" + app + "/default");
        String mapping =
                json(directory.call(org, "listProfileMappings", Map.of(), "targetId=" + app))
                        .get(0)
                        .path("id")
                        .asString();
        assertThat(mapping).startsWith("prm");
        map(
                org,
                mapping,
                """
                {"properties": {
                   "email": {"expression": "user.login", "pushStatus": "PUSH"},
                   "role": {"expression": "user.firstName + '!'", "pushStatus": "DONT_PUSH"}}}""");
        JsonNode made = assign(org, app, "{\"id\": \"" + user + "\", \"profile\": {\"level\": 3}}");
        assertThat(made.path("profile"))
                .isEqualTo(
                        Json.parse(
                                "{\"email\":\"ann@org.example\",\"role\":\"Ann!\",\"level\":3}"));
        refused(
                () ->
                        apps.of(
                                org,
                                "updateApplicationUser",
                                app,
                                "userId",
                                user,
                                "{\"profile\": {\"wish\": 1}}"),
                "E0000001",
                "Property name 'wish' is not defined in profile");
        refused(
                () -> map(org, mapping, "{\"properties\": {\"wish\": {\"expression\": \"1\"}}}"),
                "E0000001",
                "Invalid target field wish");
        String group = directory.group(org, "Profiled");
        String bob = directory.user(org, "bob@org.example");
        directory.member("assignUserToGroup", org, group, bob);
        assignGroup(org, app, group, "{\"profile\": {\"role\": \"member\"}}");
        assertThat(user(org, app, bob).path("profile"))
                .isEqualTo(Json.parse("{\"email\":\"bob@org.example\",\"role\":\"member\"}"));
    }

    private JsonNode map(Org org, String mapping, String body) {
        return json(
                directory.call(
                        org, "updateProfileMapping", Map.of("mappingId", mapping), "", body));
    }

    @Test
    @DisplayName("a user who is deactivated has no apps any more")
    void farewell() {
        Org org = directory.org("assigned-farewell");
        String app = id(apps.bookmark(org, "News"));
        String user = directory.user(org, "ann@org.example");
        assign(org, app, "{\"id\": \"" + user + "\"}");
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            apps.farewells.remove(tx, org, user);
                            return true;
                        });
        assertThat(users(org, app, "")).isEmpty();
        assertThat(directory.events(org))
                .contains(
                        "application.user_membership.remove AppInstance:" + app + " User:" + user);
    }

    @Test
    @DisplayName("P40 users, groups and apps of different orgs never meet")
    void walls() {
        Org org = directory.org("assigned-walls");
        Org other = directory.org("assigned-walls-2");
        String app = id(apps.bookmark(org, "Mine"));
        String theirs = directory.user(other, "eve@org.example");
        String group = directory.group(other, "Theirs");
        TestDirectory.notFound(
                () -> assign(org, app, "{\"id\": \"" + theirs + "\"}"), theirs, "User");
        TestDirectory.notFound(() -> assignGroup(org, app, group, "{}"), group, "UserGroup");
        TestDirectory.notFound(() -> users(other, app, ""), app, "AppInstance");
        TestDirectory.notFound(() -> assignGroup(other, app, group, "{}"), app, "AppInstance");
    }
}
