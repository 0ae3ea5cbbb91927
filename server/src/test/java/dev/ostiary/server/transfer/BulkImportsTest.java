package dev.ostiary.server.transfer;

import static dev.ostiary.server.transfer.TransferGround.group;
import static dev.ostiary.server.transfer.TransferGround.membership;
import static dev.ostiary.server.transfer.TransferGround.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.fixture.AtOnce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@DisplayName("Bulk imports")
class BulkImportsTest {

    private static final String HASH =
            ",\"credentials\":{\"password\":{\"hash\":{\"algorithm\":\"BCRYPT\",\"workFactor\":10,"
                    + "\"salt\":\"rwh3vH166HCH/NT9XV5FYu\","
                    + "\"value\":\"qaMqvAPULkbiQzkTCWo5XDcvzpk8Tna\"}}}";

    private static TransferGround transfer;
    private static Org org;

    @BeforeAll
    static void open(DatabaseAccess access) {
        transfer = new TransferGround(access);
        org = transfer.ground.acme;
    }

    @AfterAll
    static void close() {
        transfer.close();
    }

    @Test
    @DisplayName("P38 make users, groups and memberships, with one event each")
    void all() {
        String id = transfer.begin(org, "all", "");

        JsonNode after =
                transfer.send(
                        org,
                        id,
                        0,
                        group("All"),
                        user("all-1@example.com", HASH + ",\"groups\":[\"ALL\"]"),
                        "",
                        user("all-2@example.com"),
                        membership("all-2@example.com", "All"));

        assertThat(after.path("position").asInt()).isEqualTo(5);
        assertThat(after.path("users").asInt()).isEqualTo(2);
        assertThat(after.path("groups").asInt()).isEqualTo(1);
        assertThat(after.path("memberships").asInt()).isEqualTo(2);
        assertThat(after.path("problems")).isEmpty();
        JsonNode first = transfer.userOf(org, "all-1@example.com");
        assertThat(first.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(first.at("/credentials/provider/type").asString()).isEqualTo("IMPORT");
        assertThat(transfer.userOf(org, "all-2@example.com").path("status").asString())
                .isEqualTo("STAGED");
        assertThat(transfer.events(org, first.path("id").asString()))
                .containsExactly("user.lifecycle.create", "group.user_membership.add");
        assertThat(transfer.events(org, id)).containsExactly("system.import.start");
    }

    @Test
    @DisplayName("a user may have any status, a type and everything else that the API shows of it")
    void asTheApiShowsThem() {
        String id = transfer.begin(org, "statuses", "");
        List<String> statuses =
                List.of(
                        "STAGED",
                        "PROVISIONED",
                        "ACTIVE",
                        "RECOVERY",
                        "PASSWORD_EXPIRED",
                        "LOCKED_OUT",
                        "SUSPENDED",
                        "DEPROVISIONED");
        transfer.send(
                org,
                id,
                0,
                statuses.stream()
                        .map(
                                status ->
                                        user(
                                                status + "@example.com",
                                                ",\"id\":\"00u1\",\"created\":\"2020-01-01T00:00:00.000Z\",\"status\":\""
                                                        + status
                                                        + "\",\"type\":{\"name\":\"user\"},\"_links\":{},"
                                                        + "\"credentials\":{\"password\":{},\"recovery_question\":{\"question\":\"Who?\"},"
                                                        + "\"provider\":{\"type\":\"OKTA\",\"name\":\"OKTA\"}}"))
                        .toArray(String[]::new));

        for (String status : statuses) {
            JsonNode user = transfer.userOf(org, status + "@example.com");
            assertThat(user.path("status").asString()).isEqualTo(status);
            assertThat(user.path("id").asString()).isNotEqualTo("00u1");
            assertThat(user.at("/credentials/recovery_question").isMissingNode()).isTrue();
        }
    }

    @Test
    @DisplayName("P8 tell every bad line with its number and every cause, and change nothing")
    void badLines() {
        String id = transfer.begin(org, "bad lines", "");
        int before = transfer.rows(org, "users");

        assertRefused(
                () ->
                        transfer.send(
                                org,
                                id,
                                0,
                                user("bad-1@example.com"),
                                "{\"profile\":{\"login\":\"bad-2@example.com\",\"x\":1}}",
                                user("BAD-1@example.com"),
                                user(
                                        "bad-3@example.com",
                                        ",\"groups\":[\"None\"],\"status\":\"GONE\""),
                                user("bad-4@example.com", ",\"groups\":[\"None\",\"Everyone\"]"),
                                membership("nobody@example.com", "Everyone"),
                                "{\"kind\":\"app\"}",
                                "{\"kind\":\"group\",\"profile\":{}}",
                                user("bad-5@example.com", HASH.replace("BCRYPT", "ROT13")),
                                user("bad-6@example.com", ",\"type\":\"robot\""),
                                "{\"profile\":{\"login\":\"a\\u0000\"}}"),
                "E0000001",
                "line 2: firstName: The field cannot be left blank",
                "line 2: lastName: The field cannot be left blank",
                "line 2: email: The field cannot be left blank",
                "line 2: Property name 'x' is not defined in profile",
                "line 3: login: Line 1 has the same login",
                "line 4: status: The value is not a known status",
                "line 5: group: The group 'None' does not exist",
                "line 5: group: The members of 'Everyone' are not managed here",
                "line 6: user: The user 'nobody@example.com' does not exist",
                "line 6: group: The members of 'Everyone' are not managed here",
                "line 7: kind: The value must be user, group or membership",
                "line 8: name: The field cannot be left blank",
                "line 9: hash.algorithm: The value must be BCRYPT, SHA-512, SHA-256, SHA-1, MD5,"
                        + " PBKDF2, SCRYPT or ARGON2",
                "line 10: type: The user type 'robot' does not exist",
                "line 11: profile.login: contains a character that is not allowed");
        assertThat(transfer.rows(org, "users")).isEqualTo(before);
        assertThat(position(id)).isZero();
    }

    @Test
    @DisplayName("P8 refuse lines that are no UTF-8, no JSON, no object or too long: E0000003")
    void unreadable() {
        String id = transfer.begin(org, "unreadable", "");
        String good = user("unreadable@example.com") + "\n";

        for (String bad : List.of("{\"profile\":", "nonsense", "[]", "7", "{\"a\":1}}")) {
            assertThatThrownBy(() -> transfer.send(org, id, 0, good + bad))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> {
                                assertThat(e.code()).isEqualTo("E0000003");
                                assertThat(e.causes())
                                        .singleElement()
                                        .asString()
                                        .startsWith("line 2: ");
                            });
        }
        assertRefused(
                () -> transfer.send(org, id, 0, good + "x".repeat(LineJudge.LONGEST + 1)),
                "E0000003",
                "line 2: The line is longer than 131072 bytes");
        assertThat(position(id)).isZero();
        assertThat(transfer.rows(org, "bulk_import_seen")).isZero();
    }

    @Test
    @DisplayName("P37 change nothing when lines come again, or before their turn")
    void again() {
        String id = transfer.begin(org, "again", "");
        String first = user("again-1@example.com");
        transfer.send(org, id, 0, first);
        int users = transfer.rows(org, "users");
        int events = transfer.rows(org, "system_log");

        for (long from : List.of(0L, 7L)) {
            JsonNode after = transfer.send(org, id, from, first);
            assertThat(after.path("position").asInt()).isEqualTo(1);
        }

        assertThat(transfer.rows(org, "users")).isEqualTo(users);
        assertThat(transfer.rows(org, "system_log")).isEqualTo(events);
        JsonNode found = transfer.begun(org, "again", "");
        assertThat(found.path("id").asString()).isEqualTo(id);
        assertThat(found.path("position").asInt()).isEqualTo(1);
        LineDigest digest = new LineDigest();
        digest.add(first.getBytes(StandardCharsets.UTF_8));
        assertThat(found.path("digest").asString())
                .isEqualTo(HexFormat.of().formatHex(digest.value()));
    }

    @Test
    @DisplayName("P39 apply a chunk once however many send it at once")
    void atOnce() throws Exception {
        String id = transfer.begin(org, "at once", "");
        String[] lines =
                IntStream.range(0, 150)
                        .mapToObj(n -> user("at-once-" + n + "@example.com"))
                        .toArray(String[]::new);
        int before = transfer.rows(org, "users");
        Callable<Integer> send = () -> transfer.send(org, id, 0, lines).path("position").asInt();

        assertThat(AtOnce.call(Collections.nCopies(8, send))).containsOnly(150);

        assertThat(transfer.rows(org, "users")).isEqualTo(before + 150);
        assertThat(
                        transfer.events(
                                org,
                                transfer.userOf(org, "at-once-149@example.com")
                                        .path("id")
                                        .asString()))
                .containsExactly("user.lifecycle.create");
    }

    @Test
    @DisplayName("P39 two imports of the same users at once: one has them, the other hears of it")
    void sameUsers() throws Exception {
        List<Callable<String>> sends = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            String id = transfer.begin(org, "same users " + n, "");
            sends.add(
                    () -> {
                        try {
                            transfer.send(
                                    org,
                                    id,
                                    0,
                                    user("same@example.com"),
                                    user("same-" + id + "@example.com"));
                            return "done";
                        } catch (ApiException e) {
                            return e.causes().toString();
                        }
                    });
        }

        List<String> outcomes = AtOnce.call(sends);

        assertThat(outcomes).filteredOn("done"::equals).hasSize(1);
        assertThat(new HashSet<>(outcomes))
                .containsExactlyInAnyOrder(
                        "done",
                        "[line 1: login: An object with this field already exists in the current"
                                + " organization]");
    }

    @Test
    @DisplayName("leave who is there as it is, where that is wanted, and count it")
    void skip() {
        String id = transfer.begin(org, "skip once", "");
        transfer.send(org, id, 0, user("skip-1@example.com"), group("Skip"));
        String again = transfer.begin(org, "skip", ",\"existing\":\"skip\"");

        JsonNode after =
                transfer.send(
                        org,
                        again,
                        0,
                        user("skip-1@example.com", ",\"status\":\"SUSPENDED\""),
                        group("SKIP"),
                        user("skip-2@example.com", ",\"groups\":[\"Skip\"]"),
                        membership("skip-1@example.com", "Skip"),
                        membership("skip-1@example.com", "Skip"));

        assertThat(after.path("skipped").asInt()).isEqualTo(2);
        assertThat(after.path("users").asInt()).isEqualTo(1);
        assertThat(after.path("memberships").asInt()).isEqualTo(2);
        assertThat(transfer.userOf(org, "skip-1@example.com").path("status").asString())
                .isEqualTo("STAGED");
    }

    @Test
    @DisplayName(
            "P38 make of who is there what the line says, where that is wanted, with the events of a change")
    void update() {
        String id = transfer.begin(org, "update once", "");
        transfer.send(
                org,
                id,
                0,
                user("update-1@example.com"),
                user("update-2@example.com", ",\"status\":\"ACTIVE\""),
                user("update-3@example.com", ",\"status\":\"DEPROVISIONED\""),
                group("Update"));
        String first = transfer.userOf(org, "update-1@example.com").path("id").asString();
        String again = transfer.begin(org, "update", ",\"existing\":\"UPDATE\"");
        String[] lines = {
            user("update-1@example.com", HASH + ",\"status\":\"ACTIVE\",\"groups\":[\"Update\"]")
                    .replace("Isaac", "Ada"),
            user("update-2@example.com"),
            group("UPDATE"),
            user("update-4@example.com")
        };

        assertRefused(
                () ->
                        transfer.send(
                                org,
                                again,
                                0,
                                user("update-2@example.com", HASH),
                                user("update-3@example.com")),
                "E0000001",
                "line 1: password: A hashed password or a password hook can only be set for a STAGED"
                        + " user",
                "line 2: login: The user is deactivated");
        JsonNode after = transfer.send(org, again, 0, lines);

        assertThat(after.path("updated").asInt()).isEqualTo(2);
        assertThat(after.path("skipped").asInt()).isEqualTo(1);
        assertThat(after.path("users").asInt()).isEqualTo(1);
        JsonNode ada = transfer.userOf(org, "update-1@example.com");
        assertThat(ada.at("/profile/firstName").asString()).isEqualTo("Ada");
        assertThat(ada.path("status").asString()).isEqualTo("STAGED");
        assertThat(ada.at("/credentials/password").isObject()).isTrue();
        assertThat(transfer.events(org, first))
                .containsExactly(
                        "user.lifecycle.create",
                        "user.account.update_profile",
                        "user.account.update_password",
                        "group.user_membership.add");
        JsonNode once = transfer.send(org, again, 4, lines);
        assertThat(once.path("updated").asInt()).isEqualTo(2);
        assertThat(once.path("skipped").asInt()).isEqualTo(5);
    }

    @Test
    @DisplayName("a dry run tells every bad line, over all chunks, and changes nothing")
    void dryRun() {
        int users = transfer.rows(org, "users");
        int events = transfer.rows(org, "system_log");
        String id = transfer.begin(org, "dry", ",\"dryRun\":true");
        transfer.send(org, id, 0, group("Dry"), user("dry-1@example.com"));

        JsonNode after =
                transfer.send(
                        org,
                        id,
                        2,
                        user("dry-2@example.com", ",\"groups\":[\"dry\"]"),
                        user("Dry-1@example.com"),
                        group("DRY"),
                        membership("dry-1@example.com", "Dry"),
                        "nonsense",
                        user("dry-3@example.com", ",\"status\":7"));

        assertThat(after.path("position").asInt()).isEqualTo(8);
        assertThat(after.path("users").asInt()).isEqualTo(2);
        assertThat(after.path("bad").asInt()).isEqualTo(4);
        List<String> told = new ArrayList<>();
        after.path("problems")
                .forEach(
                        each ->
                                told.add(
                                        each.path("line").asInt()
                                                + " "
                                                + each.path("causes").get(0).asString()));
        assertThat(told)
                .containsExactly(
                        "4 login: An earlier line has the same login",
                        "5 name: An earlier line has the same name",
                        "7 The line is not well-formed JSON",
                        "8 status: The value is not a known status");
        JsonNode finished = transfer.call(org, "finishOstiaryImport", Map.of("importId", id), "");
        assertThat(finished.path("status").asString()).isEqualTo("FINISHED");
        assertThat(transfer.rows(org, "users")).isEqualTo(users);
        assertThat(transfer.rows(org, "system_log")).isEqualTo(events);
        assertThat(transfer.rows(org, "bulk_import_seen")).isZero();
    }

    @Test
    @DisplayName("values may all be texts, as files of columns have them")
    void texts() {
        String id = transfer.begin(org, "texts", ",\"texts\":true");
        transfer.send(
                org,
                id,
                0,
                group("One"),
                group("Two"),
                user("texts@example.com", ",\"groups\":\"One; Two\""));

        assertThat(
                        transfer.events(
                                org,
                                transfer.userOf(org, "texts@example.com").path("id").asString()))
                .hasSize(3);
    }

    @Test
    @DisplayName("passwords in clear are hashed, so that only some are taken at a time")
    void clearPasswords() {
        String id = transfer.begin(org, "clear", "");
        String[] lines =
                IntStream.range(0, 45)
                        .mapToObj(
                                n ->
                                        user(
                                                "clear-" + n + "@example.com",
                                                ",\"credentials\":{\"password\":{\"value\":\"tlpWENT2m\"}}"))
                        .toArray(String[]::new);

        assertThat(transfer.send(org, id, 0, lines).path("position").asInt()).isEqualTo(40);
    }

    @Test
    @DisplayName("finished ones take no more lines, and their name is free again")
    void finished() {
        String id = transfer.begin(org, "finished", "");
        JsonNode done = transfer.call(org, "finishOstiaryImport", Map.of("importId", id), "");
        transfer.call(org, "finishOstiaryImport", Map.of("importId", id), "");

        assertThat(done.path("status").asString()).isEqualTo("FINISHED");
        assertThat(transfer.events(org, id))
                .containsExactly("system.import.start", "system.import.complete");
        assertRefused(
                () -> transfer.send(org, id, 0, user("late@example.com")),
                "E0000001",
                "importId: The import is finished");
        assertThat(transfer.begin(org, "finished", "")).isNotEqualTo(id);
        transfer.call(org, "deleteOstiaryImport", Map.of("importId", id), "");
        assertThatThrownBy(() -> transfer.call(org, "getOstiaryImport", Map.of("importId", id), ""))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000007"));
    }

    @Test
    @DisplayName("one that is under way is gone on with by whoever wants the same, else begun anew")
    void otherOptions() {
        String empty = transfer.begin(org, "options", "");
        String id = transfer.begin(org, "options", ",\"existing\":\"SKIP\"");
        assertThat(id).isNotEqualTo(empty);
        transfer.send(org, id, 0, user("options@example.com"));

        assertRefused(
                () -> transfer.begin(org, "options", ""),
                "E0000001",
                "name: An import of this name is under way with other options; finish it or delete"
                        + " it ("
                        + id
                        + ")");
        assertThat(transfer.begin(org, "options", ",\"dryRun\":true")).isNotEqualTo(id);
        JsonNode anew = transfer.begun(org, "options", ",\"again\":true");
        assertThat(anew.path("id").asString()).isNotEqualTo(id);
        assertThat(anew.path("position").asInt()).isZero();
        assertThat(transfer.userOf(org, "options@example.com").path("status").asString())
                .isEqualTo("STAGED");
    }

    @Test
    @DisplayName("P40 know nothing of another org: its imports, users and groups are as none")
    void apart() {
        Org there = transfer.ground.other;
        String id = transfer.begin(org, "apart", "");
        transfer.send(org, id, 0, group("Apart"), user("apart@example.com"));
        String theirs = transfer.begin(there, "apart", "");

        assertThat(theirs).isNotEqualTo(id);
        assertThatThrownBy(() -> transfer.send(there, id, 2, user("x@example.com")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000007"));
        assertRefused(
                () -> transfer.send(there, theirs, 0, membership("apart@example.com", "Apart")),
                "E0000001",
                "line 1: user: The user 'apart@example.com' does not exist",
                "line 1: group: The group 'Apart' does not exist");
        transfer.send(there, theirs, 0, user("apart@example.com"));
        assertThat(transfer.call(there, "listOstiaryImports", Map.of(), "").size()).isEqualTo(1);
    }

    @Test
    @DisplayName("P8 a strict org takes no character of four bytes")
    void strict() {
        Org there = transfer.ground.strict;
        String id = transfer.begin(there, "strict", "");

        assertRefused(
                () ->
                        transfer.send(
                                there, id, 0, user("strict@example.com").replace("Isaac", "😀")),
                "E0000001",
                "line 1: profile.firstName: contains a character of more than three bytes in UTF-8");
    }

    private static int position(String id) {
        return transfer.call(org, "getOstiaryImport", Map.of("importId", id), "")
                .path("position")
                .asInt();
    }

    private static void assertRefused(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
