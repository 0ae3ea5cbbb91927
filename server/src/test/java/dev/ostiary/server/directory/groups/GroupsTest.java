package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
class GroupsTest {

    private static final String TAKEN =
            "name: An object with this field already exists in the current organization";

    private final TestDirectory directory;
    private final Org org;
    private final Org other;

    GroupsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("groups");
        other = directory.org("groups-other");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("a created group reads as on the wire, links included")
    void created() {
        JsonNode made =
                directory.add(
                        org, "{\"profile\":{\"name\":\"West\",\"description\":\"Coast\"},\"x\":1}");
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "created",
                        "lastUpdated",
                        "lastMembershipUpdated",
                        "objectClass",
                        "type",
                        "profile",
                        "_links");
        assertThat(made.path("id").stringValue()).startsWith("00g").hasSize(20);
        assertThat(made.path("objectClass").toString()).isEqualTo("[\"okta:user_group\"]");
        assertThat(made.path("type").stringValue()).isEqualTo("OKTA_GROUP");
        assertThat(made.path("profile").toString())
                .isEqualTo("{\"name\":\"West\",\"description\":\"Coast\"}");
        assertThat(made.at("/_links/logo/0/name").stringValue()).isEqualTo("medium");
        assertThat(made.at("/_links/logo/1/type").stringValue()).isEqualTo("image/png");
        assertThat(made.at("/_links/users/href").stringValue())
                .endsWith("/api/v1/groups/" + made.path("id").stringValue() + "/users");
        assertThat(made.at("/_links/owners/href").stringValue())
                .endsWith("/api/v1/groups/" + made.path("id").stringValue() + "/owners");
        assertThat(directory.get(org, made.path("id").stringValue())).isEqualTo(made);
    }

    @Test
    @DisplayName(
            "P8 a group without a description says null, and any name of 255 characters is kept")
    void profile() {
        String name = "\uD83D\uDE00".repeat(255);
        String id = directory.group(org, name);
        JsonNode profile = directory.get(org, id).path("profile");
        assertThat(profile.path("name").stringValue()).isEqualTo(name);
        assertThat(profile.path("description").isNull()).isTrue();
    }

    @Test
    @DisplayName("P6 every property that is wrong is named at once, an unknown one too")
    void wrongProfiles() {
        refused("{}", "profile", "profile: The field cannot be left blank");
        refused("{\"profile\":{}}", "name", "name: The field cannot be left blank");
        refused("{\"profile\":{\"name\":\" \"}}", "name", "name: The field cannot be left blank");
        refused(
                "{\"profile\":{\"name\":\"" + "n".repeat(256) + "\",\"description\":7}}",
                "name",
                "name: The field is too long: at most 255 characters are allowed",
                "description: must be a string");
        refused(
                "{\"profile\":{\"name\":\"a\",\"x\":1}}",
                "profile",
                "Property name 'x' is not defined in profile");
        refused(
                "{\"profile\":{\"name\":\"a\",\"description\":\"" + "d".repeat(1025) + "\"}}",
                "description",
                "description: The field is too long: at most 1024 characters are allowed");
    }

    @Test
    @DisplayName("a name is taken once in an org, whatever its case, and free in another")
    void takenName() {
        directory.group(org, "Taken");
        refused("{\"profile\":{\"name\":\"tAKEN\"}}", "name", TAKEN);
        refused("{\"profile\":{\"name\":\"everyone\"}}", "name", TAKEN);
        directory.group(other, "Taken");
        String id = directory.group(org, "Not taken");
        error(
                () -> directory.replace(org, id, "{\"profile\":{\"name\":\"taken\"}}"),
                "E0000001",
                TAKEN);
    }

    @Test
    @DisplayName("P39 of many who take a name at once, one gets it")
    void takenAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries =
                    IntStream.range(0, 8).mapToObj(i -> threads.submit(this::takes)).toList();
            int taken = 0;
            for (Future<Boolean> attempt : tries) {
                taken += attempt.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }

    private boolean takes() {
        try {
            directory.group(org, "Raced");
            return true;
        } catch (ApiException e) {
            assertThat(e.causes()).containsExactly(TAKEN);
            return false;
        }
    }

    @Test
    @DisplayName("a replaced profile is a new one entirely; the same again changes nothing")
    void replaced() {
        JsonNode made =
                directory.add(org, "{\"profile\":{\"name\":\"Old\",\"description\":\"d\"}}");
        String id = made.path("id").stringValue();
        JsonNode changed = directory.replace(org, id, "{\"profile\":{\"name\":\"New\"}}");
        assertThat(changed.at("/profile/description").isNull()).isTrue();
        assertThat(changed.path("lastUpdated").stringValue())
                .isGreaterThan(made.path("lastUpdated").stringValue());
        assertThat(changed.path("created")).isEqualTo(made.path("created"));
        assertThat(directory.replace(org, id, "{\"profile\":{\"name\":\"New\"}}"))
                .isEqualTo(changed);
        assertThat(directory.events(org))
                .filteredOn(event -> event.endsWith(id))
                .containsExactly(
                        "group.lifecycle.create UserGroup:" + id,
                        "group.profile.update UserGroup:" + id);
        assertThat(directory.names(org, "q=Old")).isEmpty();
        assertThat(directory.names(org, "q=New")).containsExactly("New");
    }

    @Test
    @DisplayName("P10 a deleted group is gone with its memberships; deleting it again is 404")
    void deleted() {
        String id = directory.group(org, "Gone");
        String user = directory.user(org, "gone@org.example");
        directory.member("assignUserToGroup", org, id, user);
        assertThat(delete(org, id)).isEqualTo(204);
        notFound(() -> delete(org, id), id);
        notFound(() -> directory.get(org, id), id);
        assertThat(
                        TestDirectory.names(
                                directory.call(org, "listUserGroups", Map.of("id", user), "")))
                .containsExactly("Everyone");
        assertThat(directory.events(org)).contains("group.lifecycle.delete UserGroup:" + id);
        assertThat(directory.names(org, "q=Gone")).isEmpty();
    }

    @Test
    @DisplayName("the groups that an org is born with can be neither changed nor deleted")
    void builtIn() {
        Org fresh = directory.org("groups-fresh");
        assertThat(directory.names(fresh, ""))
                .containsExactlyInAnyOrder("Everyone", "Okta Administrators");
        JsonNode everyone = directory.get(fresh, directory.everyone(fresh));
        assertThat(everyone.path("type").stringValue()).isEqualTo("BUILT_IN");
        assertThat(everyone.at("/profile/description").stringValue())
                .isEqualTo("All users in your organization");
        String id = everyone.path("id").stringValue();
        error(() -> directory.replace(fresh, id, "{\"profile\":{\"name\":\"x\"}}"), "E0000006");
        error(() -> delete(fresh, id), "E0000006");
        assertThat(directory.events(fresh)).isEmpty();
    }

    @Test
    @DisplayName("P40 a group of another org is one that never was")
    void otherOrg() {
        String theirs = directory.group(other, "Theirs");
        for (String id : List.of(theirs, "00gABCDEFGHIJKLMN012", "me", "\u0000")) {
            notFound(() -> directory.get(org, id), id);
            notFound(() -> directory.replace(org, id, "{\"profile\":{\"name\":\"x\"}}"), id);
            notFound(() -> delete(org, id), id);
            notFound(() -> list(id, "listGroupUsers"), id);
        }
        assertThat(directory.names(org, "q=Theirs")).isEmpty();
        assertThat(directory.names(org, "search=id+eq+%22" + theirs + "%22")).isEmpty();
    }

    private JsonNode list(String id, String operation) {
        return TestDirectory.json(directory.call(org, operation, Map.of("groupId", id), ""));
    }

    private int delete(Org in, String id) {
        return directory.call(in, "deleteGroup", Map.of("groupId", id), "").status();
    }

    private void refused(String body, String subject, String... causes) {
        assertThatThrownBy(() -> directory.add(org, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.arguments()).containsExactly(subject);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    private static void notFound(ThrowingCallable call, String id) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.arguments())
                                        .containsExactly(
                                                "Resource not found: " + id + " (UserGroup)"));
    }

    private static void error(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
