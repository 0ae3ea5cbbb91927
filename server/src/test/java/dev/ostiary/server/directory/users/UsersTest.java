package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.assertRefused;
import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finding and deleting users, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class UsersTest {

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    @Test
    void aUserIsFoundByIdLoginAndUniqueShortLogin() {
        String id = ground.active("find.me@example.com");
        assertThat(ground.get(id).path("id").stringValue()).isEqualTo(id);
        assertThat(ground.get("FIND.me@example.com").path("id").stringValue()).isEqualTo(id);
        assertThat(ground.get("find.me").path("id").stringValue()).isEqualTo(id);
        ground.active("find.me@example.org");
        assertRefused(
                () -> ground.get("find.me"), "E0000007", "Resource not found: find.me (User)");
    }

    @Test
    void meIsTheCaller() {
        String id = ground.active("myself@example.com");
        JsonNode me = ground.call("getUser").as(UserGround.plain(id)).on("me").json();
        assertThat(me.path("id").stringValue()).isEqualTo(id);
    }

    @Test
    @DisplayName("users without a role see themselves and learn nothing of others")
    void plainUsersSeeThemselves() {
        String id = ground.active("plain@example.com");
        String neighbour = ground.active("neighbour@example.com");
        assertThat(
                        ground.call("getUser")
                                .as(UserGround.plain(id))
                                .on("plain@example.com")
                                .reply()
                                .status())
                .isEqualTo(200);
        for (String somebody : List.of(neighbour, "neighbour@example.com", "nobody@example.com")) {
            assertRefused(
                    () -> ground.call("getUser").as(UserGround.plain(id)).on(somebody).reply(),
                    "E0000006",
                    "");
            assertRefused(
                    () ->
                            ground.call("updateUser")
                                    .as(UserGround.plain(id))
                                    .on(somebody)
                                    .body("{\"profile\":{\"nickName\":\"x\"}}")
                                    .reply(),
                    "E0000006",
                    "");
        }
    }

    @Test
    @DisplayName("P40 another org's user is nobody")
    void anotherOrgsUserIsUnknown() {
        String id = ground.active("ours@example.com");
        for (String operation :
                List.of("getUser", "listUserBlocks", "deleteUser", "suspendUser", "activateUser")) {
            assertRefused(
                    () -> ground.call(operation).in(ground.other).on(id).reply(),
                    "E0000007",
                    "Resource not found: " + id + " (User)");
        }
    }

    @Test
    @DisplayName("the entity tag stands on one user, and changes with it")
    void theEntityTagChanges() {
        String id = ground.active("tagged@example.com");
        String before = tag(id);
        assertThat(before).matches("W/\"[0-9a-f]{16}\"");
        assertThat(tag(id)).isEqualTo(before);
        ground.call("suspendUser").on(id).reply();
        assertThat(tag(id)).isNotEqualTo(before);
    }

    private static String tag(String id) {
        return ground.call("getUser").on(id).reply().headers().stream()
                .filter(header -> header.name().equals("ETag"))
                .map(header -> header.value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void blocksAreEmbeddedOnRequest() {
        String id = ground.active("blocks@example.com");
        assertThat(
                        ground.call("getUser")
                                .on(id)
                                .query("expand=blocks")
                                .json()
                                .at("/_embedded/blocks"))
                .isEqualTo(Json.parse("[]"));
        ground.asOwner(
                "SET ostiary.org = '0'",
                "UPDATE users SET status = 'LOCKED_OUT' WHERE id = '" + id + "'");
        assertThat(ground.call("listUserBlocks").on(id).json())
                .isEqualTo(
                        Json.parse("[{\"type\":\"DEVICE_BASED\",\"appliesTo\":\"ANY_DEVICES\"}]"));
    }

    @Test
    @DisplayName("the first DELETE deactivates, the second deletes with everything the user had")
    void twoDeletesDelete() {
        String group = ground.group("Leavers");
        ObjectNode body = withPassword(named("leaver@example.com"), "tlpWENT2m");
        body.putArray("groupIds").add(group);
        String id = ground.create(body, "").path("id").stringValue();

        assertThat(ground.call("deleteUser").on(id).reply().status()).isEqualTo(204);
        assertThat(ground.status(id)).isEqualTo("DEPROVISIONED");

        assertThat(ground.call("deleteUser").on(id).reply().status()).isEqualTo(204);
        assertRefused(() -> ground.get(id), "E0000007", "Resource not found: " + id + " (User)");
        assertThat(ground.events(id))
                .containsExactly(
                        "user.lifecycle.create",
                        "user.lifecycle.activate",
                        "group.user_membership.add",
                        "user.lifecycle.deactivate",
                        "user.lifecycle.delete.initiated",
                        "group.user_membership.remove",
                        "user.lifecycle.delete.completed");
        assertThat(ground.taken).contains("deactivated " + id, "deleted " + id);
        assertThat(ground.call("listUsers").query("search=id+eq+%22" + id + "%22").json())
                .isEmpty();
    }

    @Test
    @DisplayName("P39 who joins a group while being deleted never stops the deletion")
    void aRaceOfJoiningAndDeleting() throws InterruptedException {
        String group = ground.group("Racers");
        for (int round = 0; round < 40; round++) {
            String id = ground.active("joiner" + round + "@example.com");
            ground.call("deleteUser").on(id).reply();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Boolean> joined = threads.submit(() -> joins(group, id));
                Future<Reply> deleted =
                        threads.submit(() -> ground.call("deleteUser").on(id).reply());
                assertThat(result(deleted).status()).isEqualTo(204);
                assertThat(result(joined)).isNotNull();
            }
        }
    }

    /** Whether the user came in time. */
    private static boolean joins(String group, String userId) {
        try {
            return ground.database.write(
                    ground.org.number(),
                    tx -> ground.parts.memberships().add(tx, ground.org, group, userId));
        } catch (ForeignKeyViolation gone) {
            return false;
        }
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
