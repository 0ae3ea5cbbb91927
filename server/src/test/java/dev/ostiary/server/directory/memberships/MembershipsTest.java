package dev.ostiary.server.directory.memberships;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
class MembershipsTest {

    private final TestDirectory directory;
    private final Memberships memberships;
    private final Org org;
    private final Org other;

    MembershipsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        memberships = directory.memberships();
        org = directory.org("memberships");
        other = directory.org("memberships-other");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P39 fifty who add members to one group at once wait for nobody and lose nothing")
    void fiftyAtOnce() throws Exception {
        String group = directory.group(org, "fifty");
        List<String> users = directory.users(org, logins("fifty", 50));
        CountDownLatch inside = new CountDownLatch(8);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> joins = new ArrayList<>();
            for (String user : users) {
                joins.add(
                        threads.submit(
                                () ->
                                        directory
                                                .database()
                                                .write(
                                                        org.number(),
                                                        tx -> {
                                                            boolean joined =
                                                                    memberships.add(
                                                                            tx, org, group, user);
                                                            meet(inside);
                                                            return joined;
                                                        })));
            }
            for (Future<Boolean> join : joins) {
                assertThat(join.get()).isTrue();
            }
        }
        assertThat(count(org, group)).isEqualTo(50);
    }

    /** Nobody commits before eight have written: a row that they shared would hold them forever. */
    private static void meet(CountDownLatch inside) {
        inside.countDown();
        try {
            inside.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("P39 a member who is added by two at once is added by one of them")
    void addedTwice() throws Exception {
        String group = directory.group(org, "twice");
        String user = directory.user(org, "twice@org.example");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> joins =
                    IntStream.range(0, 8)
                            .mapToObj(i -> threads.submit(() -> add(org, group, user)))
                            .toList();
            int joined = 0;
            for (Future<Boolean> join : joins) {
                joined += join.get() ? 1 : 0;
            }
            assertThat(joined).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "when a membership changes, lastMembershipUpdated moves and the group's row does not")
    void lastMembershipUpdated() {
        String group = directory.group(org, "moves");
        String user = directory.user(org, "moves@org.example");
        Instant created = lastChange(group);
        String row = version(group);
        assertThat(add(org, group, user)).isTrue();
        Instant added = lastChange(group);
        assertThat(added).isAfter(created);
        assertThat(add(org, group, user)).isFalse();
        assertThat(lastChange(group)).isEqualTo(added);
        assertThat(remove(group, user)).isTrue();
        assertThat(lastChange(group)).isAfter(added);
        assertThat(remove(group, user)).isFalse();
        assertThat(version(group)).isEqualTo(row);
    }

    @Test
    @DisplayName("departures that newer ones make meaningless do not pile up")
    void departures() {
        String group = directory.group(org, "departures");
        String user = directory.user(org, "departures@org.example");
        for (int i = 0; i < 20; i++) {
            assertThat(add(org, group, user)).isTrue();
            assertThat(remove(group, user)).isTrue();
        }
        assertThat(number("SELECT count(*) AS n FROM group_departure WHERE group_id = ?", group))
                .isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("users who are deleted one after the other leave no pile at Everyone")
    void deletions() {
        Org fresh = directory.org("memberships-deletions");
        for (String user : directory.users(fresh, logins("deleted", 10))) {
            directory.database().write(fresh.number(), tx -> memberships.leaveAll(tx, fresh, user));
        }
        String everyone = directory.everyone(fresh);
        List<String> departed =
                directory
                        .database()
                        .read(
                                fresh.number(),
                                reader ->
                                        reader.list(
                                                Sql.of(
                                                        "SELECT user_id FROM group_departure"
                                                                + " WHERE group_id = ?",
                                                        everyone),
                                                row -> row.text("user_id")));
        assertThat(departed).hasSizeBetween(1, 2);
    }

    @Test
    @DisplayName(
            "a user who is created in groups is in them with the row that is written beside it")
    void join() {
        String one = directory.group(org, "join one");
        String two = directory.group(org, "join two");
        String user = directory.user(org, "join@org.example");
        List<GroupRef> joined =
                directory
                        .database()
                        .write(
                                org.number(),
                                tx -> memberships.join(tx, org, user, List.of(two, one, two)));
        assertThat(joined)
                .containsExactlyInAnyOrder(
                        new GroupRef(one, "join one"), new GroupRef(two, "join two"));
        assertThat(groupsOf(user)).contains(one, two);
    }

    @Test
    @DisplayName("P40 joining a group of another org is joining one that never was")
    void joinAcross() {
        String theirs = directory.group(other, "theirs");
        String user = directory.user(org, "across@org.example");
        for (String id : List.of(theirs, "00gnever", "00gABCDEFGHIJKLMN012", "a\u0000b")) {
            assertThatThrownBy(() -> joinOne(user, id))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo("E0000007");
                                assertThat(e.arguments())
                                        .containsExactly(
                                                "Resource not found: " + id + " (UserGroup)");
                            });
        }
        assertThat(groupsOf(user)).doesNotContain(theirs);
    }

    @Test
    @DisplayName("a user can be created in twenty groups, not in more, and in no built-in one")
    void joinBounds() {
        String user = directory.user(org, "bounds@org.example");
        List<String> many =
                IntStream.range(0, 21).mapToObj(i -> "00gABCDEFGHIJKLMN%03d".formatted(i)).toList();
        assertThatThrownBy(
                        () ->
                                directory
                                        .database()
                                        .write(
                                                org.number(),
                                                tx -> memberships.join(tx, org, user, many)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000093"));
        assertThatThrownBy(() -> joinOne(user, directory.everyone(org)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000006"));
    }

    @Test
    @DisplayName("a user who is deleted leaves its groups, and each of them and Everyone notes it")
    void leaveAll() {
        String group = directory.group(org, "left");
        String user = directory.user(org, "left@org.example");
        add(org, group, user);
        Instant before = lastChange(directory.everyone(org));
        List<GroupRef> left =
                directory
                        .database()
                        .write(
                                org.number(),
                                tx -> {
                                    List<GroupRef> groups = memberships.leaveAll(tx, org, user);
                                    tx.run(
                                            Sql.of(
                                                    "DELETE FROM users WHERE org_id = ? AND id = ?",
                                                    org.number(),
                                                    user));
                                    return groups;
                                });
        assertThat(left).containsExactly(new GroupRef(group, "left"));
        assertThat(count(org, group)).isZero();
        assertThat(lastChange(directory.everyone(org))).isAfter(before);
    }

    private List<GroupRef> joinOne(String user, String group) {
        return directory
                .database()
                .write(org.number(), tx -> memberships.join(tx, org, user, List.of(group)));
    }

    private boolean add(Org in, String group, String user) {
        return directory.database().write(in.number(), tx -> memberships.add(tx, in, group, user));
    }

    private boolean remove(String group, String user) {
        return directory
                .database()
                .write(org.number(), tx -> memberships.remove(tx, org, group, user));
    }

    private List<String> groupsOf(String user) {
        return directory
                .database()
                .read(org.number(), reader -> memberships.groupsOf(reader, org, user));
    }

    private int count(Org in, String group) {
        return directory
                .database()
                .read(
                        in.number(),
                        reader -> memberships.counts(reader, in, Map.of(group, Roster.STORED)))
                .getOrDefault(group, -1);
    }

    private Instant lastChange(String group) {
        return Instant.parse(directory.get(org, group).path("lastMembershipUpdated").stringValue());
    }

    /** Which version of its row the group has. */
    private String version(String group) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT xmin || ' ' || ctid::text AS v FROM groups"
                                                        + " WHERE org_id = ? AND id = ?",
                                                org.number(),
                                                group),
                                        row -> row.text("v")))
                .orElseThrow();
    }

    private long number(String sql, String parameter) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader -> reader.one(Sql.of(sql, parameter), row -> row.number("n")))
                .orElseThrow();
    }

    private static List<String> logins(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i + "@org.example").toList();
    }
}
