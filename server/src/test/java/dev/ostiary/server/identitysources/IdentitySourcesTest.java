package dev.ostiary.server.identitysources;

import static dev.ostiary.server.identitysources.SourceGround.group;
import static dev.ostiary.server.identitysources.SourceGround.groups;
import static dev.ostiary.server.identitysources.SourceGround.members;
import static dev.ostiary.server.identitysources.SourceGround.user;
import static dev.ostiary.server.identitysources.SourceGround.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Identity sources")
class IdentitySourcesTest {

    private static final String UPSERT = "uploadIdentitySourceDataForUpsert";
    private static final String DELETE = "uploadIdentitySourceDataForDelete";
    private static final String GROUPS = "uploadIdentitySourceGroupsForUpsert";
    private static final String GROUPS_GONE = "uploadIdentitySourceGroupsDataForDelete";
    private static final String MEMBERS = "uploadIdentitySourceGroupMembershipsForUpsert";
    private static final String MEMBERS_GONE = "uploadIdentitySourceGroupMembershipsForDelete";

    private final SourceGround ground;

    IdentitySourcesTest(DatabaseAccess access) {
        ground = new SourceGround(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private static void refused(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    private String status(Org org, String source, String session) {
        return ground.in(org, source, session, "getIdentitySourceSession", "")
                .path("status")
                .asString();
    }

    @Test
    @DisplayName(
            "a session goes from CREATED over IN_PROGRESS and TRIGGERED to COMPLETED, and takes"
                    + " nothing more")
    void states() {
        Org org = ground.org("sources-states");
        String source = ground.source(org);
        JsonNode made = ground.on(org, source, "createIdentitySourceSession", "");
        String session = made.path("id").asString();
        assertThat(made.toString())
                .isEqualTo(
                        """
                        {"id":"%1$s","identitySourceId":"%2$s","status":"CREATED",\
                        "importType":"INCREMENTAL","created":"%3$s","lastUpdated":"%3$s"}"""
                                .formatted(session, source, made.path("created").asString()));
        String none = "Only a session that is in IN_PROGRESS status can be triggered.";
        refused(
                () -> ground.in(org, source, session, "startImportFromIdentitySource", ""),
                "E0000001",
                none);
        ground.in(org, source, session, UPSERT, users(user("e1", "ann@src.example")));
        assertThat(status(org, source, session)).isEqualTo("IN_PROGRESS");
        assertThat(
                        ground.in(org, source, session, "startImportFromIdentitySource", "")
                                .path("status")
                                .asString())
                .isEqualTo("TRIGGERED");
        refused(
                () -> ground.in(org, source, session, UPSERT, users(user("e2", "b@src.example"))),
                "E0000001",
                "Data can only be uploaded to a session that is in CREATED or IN_PROGRESS status.");
        refused(
                () -> ground.in(org, source, session, "deleteIdentitySourceSession", ""),
                "E0000001",
                "Only a session that is in CREATED or IN_PROGRESS status can be canceled.");
        ground.runs.runOpen();
        assertThat(status(org, source, session)).isEqualTo("COMPLETED");
        assertThat(ground.rows(org, "identity_source_load")).isZero();
        assertThat(ground.events(org, session))
                .containsExactly(
                        "system.import.session.created",
                        "system.identity_sources.bulk_upsert",
                        "system.import.session.triggered",
                        "system.import.start",
                        "system.import.complete");
    }

    @Test
    @DisplayName(
            "who is new begins STAGED with a mapped profile, and is a user of the source's app")
    void newcomer() {
        Org org = ground.org("sources-new");
        String source = ground.source(org);
        ground.imported(
                org,
                source,
                UPSERT,
                users(user("e1", "ann@src.example", ",\"mobilePhone\":\"1\"")));
        JsonNode user = ground.userOf(org, "ann@src.example");
        assertThat(user.path("status").asString()).isEqualTo("STAGED");
        assertThat(user.at("/profile/mobilePhone").asString()).isEqualTo("1");
        assertThat(user.at("/profile/firstName").asString()).isEqualTo("Isaac");
        String id = user.path("id").asString();
        JsonNode inApp =
                ground.call(org, "getApplicationUser", Map.of("appId", source, "userId", id), "");
        assertThat(inApp.path("externalId").asString()).isEqualTo("e1");
        assertThat(inApp.at("/credentials/userName").asString()).isEqualTo("ann@src.example");
        JsonNode shown = ground.user(org, source, "e1", "getIdentitySourceUser", "");
        assertThat(shown.path("profile").toString())
                .isEqualTo(
                        """
                        {"userName":"ann@src.example","firstName":"Isaac","lastName":"Brock",\
                        "email":"ann@src.example","secondEmail":null,"mobilePhone":"1",\
                        "homeAddress":null}""");
        assertThat(ground.user(org, source, id, "getIdentitySourceUser", "")).isEqualTo(shown);
        assertThat(ground.events(org, id))
                .containsExactlyInAnyOrder(
                        "user.lifecycle.create",
                        "application.user_membership.add",
                        "system.import.user.create");
    }

    @Test
    @DisplayName("an upsert changes what it names, and what it does not name stays")
    void upsertIsPartial() {
        Org org = ground.org("sources-partial");
        String source = ground.source(org);
        ground.imported(
                org,
                source,
                UPSERT,
                users(user("e1", "ann@src.example", ",\"mobilePhone\":\"1\"")));
        ground.imported(
                org,
                source,
                UPSERT,
                "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"e1\",\"profile\":"
                        + "{\"lastName\":\"Lee\",\"firstName\":\"Ann\"}}]}");
        JsonNode user = ground.userOf(org, "ann@src.example");
        assertThat(user.at("/profile/lastName").asString()).isEqualTo("Lee");
        assertThat(user.at("/profile/mobilePhone").asString()).isEqualTo("1");
        assertThat(ground.events(org, user.path("id").asString()))
                .contains("user.account.update_profile", "system.import.user.update");
        ground.imported(
                org,
                source,
                UPSERT,
                "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"e1\",\"profile\":"
                        + "{\"mobilePhone\":null,\"firstName\":\"Ann\"}}]}");
        assertThat(ground.userOf(org, "ann@src.example").at("/profile/mobilePhone").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("whom the source names first is the user who has the login already")
    void matches() {
        Org org = ground.org("sources-matches");
        String source = ground.source(org);
        String id =
                ground.call(
                                org,
                                "createUser",
                                Map.of(),
                                "activate=false",
                                """
                                {"profile":{"login":"Ann@src.example","email":"ann@src.example",
                                 "firstName":"Ann","lastName":"Lee","title":"Chief"}}""")
                        .path("id")
                        .asString();
        ground.imported(org, source, UPSERT, users(user("e1", "ann@src.example")));
        JsonNode user = ground.userOf(org, id);
        assertThat(user.at("/profile/lastName").asString()).isEqualTo("Brock");
        assertThat(user.at("/profile/title").asString()).isEqualTo("Chief");
        assertThat(ground.rows(org, "users")).isEqualTo(1);
        ground.imported(org, source, UPSERT, users(user("e2", "ann@src.example")));
        refused(() -> ground.user(org, source, "e2", "getIdentitySourceUser", ""), "E0000007");
    }

    @Test
    @DisplayName("an entity that cannot be written is passed over, the others are written")
    void passesOver() {
        Org org = ground.org("sources-bad");
        String source = ground.source(org);
        JsonNode session =
                ground.imported(
                        org,
                        source,
                        UPSERT,
                        users(
                                user("bad", "x"),
                                user("e1", "ann@src.example"),
                                user("twin", "ann@src.example"),
                                user("e2", "bob@src.example")));
        assertThat(session.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(ground.rows(org, "users")).isEqualTo(2);
        assertThat(ground.events(org, "bad")).containsExactly("system.import.user.create");
        assertThat(ground.events(org, "twin")).containsExactly("system.import.user.create");
    }

    @Test
    @DisplayName("who is deleted is deactivated, and active again when the source names it again")
    void leavesAndReturns() {
        Org org = ground.org("sources-leaves");
        String source = ground.source(org);
        ground.imported(org, source, UPSERT, users(user("e1", "ann@src.example")));
        ground.imported(
                org,
                source,
                DELETE,
                users("{\"externalId\":\"e1\"}", "{\"externalId\":\"unknown\"}"));
        JsonNode user = ground.userOf(org, "ann@src.example");
        assertThat(user.path("status").asString()).isEqualTo("DEPROVISIONED");
        refused(() -> ground.user(org, source, "e1", "getIdentitySourceUser", ""), "E0000007");
        assertThat(ground.events(org, user.path("id").asString()))
                .contains("user.lifecycle.deactivate", "system.import.user.delete");
        ground.imported(org, source, UPSERT, users(user("e1", "ann@src.example")));
        assertThat(ground.userOf(org, "ann@src.example").path("status").asString())
                .isEqualTo("PROVISIONED");
    }

    @Test
    @DisplayName("a delete of nobody whom the source knows leaves a fresh session as it is")
    void deletesNobody() {
        Org org = ground.org("sources-nobody");
        String source = ground.source(org);
        String session = ground.session(org, source);
        ground.in(org, source, session, DELETE, users("{\"externalId\":\"unknown\"}"));
        assertThat(status(org, source, session)).isEqualTo("CREATED");
    }

    @Test
    @DisplayName("groups of a source are APP_GROUPs, which only the source changes")
    void ofGroups() {
        Org org = ground.org("sources-groups");
        String source = ground.source(org);
        ground.imported(org, source, UPSERT, users(user("e1", "ann@src.example")));
        ground.imported(org, source, GROUPS, groups(group("g1", "West"), group("g2", "West")));
        JsonNode shown = ground.group(org, source, "g1", "getIdentitySourceGroup", "", "");
        String id = shown.path("id").asString();
        JsonNode group = ground.directory.get(org, id);
        assertThat(group.path("type").asString()).isEqualTo("APP_GROUP");
        assertThat(group.at("/source/id").asString()).isEqualTo(source);
        assertThat(group.at("/profile/name").asString()).isEqualTo("West");
        ground.imported(org, source, MEMBERS, members("g1", "e1", "unknown"));
        assertThat(
                        ground.group(org, source, "g1", "getIdentitySourceGroupMemberships", "", "")
                                .toString())
                .isEqualTo("{\"memberExternalIds\":[\"e1\"]}");
        String user = ground.userOf(org, "ann@src.example").path("id").asString();
        refused(
                () ->
                        ground.call(
                                org,
                                "unassignUserFromGroup",
                                Map.of("groupId", id, "userId", user),
                                ""),
                "E0000006");
        assertThat(ground.events(org, user)).contains("group.user_membership.add");
        ground.imported(org, source, MEMBERS_GONE, members("g1", "e1"));
        assertThat(ground.events(org, user)).contains("group.user_membership.remove");
        ground.imported(org, source, GROUPS_GONE, "{\"externalIds\":[\"g1\",\"unknown\"]}");
        refused(() -> ground.directory.get(org, id), "E0000007");
        assertThat(ground.rows(org, "identity_source_group")).isEqualTo(1);
    }

    @Test
    @DisplayName("single users are made, replaced, changed in part and deleted at once")
    void singleUsers() {
        Org org = ground.org("sources-single");
        String source = ground.source(org);
        ground.on(
                org,
                source,
                "createIdentitySourceUser",
                user("e1", "ann@src.example", ",\"mobilePhone\":\"1\",\"homeAddress\":\"here\""));
        refused(
                () ->
                        ground.on(
                                org,
                                source,
                                "createIdentitySourceUser",
                                user("e1", "bob@src.example")),
                "E0000001",
                "externalId: The user 'e1' of the identity source exists already");
        JsonNode patched =
                ground.user(
                        org,
                        source,
                        "e1",
                        "updateIdentitySourceUsers",
                        "{\"profile\":{\"lastName\":\"Lee\"}}");
        assertThat(patched.at("/profile/lastName").asString()).isEqualTo("Lee");
        assertThat(patched.at("/profile/homeAddress").asString()).isEqualTo("here");
        JsonNode replaced =
                ground.user(
                        org,
                        source,
                        "e1",
                        "replaceExistingIdentitySourceUser",
                        user("e1", "ann2@src.example"));
        assertThat(replaced.at("/profile/homeAddress").isNull()).isTrue();
        assertThat(ground.userOf(org, "ann2@src.example").at("/profile/mobilePhone").isNull())
                .isTrue();
        String id = replaced.path("id").asString();
        ground.user(org, source, "e1", "deleteIdentitySourceUser", "");
        assertThat(ground.userOf(org, id).path("status").asString()).isEqualTo("DEPROVISIONED");
        assertThat(ground.events(org, id))
                .contains(
                        "system.identity_sources.user.create",
                        "system.identity_sources.user.update",
                        "system.identity_sources.user.delete");
        refused(
                () ->
                        ground.on(
                                org,
                                source,
                                "createIdentitySourceUser",
                                "{\"externalId\":\"e9\",\"profile\":{\"userName\":5,\"shoe\":\"7\"}}"),
                "E0000001",
                "profile.userName: must be a string",
                "Property name 'shoe' is not defined in profile");
    }

    @Test
    @DisplayName("single groups are made, changed and deleted, and users join and leave them")
    void singleGroups() {
        Org org = ground.org("sources-single-groups");
        String source = ground.source(org);
        ground.on(org, source, "createIdentitySourceUser", user("e1", "ann@src.example"));
        JsonNode made = ground.on(org, source, "createIdentitySourceGroups", group("g1", "West"));
        String id = made.path("id").asString();
        assertThat(made.toString())
                .isEqualTo(
                        """
                        {"id":"%s","externalId":"g1","profile":{"displayName":"West",\
                        "description":null,"profile":{"displayName":"West","description":null}}}"""
                                .formatted(id));
        JsonNode changed =
                ground.group(
                        org,
                        source,
                        id,
                        "updateIdentitySourceGroups",
                        "",
                        "{\"profile\":{\"description\":\"All of them\"}}");
        assertThat(changed.at("/profile/description").asString()).isEqualTo("All of them");
        assertThat(changed.at("/profile/displayName").asString()).isEqualTo("West");
        String join = "createIdentitySourceGroupsMemberships";
        ground.group(org, source, "g1", join, "", "{\"memberExternalId\":\"e1\"}");
        refused(
                () -> ground.group(org, source, "g1", join, "", "{\"memberExternalId\":\"no\"}"),
                "E0000001",
                "memberExternalId: The identity source has no user 'no'");
        Map<String, String> member =
                Map.of(
                        "identitySourceId",
                        source,
                        "groupOrExternalId",
                        "g1",
                        "memberExternalId",
                        "e1");
        ground.call(org, "deleteIdentitySourceGroupMemberships", member, "");
        refused(
                () -> ground.call(org, "deleteIdentitySourceGroupMemberships", member, ""),
                "E0000007");
        ground.group(org, source, "g1", "deleteIdentitySourceGroup", "", "");
        assertThat(ground.events(org, id))
                .contains(
                        "system.identity_sources.group.create",
                        "system.identity_sources.group.update",
                        "system.identity_sources.group.user.assign",
                        "system.identity_sources.group.user.revoke",
                        "system.identity_sources.group.delete");
    }

    @Test
    @DisplayName("members come in pages, in the order of the source's ids")
    void pages() {
        Org org = ground.org("sources-pages");
        String source = ground.source(org);
        String[] people =
                IntStream.range(0, 5)
                        .mapToObj(i -> user("e" + i, "p" + i + "@src.example"))
                        .toArray(String[]::new);
        ground.imported(org, source, UPSERT, users(people));
        ground.imported(org, source, GROUPS, groups(group("g", "All")));
        ground.imported(org, source, MEMBERS, members("g", "e0", "e1", "e2", "e3", "e4"));
        var first =
                ground.directory.call(
                        org,
                        "getIdentitySourceGroupMemberships",
                        Map.of("identitySourceId", source, "groupOrExternalId", "g"),
                        "limit=2");
        String next =
                first.headers().stream()
                        .map(header -> header.value())
                        .filter(value -> value.endsWith("rel=\"next\""))
                        .findFirst()
                        .orElseThrow();
        String query = next.substring(next.indexOf('?') + 1, next.indexOf('>'));
        assertThat(
                        ground.group(
                                        org,
                                        source,
                                        "g",
                                        "getIdentitySourceGroupMemberships",
                                        query,
                                        "")
                                .toString())
                .isEqualTo("{\"memberExternalIds\":[\"e2\",\"e3\"]}");
    }

    @Test
    @DisplayName("a mapping of the app decides what users become")
    void mapped() {
        Org org = ground.org("sources-mapped");
        String source = ground.source(org);
        String mapping =
                ground.call(org, "listProfileMappings", Map.of(), "sourceId=" + source, "")
                        .get(0)
                        .path("id")
                        .asString();
        ground.call(
                org,
                "updateProfileMapping",
                Map.of("mappingId", mapping),
                """
                {"properties":{
                  "nickName":{"expression":"appuser.firstName + \\"!\\"","pushStatus":"PUSH"},
                  "title":{"expression":"\\"New\\"","pushStatus":"DONT_PUSH"},
                  "secondEmail":null}}""");
        ground.on(org, source, "createIdentitySourceUser", user("e1", "ann@src.example"));
        JsonNode user = ground.userOf(org, "ann@src.example");
        assertThat(user.at("/profile/nickName").asString()).isEqualTo("Isaac!");
        assertThat(user.at("/profile/title").asString()).isEqualTo("New");
        ground.user(
                org,
                source,
                "e1",
                "updateIdentitySourceUsers",
                "{\"profile\":{\"firstName\":\"Ann\",\"secondEmail\":\"a2@src.example\"}}");
        JsonNode after = ground.userOf(org, "ann@src.example");
        assertThat(after.at("/profile/nickName").asString()).isEqualTo("Ann!");
        assertThat(after.at("/profile/secondEmail").isNull()).isTrue();
    }

    @Test
    @DisplayName("bodies are bounded, and tell everything that is wrong")
    void bounds() {
        Org org = ground.org("sources-bounds");
        String source = ground.source(org);
        String session = ground.session(org, source);
        refused(
                () -> ground.in(org, source, session, UPSERT, "{\"profiles\":[]}"),
                "E0000001",
                "entityType: must be one of [USERS]",
                "profiles: The field cannot be left blank");
        String many =
                IntStream.range(0, 201)
                        .mapToObj(i -> "\"g" + i + "\"")
                        .collect(Collectors.joining(",", "{\"externalIds\":[", "]}"));
        refused(
                () -> ground.in(org, source, session, GROUPS_GONE, many),
                "E0000001",
                "externalIds: must have at most 200 elements");
        String same = users(user("e1", "a@src.example"), user("e1", "b@src.example"));
        refused(
                () -> ground.in(org, source, session, UPSERT, same),
                "E0000001",
                "profiles[1]: The external ID 'e1' is there twice");
        String large = users(user("e1", "x".repeat(205 * 1024)));
        refused(
                () -> ground.in(org, source, session, UPSERT, large),
                "E0000001",
                "The payload must not be larger than 204800 bytes");
        for (int i = 0; i < 50; i++) {
            ground.in(org, source, session, GROUPS_GONE, "{\"externalIds\":[\"x\"]}");
        }
        refused(
                () -> ground.in(org, source, session, GROUPS_GONE, "{\"externalIds\":[\"x\"]}"),
                "E0000001",
                "A session takes at most 50 requests with data.");
    }

    @Test
    @DisplayName("a source has one session at a time; one that is cancelled makes room")
    void oneAtATime() throws Exception {
        Org org = ground.org("sources-one");
        String source = ground.source(org);
        String session = ground.session(org, source);
        refused(
                () -> ground.session(org, source),
                "E0000001",
                "The session '" + session + "' of the identity source is still active: CREATED");
        ground.in(org, source, session, GROUPS, groups(group("g", "West")));
        ground.in(org, source, session, "deleteIdentitySourceSession", "");
        assertThat(status(org, source, session)).isEqualTo("CLOSED");
        assertThat(ground.rows(org, "identity_source_load")).isZero();
        List<String> made =
                AtOnce.call(
                        Collections.nCopies(
                                4,
                                () -> {
                                    try {
                                        return ground.session(org, source);
                                    } catch (ApiException refused) {
                                        return "";
                                    }
                                }));
        assertThat(made.stream().filter(id -> !id.isEmpty())).hasSize(1);
    }

    @Test
    @DisplayName("a session that nobody goes on with for a day has expired")
    void expires() {
        Org org = ground.org("sources-expires");
        String source = ground.source(org);
        String session = ground.session(org, source);
        ground.in(org, source, session, GROUPS, groups(group("g", "West")));
        ground.directory.pass(Duration.ofHours(25));
        assertThat(status(org, source, session)).isEqualTo("EXPIRED");
        refused(
                () -> ground.in(org, source, session, "startImportFromIdentitySource", ""),
                "E0000001",
                "Only a session that is in IN_PROGRESS status can be triggered.");
        ground.session(org, source);
        ground.runs.runOpen();
        assertThat(ground.events(org, session)).endsWith("system.import.session.expired");
        assertThat(ground.rows(org, "identity_source_load")).isZero();
    }

    @Test
    @DisplayName("what another org or another app has is not there")
    void walls() {
        Org org = ground.org("sources-walls");
        Org other = ground.org("sources-walls-other");
        String source = ground.source(org);
        String elsewhere = ground.source(org);
        String session = ground.session(org, source);
        ground.on(org, source, "createIdentitySourceUser", user("e1", "ann@src.example"));
        refused(() -> ground.on(other, source, "listIdentitySourceSessions", ""), "E0000007");
        refused(
                () -> ground.in(org, elsewhere, session, "getIdentitySourceSession", ""),
                "E0000007");
        refused(() -> ground.user(org, elsewhere, "e1", "getIdentitySourceUser", ""), "E0000007");
        String bookmark = ground.bookmark(org);
        refused(() -> ground.on(org, bookmark, "createIdentitySourceSession", ""), "E0000007");
    }

    @Test
    @DisplayName("two nodes at one import do everything once")
    void twoNodes() throws Exception {
        Org org = ground.org("sources-two");
        String source = ground.source(org);
        String session = ground.session(org, source);
        for (int load = 0; load < 10; load++) {
            int number = load;
            String[] people =
                    IntStream.range(0, 10)
                            .mapToObj(
                                    i ->
                                            user(
                                                    "e" + number + "-" + i,
                                                    "p" + number + "." + i + "@src.example"))
                            .toArray(String[]::new);
            ground.in(org, source, session, UPSERT, users(people));
        }
        ground.in(org, source, session, "startImportFromIdentitySource", "");
        AtOnce.call(
                Collections.nCopies(
                        2,
                        () -> {
                            ground.runs.runOpen();
                            return "";
                        }));
        ground.runs.runOpen();
        assertThat(status(org, source, session)).isEqualTo("COMPLETED");
        assertThat(ground.rows(org, "users")).isEqualTo(100);
        assertThat(ground.events(org, session))
                .filteredOn("system.import.complete"::equals)
                .hasSize(1);
    }
}
