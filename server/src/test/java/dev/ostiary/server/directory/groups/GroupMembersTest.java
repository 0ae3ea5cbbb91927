package dev.ostiary.server.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupMembersTest {

    private static final String ASSIGN = "assignUserToGroup";
    private static final String UNASSIGN = "unassignUserFromGroup";

    private final TestDirectory directory;
    private final Org org;
    private final Org other;

    GroupMembersTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("members");
        other = directory.org("members-other");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P38 assigning twice is one membership and one event; so is taking away")
    void idempotent() {
        String group = directory.group(org, "Once");
        String user = directory.user(org, "once@org.example");
        assertThat(directory.member(ASSIGN, org, group, user).status()).isEqualTo(204);
        assertThat(directory.member(ASSIGN, org, group, "once@org.example").status())
                .isEqualTo(204);
        assertThat(members(group)).containsExactly(user);
        assertThat(directory.member(UNASSIGN, org, group, user).status()).isEqualTo(204);
        assertThat(directory.member(UNASSIGN, org, group, user).status()).isEqualTo(204);
        assertThat(members(group)).isEmpty();
        assertThat(directory.events(org))
                .filteredOn(event -> event.startsWith("group.user") && event.endsWith(group))
                .containsExactly(
                        "group.user_membership.add User:" + user + " UserGroup:" + group,
                        "group.user_membership.remove User:" + user + " UserGroup:" + group);
    }

    @Test
    @DisplayName("P40 unknown groups and users are 404, and so are those of another org")
    void unknown() {
        String group = directory.group(org, "Known");
        String user = directory.user(org, "known@org.example");
        String theirs = directory.user(other, "theirs@org.example");
        for (String operation : List.of(ASSIGN, UNASSIGN)) {
            TestDirectory.notFound(
                    () -> directory.member(operation, org, group, theirs), theirs, "User");
            TestDirectory.notFound(
                    () -> directory.member(operation, org, group, "nobody"), "nobody", "User");
            TestDirectory.notFound(
                    () -> directory.member(operation, other, group, theirs), group, "UserGroup");
            TestDirectory.notFound(
                    () -> directory.member(operation, org, "00gnone", user),
                    "00gnone",
                    "UserGroup");
        }
    }

    @Test
    @DisplayName("nobody can be put into a built-in group, or taken out of one")
    void builtIn() {
        String user = directory.user(org, "builtin@org.example");
        for (String operation : List.of(ASSIGN, UNASSIGN)) {
            assertThatThrownBy(
                            () -> directory.member(operation, org, directory.everyone(org), user))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000006"));
        }
    }

    @Test
    @DisplayName("P24 members page by the id of the user; Everyone's members are all users")
    void pages() {
        Org fresh = directory.org("members-pages");
        List<String> users =
                directory.users(
                        fresh,
                        IntStream.range(0, 5).mapToObj(i -> "p" + i + "@org.example").toList());
        String group = directory.group(fresh, "Five");
        users.forEach(user -> directory.member(ASSIGN, fresh, group, user));
        for (String id : List.of(group, directory.everyone(fresh))) {
            List<String> seen = new ArrayList<>();
            String query = "limit=2";
            while (!query.isEmpty()) {
                Reply reply = directory.call(fresh, "listGroupUsers", Map.of("groupId", id), query);
                assertThat(TestDirectory.link(reply, "self"))
                        .hasValue("/api/v1/groups/" + id + "/users?" + query);
                seen.addAll(TestDirectory.ids(reply));
                query =
                        TestDirectory.link(reply, "next")
                                .map(next -> next.substring(next.indexOf('?') + 1))
                                .orElse("");
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(users);
        }
    }

    @Test
    @DisplayName("who holds an admin role is in Okta Administrators")
    void administrators() {
        Org fresh = directory.org("members-admins");
        String admin = directory.user(fresh, "admin@org.example");
        directory
                .database()
                .write(
                        fresh.number(),
                        tx ->
                                tx.run(
                                        Sql.of(
                                                "INSERT INTO admin_role (org_id, user_id, role)"
                                                        + " VALUES (?, ?, 'SUPER_ADMIN')",
                                                fresh.number(),
                                                admin)));
        String plain = directory.user(fresh, "plain@org.example");
        assertThat(groupsOf(fresh, admin))
                .containsExactlyInAnyOrder("Everyone", "Okta Administrators");
        assertThat(groupsOf(fresh, plain)).containsExactly("Everyone");
        String administrators =
                TestDirectory.ids(directory.call(fresh, "listGroups", Map.of(), "q=Okta"))
                        .getFirst();
        assertThat(
                        TestDirectory.ids(
                                directory.call(
                                        fresh,
                                        "listGroupUsers",
                                        Map.of("groupId", administrators),
                                        "")))
                .containsExactly(admin);
    }

    @Test
    @DisplayName("P37 a group that is deleted while members come leaves no membership behind")
    void deletedMeanwhile() throws Exception {
        List<String> users =
                directory.users(
                        org,
                        IntStream.range(0, 20).mapToObj(i -> "d" + i + "@org.example").toList());
        String group = directory.group(org, "Doomed");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> joins =
                    users.stream().map(user -> threads.submit(() -> joins(group, user))).toList();
            directory.call(org, "deleteGroup", Map.of("groupId", group), "");
            for (Future<Integer> join : joins) {
                assertThat(join.get()).isIn(204, 404);
            }
        }
        for (String user : users) {
            assertThat(groupsOf(org, user)).containsExactly("Everyone");
        }
    }

    private int joins(String group, String user) {
        try {
            return directory.member(ASSIGN, org, group, user).status();
        } catch (ApiException e) {
            assertThat(e.code()).isEqualTo("E0000007");
            return 404;
        }
    }

    @Test
    @DisplayName("a user without a role sees its own groups, and nobody else's")
    void self() {
        String mine = directory.user(org, "mine@org.example");
        String someone = directory.user(org, "someone@org.example");
        assertThat(asked(mine, "me")).containsExactly("Everyone");
        assertThat(asked(mine, mine)).containsExactly("Everyone");
        for (String id : List.of(someone, "nobody")) {
            assertThatThrownBy(() -> asked(mine, id))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000006"));
        }
    }

    @Test
    @DisplayName("what a user cannot have yet is an empty list; of an unknown user it is a 404")
    void nothing() {
        String user = directory.user(org, "nothing@org.example");
        for (String operation : List.of("listUserDevices")) {
            assertThat(
                            TestDirectory.json(
                                    directory.call(org, operation, Map.of("userId", user), "")))
                    .isEmpty();
            TestDirectory.notFound(
                    () -> directory.call(org, operation, Map.of("userId", "nobody"), ""),
                    "nobody",
                    "User");
        }
    }

    private List<String> asked(String caller, String id) {
        return TestDirectory.names(
                directory.call(
                        org,
                        TestDirectory.plain(caller),
                        "listUserGroups",
                        Map.of("id", id),
                        "",
                        ""));
    }

    private List<String> members(String group) {
        return TestDirectory.ids(
                directory.call(org, "listGroupUsers", Map.of("groupId", group), ""));
    }

    private List<String> groupsOf(Org in, String user) {
        return TestDirectory.names(directory.call(in, "listUserGroups", Map.of("id", user), ""));
    }
}
