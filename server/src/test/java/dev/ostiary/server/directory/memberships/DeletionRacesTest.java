package dev.ostiary.server.directory.memberships;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionRacesTest {

    private static final int ROUNDS = 8;
    private static final int CHANGES = 50;

    private final TestDirectory directory;
    private final EventCatalogue events = EventCatalogue.load();
    private final Org org;

    DeletionRacesTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("races");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName(
            "P38 P39 given fifty who change memberships while groups and users are deleted, then each"
                    + " change is done or refused, and the log tells who is in which group")
    void deletedMeanwhile() throws Exception {
        Random random = new Random(20260301);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> groups = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                groups.add(directory.group(org, "races " + round + " " + n));
            }
            String prefix = "races" + round + "-";
            List<String> users =
                    directory.users(
                            org,
                            IntStream.range(0, 8)
                                    .mapToObj(n -> prefix + n + "@org.example")
                                    .toList());
            List<Callable<String>> calls = new ArrayList<>();
            for (int n = 0; n < CHANGES; n++) {
                String operation = n % 3 == 0 ? "unassignUserFromGroup" : "assignUserToGroup";
                String group = groups.get(random.nextInt(groups.size()));
                String user = users.get(random.nextInt(users.size()));
                calls.add(() -> status(operation, group, user));
            }
            List<String> goneGroups = groups.subList(0, 2);
            List<String> goneUsers = users.subList(0, 4);
            goneGroups.forEach(group -> calls.add(() -> status("deleteGroup", group, "")));
            goneUsers.forEach(user -> calls.add(() -> delete(user)));
            Collections.shuffle(calls, random);

            assertThat(AtOnce.call(calls)).isSubsetOf("204", "E0000007");

            Set<String> gone = new HashSet<>(goneGroups);
            gone.addAll(goneUsers);
            Set<String> stored = stored(groups);
            assertThat(stored).noneMatch(pair -> gone.stream().anyMatch(pair::contains));
            assertThat(stored).isEqualTo(told(groups, goneGroups));
        }
    }

    private String status(String operation, String group, String user) {
        try {
            return Integer.toString(
                    directory
                            .call(org, operation, Map.of("groupId", group, "userId", user), "")
                            .status());
        } catch (ApiException e) {
            return e.code();
        }
    }

    /** As a deactivated user is deleted. */
    private String delete(String user) {
        directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            on(
                                    tx,
                                    "SELECT 1 FROM users WHERE org_id = ? AND id = ? FOR UPDATE",
                                    user);
                            directory
                                    .memberships()
                                    .leaveAll(tx, org, user)
                                    .forEach(
                                            group ->
                                                    tx.emit(
                                                            events.event(
                                                                            "group.user_membership.remove")
                                                                    .target(
                                                                            user, "User", null,
                                                                            null)
                                                                    .target(group.target())));
                            on(
                                    tx,
                                    "DELETE FROM users WHERE org_id = ? AND id = ? RETURNING 1",
                                    user);
                            return true;
                        });
        return "204";
    }

    private void on(Tx tx, String sql, String user) {
        tx.list(Sql.of(sql, org.number(), user), row -> row.number(1));
    }

    private Set<String> stored(List<String> groups) {
        return new HashSet<>(
                directory
                        .database()
                        .read(
                                org.number(),
                                reader ->
                                        reader.list(
                                                Sql.of(
                                                        "SELECT user_id || ' ' || group_id AS pair"
                                                                + " FROM group_membership WHERE"
                                                                + " org_id = ? AND group_id = ANY(?)",
                                                        org.number(),
                                                        groups),
                                                row -> row.text("pair"))));
    }

    /**
     * Who is in which group as the log has it. Two changes of one membership can have one time
     * stamp in either order; so a membership holds if it was begun once more often than it was
     * ended.
     */
    private Set<String> told(List<String> groups, List<String> goneGroups) {
        Map<String, Integer> balance = new HashMap<>();
        for (String event : directory.events(org)) {
            if (event.startsWith("group.user_membership.")) {
                String[] parts = event.split(" ");
                String group = parts[2].substring("UserGroup:".length());
                if (groups.contains(group) && !goneGroups.contains(group)) {
                    balance.merge(
                            parts[1].substring("User:".length()) + " " + group,
                            parts[0].endsWith("add") ? 1 : -1,
                            Integer::sum);
                }
            }
        }
        assertThat(balance.values()).isSubsetOf(0, 1);
        balance.values().removeIf(times -> times == 0);
        return balance.keySet();
    }
}
