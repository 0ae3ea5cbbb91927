package dev.ostiary.server.directory.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The classification of users")
class UserClassificationsTest {

    private final TestDirectory directory;
    private final Org org;

    UserClassificationsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("classes");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("a user is STANDARD from its creation until somebody says LITE, and the other way")
    void changed() {
        String user = directory.user(org, "light@org.example");
        JsonNode born = get(org, "light@org.example");
        assertThat(born.propertyNames()).containsExactly("type", "lastUpdated");
        assertThat(born.path("type").asString()).isEqualTo("STANDARD");
        JsonNode lite = put(org, user, "LITE");
        assertThat(lite.path("type").asString()).isEqualTo("LITE");
        assertThat(lite.path("lastUpdated").asString())
                .isGreaterThan(born.path("lastUpdated").asString());
        assertThat(get(org, user)).isEqualTo(lite);
        assertThat(put(org, user, "STANDARD").path("type").asString()).isEqualTo("STANDARD");
    }

    @Test
    @DisplayName("P6 only the documented types are taken")
    void wrong() {
        String user = directory.user(org, "wrong@org.example");
        assertThatThrownBy(() -> put(org, user, "FULL"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly("type: must be LITE or STANDARD"));
    }

    @Test
    @DisplayName("P38 a change is logged with what was and what is; the same again is none")
    void logged() {
        Org fresh = directory.org("classes-logged");
        String user = directory.user(fresh, "logged@org.example");
        assertThat(put(fresh, user, "STANDARD")).isEqualTo(get(fresh, user));
        JsonNode lite = put(fresh, user, "LITE");
        assertThat(put(fresh, user, "LITE")).isEqualTo(lite);
        assertThat(directory.events(fresh)).containsExactly("account.user.classify User:" + user);
        assertThat(target(fresh).path("changeDetails"))
                .isEqualTo(
                        Json.parse(
                                "{\"from\":{\"classification\":\"STANDARD\"},"
                                        + "\"to\":{\"classification\":\"LITE\"}}"));
    }

    private JsonNode target(Org in) {
        return directory
                .database()
                .read(
                        in.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body FROM system_log WHERE org_id = ?",
                                                in.number()),
                                        row -> Json.parse(row.json("body")).at("/target/0")))
                .getFirst();
    }

    @Test
    @DisplayName("P39 of many who say the same at once one changes it")
    void raced() throws Exception {
        Org fresh = directory.org("classes-raced");
        String user = directory.user(fresh, "raced@org.example");
        Callable<JsonNode> lite = () -> put(fresh, user, "LITE");
        List<JsonNode> said = AtOnce.call(Collections.nCopies(12, lite));
        assertThat(said).containsOnly(get(fresh, user));
        assertThat(directory.events(fresh)).hasSize(1);
    }

    @Test
    @DisplayName("P39 a user deleted meanwhile: done or 404")
    void deletedMeanwhile() throws Exception {
        String user = directory.user(org, "meanwhile@org.example");
        Callable<String> call = () -> outcome(user);
        List<Callable<String>> calls = new ArrayList<>(Collections.nCopies(8, call));
        calls.add(
                4,
                () -> {
                    directory.deleteUser(org, user);
                    return "deleted";
                });
        assertThat(AtOnce.call(calls)).isSubsetOf("done", "deleted", "E0000007");
    }

    private String outcome(String user) {
        try {
            put(org, user, "LITE");
            return "done";
        } catch (ApiException e) {
            return e.code();
        }
    }

    @Test
    @DisplayName("P40 another org's user is as none; with a user its classification goes")
    void apart() {
        Org there = directory.org("classes-there");
        String user = directory.user(org, "apart@org.example");
        put(org, user, "LITE");
        for (String id : List.of(user, "nobody")) {
            unknown(there, id);
        }
        assertThat(get(org, user).path("type").asString()).isEqualTo("LITE");
        directory.deleteUser(org, user);
        unknown(org, user);
    }

    private void unknown(Org in, String id) {
        TestDirectory.notFound(() -> get(in, id), id, "User");
        TestDirectory.notFound(() -> put(in, id, "LITE"), id, "User");
    }

    private JsonNode get(Org in, String user) {
        return TestDirectory.json(
                directory.call(in, "getUserClassification", Map.of("userId", user), ""));
    }

    private JsonNode put(Org in, String user, String type) {
        return TestDirectory.json(
                directory.call(
                        in,
                        "replaceUserClassification",
                        Map.of("userId", user),
                        "",
                        "{\"type\":\"" + type + "\"}"));
    }
}
