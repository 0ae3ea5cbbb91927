package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
@DisplayName("Group owners")
class GroupOwnersTest {

    private final TestDirectory directory;
    private final Org org;

    GroupOwnersTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("owners");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P7 an assigned owner reads as documented, in the list too")
    void assigned() {
        String group = directory.group(org, "Owned");
        String user = directory.user(org, "owner@org.example");
        Reply reply = assign(org, group, user, "USER");
        assertThat(reply.status()).isEqualTo(201);
        JsonNode owner = TestDirectory.json(reply);
        assertThat(owner.propertyNames())
                .containsExactly(
                        "id",
                        "type",
                        "resolved",
                        "originId",
                        "originType",
                        "displayName",
                        "lastUpdated");
        assertThat(owner.path("id").asString()).isEqualTo(user);
        assertThat(owner.path("type").asString()).isEqualTo("USER");
        assertThat(owner.path("resolved").asBoolean()).isTrue();
        assertThat(owner.path("originId").isNull()).isTrue();
        assertThat(owner.path("originType").asString()).isEqualTo("OKTA_DIRECTORY");
        assertThat(owner.path("displayName").asString()).isEqualTo("Ann Lee");
        assertThat(owner.path("lastUpdated").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(list(org, group, "").get(0)).isEqualTo(owner);
    }

    @Test
    @DisplayName("P7 in a strict org its date has the space that the original's has")
    void strictly() {
        String group = directory.group(org, "Owned strictly");
        assign(org, group, directory.user(org, "strict@org.example"), "USER");
        Org strict =
                new Org(
                        org.number(),
                        org.id(),
                        org.name(),
                        null,
                        OrgSettings.defaults().strict(true),
                        org.created());
        assertThat(list(strict, group, "").get(0).path("lastUpdated").asString())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d");
    }

    @Test
    @DisplayName("groups own groups, themselves too, and show the name that they have now")
    void groups() {
        String group = directory.group(org, "Product");
        String owner = directory.group(org, "Engineering");
        assign(org, group, owner, "GROUP");
        assign(org, group, group, "GROUP");
        directory.replace(org, owner, "{\"profile\":{\"name\":\"Research\"}}");
        List<String> names = new ArrayList<>();
        list(org, group, "").forEach(found -> names.add(found.path("displayName").asString()));
        assertThat(names).containsExactlyInAnyOrder("Research", "Product");
    }

    @Test
    @DisplayName("an owner is assigned once")
    void once() {
        String group = directory.group(org, "Owned once");
        String user = directory.user(org, "once@org.example");
        assign(org, group, user, "USER");
        assertThatThrownBy(() -> assign(org, group, user, "USER"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.arguments()).containsExactly("owner");
                            assertThat(e.causes())
                                    .containsExactly(
                                            "Provided owner is already assigned to this group");
                        });
    }

    @Test
    @DisplayName("P6 P10 what is wrong or not there is named")
    void wrong() {
        String group = directory.group(org, "Owned by nobody");
        String user = directory.user(org, "nobody@org.example");
        assertThatThrownBy(() -> body(org, group, "{\"type\":\"APP\"}"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly(
                                                "id: The field cannot be left blank",
                                                "type: must be USER or GROUP"));
        TestDirectory.notFound(() -> assign(org, "00gnone", user, "USER"), "00gnone", "UserGroup");
        TestDirectory.notFound(() -> list(org, "00gnone", ""), "00gnone", "UserGroup");
        TestDirectory.notFound(() -> assign(org, group, group, "USER"), group, "User");
        TestDirectory.notFound(() -> assign(org, group, user, "GROUP"), user, "UserGroup");
        TestDirectory.notFound(() -> delete(org, group, user), user, "LinkedObject");
        TestDirectory.notFound(() -> delete(org, "00gnone", user), "00gnone", "UserGroup");
    }

    @Test
    @DisplayName(
            "P24 P25 owners are searched by type and paged; no Link where one page has them all")
    void pages() {
        String group = directory.group(org, "Owned by many");
        List<String> users =
                directory.users(
                        org,
                        IntStream.range(0, 7).mapToObj(n -> "many" + n + "@org.example").toList());
        users.forEach(user -> assign(org, group, user, "USER"));
        String owner = directory.group(org, "One of many");
        assign(org, group, owner, "GROUP");

        Reply all = directory.call(org, "listGroupOwners", Map.of("groupId", group), "");
        assertThat(TestDirectory.ids(all)).hasSize(8);
        assertThat(TestDirectory.link(all, "self")).isEmpty();
        assertThat(ids(group, "search=type+eq+%22GROUP%22")).containsExactly(owner);
        assertThat(ids(group, "search=not+(type+eq+%22GROUP%22)"))
                .containsExactlyInAnyOrderElementsOf(users);

        List<String> seen = new ArrayList<>();
        String query = "limit=3&search=type+eq+%22USER%22";
        while (!query.isEmpty()) {
            Reply page = directory.call(org, "listGroupOwners", Map.of("groupId", group), query);
            seen.addAll(TestDirectory.ids(page));
            query =
                    TestDirectory.link(page, "next")
                            .map(next -> next.substring(next.indexOf('?') + 1))
                            .orElse("");
        }
        assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    @DisplayName("P28 owners are searched by nothing else")
    void searched() {
        String group = directory.group(org, "Owned, unsearched");
        for (String search : List.of("id+eq+%22x%22", "type+eq", "%20")) {
            assertThatThrownBy(() -> list(org, group, "search=" + search))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000031"));
        }
    }

    @Test
    @DisplayName("P38 the log says who owned the group before and after")
    void logged() {
        Org fresh = directory.org("owners-logged");
        String group = directory.group(fresh, "Logged");
        String user = directory.user(fresh, "logged@org.example");
        assign(fresh, group, user, "USER");
        delete(fresh, group, user);
        assertThat(directory.events(fresh))
                .containsExactly(
                        "group.lifecycle.create UserGroup:" + group,
                        "resource.owner.update UserGroup:" + group + " User:" + user,
                        "resource.owner.update UserGroup:" + group);
        String orn = "\"orn:okta:directory:" + fresh.id() + ":users:" + user + "\"";
        assertThat(changes(fresh)).containsExactly(change("", orn), change(orn, ""));
    }

    private static JsonNode change(String from, String to) {
        return Json.parse(
                "{\"from\":{\"principals\":[%s]},\"to\":{\"principals\":[%s]}}"
                        .formatted(from, to));
    }

    private List<JsonNode> changes(Org in) {
        return directory
                .database()
                .read(
                        in.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body -> 'target' -> 0 AS target FROM"
                                                        + " system_log WHERE org_id = ? AND"
                                                        + " event_type = 'resource.owner.update'"
                                                        + " ORDER BY published",
                                                in.number()),
                                        row ->
                                                Json.parse(row.json("target"))
                                                        .path("changeDetails")));
    }

    @Test
    @DisplayName("P38 an owner that is deleted owns nothing any more, and the log tells")
    void deleted() {
        Org fresh = directory.org("owners-deleted");
        String group = directory.group(fresh, "Kept");
        String owner = directory.group(fresh, "Going");
        String user = directory.user(fresh, "going@org.example");
        assign(fresh, group, owner, "GROUP");
        assign(fresh, group, user, "USER");
        assign(fresh, owner, owner, "GROUP");
        assign(fresh, owner, user, "USER");
        directory.call(fresh, "deleteGroup", Map.of("groupId", owner), "");
        assertThat(TestDirectory.ids(reply(fresh, group))).containsExactly(user);
        directory.deleteUser(fresh, user);
        assertThat(TestDirectory.ids(reply(fresh, group))).isEmpty();
        assertThat(directory.events(fresh))
                .endsWith(
                        "resource.owner.update UserGroup:" + group,
                        "group.lifecycle.delete UserGroup:" + owner,
                        "resource.owner.update UserGroup:" + group);
    }

    @Test
    @DisplayName("P40 another org's groups and users are as none")
    void apart() {
        Org there = directory.org("owners-there");
        String theirs = directory.group(there, "Theirs");
        String ours = directory.group(org, "Ours");
        String user = directory.user(org, "ours@org.example");
        TestDirectory.notFound(() -> assign(there, theirs, user, "USER"), user, "User");
        TestDirectory.notFound(() -> assign(there, theirs, ours, "GROUP"), ours, "UserGroup");
        TestDirectory.notFound(() -> assign(there, ours, theirs, "GROUP"), ours, "UserGroup");
        assign(org, ours, user, "USER");
        TestDirectory.notFound(() -> list(there, ours, ""), ours, "UserGroup");
        TestDirectory.notFound(() -> delete(there, ours, user), ours, "UserGroup");
        assertThat(ids(ours, "")).containsExactly(user);
    }

    @Test
    @DisplayName("P39 of many who assign one owner at once one does, and the log has every step")
    void raced() throws Exception {
        Org fresh = directory.org("owners-raced");
        String group = directory.group(fresh, "Raced");
        List<String> users =
                directory.users(
                        fresh,
                        IntStream.range(0, 6).mapToObj(n -> "raced" + n + "@org.example").toList());
        List<Callable<String>> calls = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            users.forEach(user -> calls.add(() -> outcome(fresh, group, user)));
        }
        List<String> outcomes = AtOnce.call(calls);
        assertThat(Collections.frequency(outcomes, "201")).isEqualTo(6);
        assertThat(Collections.frequency(outcomes, "E0000001")).isEqualTo(12);
        assertThat(TestDirectory.ids(reply(fresh, group)))
                .containsExactlyInAnyOrderElementsOf(users);
        assertThat(changes(fresh))
                .extracting(change -> change.at("/to/principals").size())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    }

    @Test
    @DisplayName("P37 P39 owners deleted while they are assigned: done or 404, and none stays")
    void deletedMeanwhile() throws Exception {
        String owner = directory.group(org, "Doomed owner");
        String user = directory.user(org, "doomed-owner@org.example");
        List<String> groups =
                IntStream.range(0, 8).mapToObj(n -> directory.group(org, "Of doom " + n)).toList();
        List<Callable<String>> calls = new ArrayList<>();
        for (String group : groups) {
            calls.add(() -> outcome(org, group, user));
            calls.add(() -> ownedBy(group, owner));
        }
        calls.add(
                8,
                () -> {
                    directory.deleteUser(org, user);
                    directory.call(org, "deleteGroup", Map.of("groupId", owner), "");
                    return "204";
                });
        assertThat(AtOnce.call(calls)).isSubsetOf("201", "204", "E0000007");
        for (String group : groups) {
            assertThat(ids(group, "")).isEmpty();
        }
    }

    private String outcome(Org in, String group, String user) {
        try {
            return Integer.toString(assign(in, group, user, "USER").status());
        } catch (ApiException e) {
            return e.code();
        }
    }

    private String ownedBy(String group, String owner) {
        try {
            return Integer.toString(assign(org, group, owner, "GROUP").status());
        } catch (ApiException e) {
            return e.code();
        }
    }

    private Reply assign(Org in, String group, String owner, String type) {
        return body(in, group, "{\"id\":\"" + owner + "\",\"type\":\"" + type + "\"}");
    }

    private Reply body(Org in, String group, String body) {
        return directory.call(in, "assignGroupOwner", Map.of("groupId", group), "", body);
    }

    private Reply delete(Org in, String group, String owner) {
        return directory.call(
                in, "deleteGroupOwner", Map.of("groupId", group, "ownerId", owner), "");
    }

    private JsonNode list(Org in, String group, String query) {
        return TestDirectory.json(
                directory.call(in, "listGroupOwners", Map.of("groupId", group), query));
    }

    private List<String> ids(String group, String query) {
        return TestDirectory.ids(
                directory.call(org, "listGroupOwners", Map.of("groupId", group), query));
    }

    private Reply reply(Org in, String group) {
        return directory.call(in, "listGroupOwners", Map.of("groupId", group), "");
    }
}
