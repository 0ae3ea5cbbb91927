package dev.ostiary.server.directory.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Reply;
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
@DisplayName("The risk of users")
class UserRisksTest {

    private final TestDirectory directory;
    private final Org org;

    UserRisksTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("risks");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P31 a user of whom nothing was said has the risk NONE, without a reason")
    void none() {
        String user = directory.user(org, "calm@org.example");
        String url = "https://org.example/api/v1/users/" + user;
        assertThat(get(org, "calm@org.example").toString())
                .isEqualTo(
                        "{\"riskLevel\":\"NONE\",\"_links\":{"
                                + "\"self\":{\"href\":\""
                                + url
                                + "/risk\",\"hints\":{\"allow\":[\"GET\",\"PUT\"]}},"
                                + "\"user\":{\"href\":\""
                                + url
                                + "\",\"hints\":{\"allow\":[\"GET\"]}}}}");
    }

    @Test
    @DisplayName("P10 the first statement is 201, every later one 200; a reason is there always")
    void said() {
        String user = directory.user(org, "said@org.example");
        Reply first = put(org, user, "{\"riskLevel\":\"HIGH\"}");
        assertThat(first.status()).isEqualTo(201);
        assertThat(TestDirectory.json(first).path("riskLevel").asString()).isEqualTo("HIGH");
        assertThat(TestDirectory.json(first).path("reason").asString())
                .isEqualTo("override.by.admin");
        Reply second = put(org, user, "{\"riskLevel\":\"LOW\",\"riskReason\":\"All is well.\"}");
        assertThat(second.status()).isEqualTo(200);
        assertThat(TestDirectory.json(second).path("reason").asString()).isEqualTo("All is well.");
        assertThat(get(org, user)).isEqualTo(TestDirectory.json(second));
    }

    @Test
    @DisplayName("P6 only the documented levels and reasons are taken")
    void wrong() {
        String user = directory.user(org, "wrong@org.example");
        refused(user, "{}", "riskLevel: The field cannot be left blank");
        refused(
                user,
                "{\"riskLevel\":\"NONE\",\"riskReason\":\"why?\"}",
                "riskLevel: must be HIGH, MEDIUM or LOW",
                "riskReason: must be at most 500 letters, digits, spaces, hyphens, commas and"
                        + " periods");
        for (String reason : List.of("a".repeat(501), "<b>", "é")) {
            refused(
                    user,
                    "{\"riskLevel\":\"LOW\",\"riskReason\":\"" + reason + "\"}",
                    "riskReason: must be at most 500 letters, digits, spaces, hyphens, commas and"
                            + " periods");
        }
        assertThat(get(org, user).path("riskLevel").asString()).isEqualTo("NONE");
    }

    @Test
    @DisplayName("P38 each change is logged with the level before; the same again is none")
    void logged() {
        Org fresh = directory.org("risks-logged");
        String user = directory.user(fresh, "logged@org.example");
        put(fresh, user, "{\"riskLevel\":\"MEDIUM\"}");
        put(fresh, user, "{\"riskLevel\":\"MEDIUM\"}");
        put(fresh, user, "{\"riskLevel\":\"LOW\",\"riskReason\":\"Asked, all well\"}");
        put(fresh, user, "{\"riskLevel\":\"LOW\",\"riskReason\":\"Asked again\"}");
        assertThat(directory.events(fresh))
                .containsExactlyInAnyOrder(
                        "user.risk.change User:" + user,
                        "user.risk.detect User:" + user,
                        "user.risk.change User:" + user,
                        "user.risk.detect User:" + user,
                        "user.risk.change User:" + user);
        assertThat(changes(fresh))
                .containsExactly(
                        "{\"riskLevel\":\"MEDIUM\",\"priorRiskLevel\":\"NONE\","
                                + "\"direction\":\"increase\",\"reasonCode\":\"override.by.admin\"}",
                        "{\"riskLevel\":\"LOW\",\"priorRiskLevel\":\"MEDIUM\","
                                + "\"direction\":\"decrease\",\"reasonCode\":\"Asked, all well\"}",
                        "{\"riskLevel\":\"LOW\",\"priorRiskLevel\":\"LOW\","
                                + "\"reasonCode\":\"Asked again\"}");
    }

    private List<String> changes(Org in) {
        return directory
                .database()
                .read(
                        in.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body FROM system_log WHERE org_id = ?"
                                                        + " AND event_type = 'user.risk.change'"
                                                        + " ORDER BY published",
                                                in.number()),
                                        row ->
                                                Json.parse(row.json("body"))
                                                        .at("/debugContext/debugData/riskChange")
                                                        .asString()));
    }

    @Test
    @DisplayName("P39 of many who are the first at once one is, and no level is lost")
    void raced() throws Exception {
        Org fresh = directory.org("risks-raced");
        String user = directory.user(fresh, "raced@org.example");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            String body = "{\"riskLevel\":\"HIGH\",\"riskReason\":\"" + n + "\"}";
            calls.add(() -> put(fresh, user, body).status());
        }
        List<Integer> statuses = AtOnce.call(calls);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(11);
        assertThat(directory.events(fresh)).hasSize(13);
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
        assertThat(AtOnce.call(calls)).isSubsetOf("201", "200", "deleted", "E0000007");
    }

    private String outcome(String user) {
        try {
            return Integer.toString(put(org, user, "{\"riskLevel\":\"HIGH\"}").status());
        } catch (ApiException e) {
            return e.code();
        }
    }

    @Test
    @DisplayName("P40 another org's user is as none; with a user its risk goes")
    void apart() {
        Org there = directory.org("risks-there");
        String user = directory.user(org, "apart@org.example");
        put(org, user, "{\"riskLevel\":\"HIGH\"}");
        for (String id : List.of(user, "nobody")) {
            unknown(there, id);
        }
        assertThat(get(org, user).path("riskLevel").asString()).isEqualTo("HIGH");
        directory.deleteUser(org, user);
        unknown(org, user);
    }

    private void unknown(Org in, String id) {
        TestDirectory.notFound(() -> get(in, id), id, "User");
        TestDirectory.notFound(() -> put(in, id, "{\"riskLevel\":\"LOW\"}"), id, "User");
    }

    private JsonNode get(Org in, String user) {
        return TestDirectory.json(directory.call(in, "getUserRisk", Map.of("userId", user), ""));
    }

    private Reply put(Org in, String user, String body) {
        return directory.call(in, "upsertUserRisk", Map.of("userId", user), "", body);
    }

    private void refused(String user, String body, String... causes) {
        assertThatThrownBy(() -> put(org, user, body))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("E0000001");
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }
}
