package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Updates and replacements, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class UserChangesTest {

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static JsonNode post(String id, String body) {
        return ground.call("updateUser").on(id).body(body).json();
    }

    private static JsonNode put(String id, String body) {
        return ground.call("replaceUser").on(id).body(body).json();
    }

    @Test
    @DisplayName("POST changes what is named, null takes it away, the rest stays")
    void postMerges() {
        String id = ground.active("merge@example.com");
        post(id, "{\"profile\":{\"nickName\":\"Zac\",\"city\":\"Oslo\",\"mobilePhone\":\"1\"}}");
        JsonNode profile =
                post(id, "{\"profile\":{\"city\":null,\"mobilePhone\":null,\"title\":\"Dr\"}}")
                        .path("profile");
        assertThat(profile.path("nickName").stringValue()).isEqualTo("Zac");
        assertThat(profile.path("title").stringValue()).isEqualTo("Dr");
        assertThat(profile.has("city")).isFalse();
        assertThat(profile.get("mobilePhone").isNull()).isTrue();
        assertThat(ground.get(id).path("profile")).isEqualTo(profile);
    }

    @Test
    @DisplayName("PUT keeps only what is named, and wants what is required")
    void putReplaces() {
        String id = ground.active("replace@example.com");
        post(id, "{\"profile\":{\"nickName\":\"Zac\"}}");
        JsonNode user = put(id, Json.text(named("replace@example.com")));
        assertThat(user.path("profile").has("nickName")).isFalse();
        assertThatThrownBy(() -> put(id, "{\"profile\":{\"login\":\"replace@example.com\"}}"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly(
                                                "firstName: The field cannot be left blank",
                                                "lastName: The field cannot be left blank",
                                                "email: The field cannot be left blank"));
    }

    @Test
    @DisplayName("P38 the event names the attributes that changed, and a change of nothing is none")
    void theEventNamesTheAttributes() {
        String id = ground.active("event@example.com");
        post(id, "{\"profile\":{\"nickName\":\"Zac\",\"email\":\"new@example.com\"}}");
        post(id, "{\"profile\":{\"nickName\":\"Zac\"}}");
        assertThat(ground.events(id))
                .containsExactly(
                        "user.lifecycle.create",
                        "user.lifecycle.activate",
                        "user.account.update_profile",
                        "user.account.update_primary_email");
    }

    @Test
    @DisplayName("P39 of two who change different attributes at once, neither loses")
    void concurrentMergesLoseNothing() throws InterruptedException {
        String id = ground.active("concurrent@example.com");
        for (int round = 0; round < 10; round++) {
            String value = "v" + round;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<JsonNode>> running = new ArrayList<>();
                for (String name : List.of("city", "title", "division", "manager")) {
                    running.add(
                            threads.submit(
                                    () ->
                                            post(
                                                    id,
                                                    "{\"profile\":{\"%s\":\"%s\"}}"
                                                            .formatted(name, value))));
                }
                for (Future<JsonNode> one : running) {
                    assertThat(result(one).path("id").stringValue()).isEqualTo(id);
                }
            }
            JsonNode profile = ground.get(id).path("profile");
            for (String name : List.of("city", "title", "division", "manager")) {
                assertThat(profile.path(name).stringValue()).isEqualTo(value);
            }
        }
    }

    private static JsonNode result(Future<JsonNode> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String tag(String id) {
        return ground.call("getUser").on(id).reply().headers().stream()
                .filter(header -> header.name().equals("ETag"))
                .map(Header::value)
                .findFirst()
                .orElseThrow();
    }

    private static UserGround.Call onlyIf(String operation, String id, String condition) {
        return ground.call(operation)
                .on(id)
                .header("If-Match", condition)
                .body(Json.text(named("conditional" + id + "@example.com")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"updateUser", "replaceUser"})
    @DisplayName("P39 a change that is conditional on a tag is made in that state, else not")
    void conditional(String operation) {
        String id = ground.active("tagged-" + operation + "@example.com");
        String before = tag(id);
        assertThatThrownBy(() -> onlyIf(operation, id, "\"of another state\"").reply())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000231"));
        assertThat(tag(id)).isEqualTo(before);
        for (String none : List.of("dummy-etag", "", "\"a\" \"b\"", "\"a\",")) {
            assertThatThrownBy(() -> onlyIf(operation, id, none).reply())
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000242"));
        }
        onlyIf(operation, id, before).reply();
        assertThatThrownBy(() -> onlyIf(operation, id, before).reply())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000231"));
        onlyIf(operation, id, "\"x\", " + tag(id).substring(2)).reply();
        onlyIf(operation, id, "*").reply();
    }

    @Test
    @DisplayName("P39 of several who change the same state at once, one does")
    void oneOfManyConditions() throws InterruptedException {
        String id = ground.active("race-tag@example.com");
        String state = tag(id);
        List<Future<Boolean>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String body = "{\"profile\":{\"title\":\"t" + i + "\"}}";
                running.add(
                        threads.submit(
                                () -> {
                                    try {
                                        ground.call("updateUser")
                                                .on(id)
                                                .header("If-Match", state)
                                                .body(body)
                                                .reply();
                                        return true;
                                    } catch (ApiException refused) {
                                        assertThat(refused.code()).isEqualTo("E0000231");
                                        return false;
                                    }
                                }));
            }
        }
        assertThat(running.stream().filter(Future::resultNow)).hasSize(1);
    }

    @Test
    @DisplayName("P3 a user who is sent back as it was read stays as it is")
    void roundTrip() {
        ObjectNode body = withPassword(named("round@example.com"), "tlpWENT2m");
        body.withObject("credentials")
                .putObject("recovery_question")
                .put("question", "Who is it?")
                .put("answer", "Annie Oakley");
        String id = ground.create(body, "").path("id").stringValue();
        JsonNode read = ground.get(id);
        assertThat(put(id, Json.text(read))).isEqualTo(read);
        assertThat(post(id, Json.text(read))).isEqualTo(read);
        assertThatThrownBy(
                        () ->
                                post(
                                        id,
                                        "{\"credentials\":{\"recovery_question\":{\"question\":"
                                                + "\"Another?\"}}}"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000001"));
    }

    private static int links(String id) {
        return ground.database.read(
                ground.org.number(),
                reader ->
                        reader.list(
                                        Sql.of(
                                                "SELECT kind FROM user_tokens"
                                                        + " WHERE org_id = ? AND user_id = ?",
                                                reader.org(),
                                                id),
                                        row -> row.text(1))
                                .size());
    }

    @Test
    @DisplayName("a password by an administrator, or another mail address, ends links sent before")
    void linksEnd() {
        String invited = ground.create(named("invited@example.com"), "").path("id").stringValue();
        assertThat(links(invited)).isEqualTo(1);
        post(invited, "{\"profile\":{\"email\":\"elsewhere@example.com\"}}");
        assertThat(links(invited)).isEqualTo(1);
        post(invited, "{\"credentials\":{\"password\":{\"value\":\"tlpWENT2m\"}}}");
        assertThat(links(invited)).isZero();

        String forgot = ground.active("forgot-link@example.com");
        ground.call("forgotPassword").on(forgot).reply();
        post(forgot, "{\"profile\":{\"title\":\"Dr\"}}");
        assertThat(links(forgot)).isEqualTo(1);
        post(forgot, "{\"profile\":{\"email\":\"new-forgot@example.com\"}}");
        assertThat(links(forgot)).isZero();
    }

    @Test
    @DisplayName("P39 a login that becomes taken is refused, and nothing changes")
    void aTakenLoginIsRefused() {
        ground.active("first@example.com");
        String id = ground.active("second@example.com");
        assertThatThrownBy(
                        () ->
                                post(
                                        id,
                                        "{\"profile\":{\"login\":\"First@example.com\",\"city\":\"x\"}}"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly(
                                                "login: An object with this field already exists"
                                                        + " in the current organization"));
        assertThat(ground.get(id).path("profile").has("city")).isFalse();
    }

    @Test
    @DisplayName(
            "read-only properties are ignored, credentials are set without asking for the old ones")
    void credentialsAreSet() {
        String id =
                ground.create(named("credentials@example.com"), "activate=false")
                        .path("id")
                        .stringValue();
        JsonNode user =
                post(
                        id,
                        """
                        {"status":"ACTIVE","credentials":{"password":{"value":"uTVM,TPw55"},
                        "recovery_question":{"question":"How many roads?","answer":"forty two"}}}""");
        assertThat(user.path("status").stringValue()).isEqualTo("STAGED");
        assertThat(user.path("credentials").toString())
                .isEqualTo(
                        "{\"password\":{},\"recovery_question\":{\"question\":\"How many"
                                + " roads?\"},\"provider\":{\"type\":\"OKTA\",\"name\":\"OKTA\"}}");
        assertThat(user.path("passwordChanged").isString()).isTrue();
    }

    @Test
    @DisplayName("who waits for a password and gets one is active")
    void aPasswordActivates() {
        String id = ground.create(named("waiting@example.com"), "").path("id").stringValue();
        JsonNode user = post(id, "{\"credentials\":{\"password\":{\"value\":\"uTVM,TPw55\"}}}");
        assertThat(user.path("status").stringValue()).isEqualTo("ACTIVE");
    }

    @Test
    @DisplayName("only strict asks the history")
    void strictAsksTheHistory() {
        String id = ground.active("strict@example.com");
        String again = "{\"credentials\":{\"password\":{\"value\":\"tlpWENT2m\"}}}";
        assertThatThrownBy(
                        () ->
                                ground.call("updateUser")
                                        .on(id)
                                        .query("strict=true")
                                        .body(again)
                                        .reply())
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e ->
                                assertThat(e.causes())
                                        .containsExactly(
                                                "password: Password has been used too recently"));
        assertThat(post(id, again).path("id").stringValue()).isEqualTo(id);
    }

    @Test
    @DisplayName("a hash can only be imported for a user who was never activated")
    void hashesAreForTheStaged() {
        String id = ground.active("late.hash@example.com");
        String body =
                """
                {"credentials":{"password":{"hash":{"algorithm":"MD5",
                "value":"jqACjUUFXM1XE6NiLALAbA=="}}}}""";
        assertThatThrownBy(() -> post(id, body)).isInstanceOf(ApiException.class);
        String staged =
                ground.create(
                                withPassword(named("early.hash@example.com"), "tlpWENT2m"),
                                "activate=false")
                        .path("id")
                        .stringValue();
        assertThat(post(staged, body).at("/credentials/provider/type").stringValue())
                .isEqualTo("IMPORT");
    }

    @Test
    @DisplayName("users change their own profile, as far as the schema lets them")
    void plainUsersChangeTheirProfile() {
        String id = ground.active("own@example.com");
        UserGround.Call own = ground.call("updateUser").as(UserGround.plain(id)).on("me");
        JsonNode user =
                own.body("{\"profile\":{\"nickName\":\"Me\",\"login\":\"own@example.com\"}}")
                        .json();
        assertThat(user.at("/profile/nickName").stringValue()).isEqualTo("Me");
        assertThatThrownBy(() -> own.body("{\"profile\":{\"department\":\"Board\"}}").reply())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000077"));
        assertThatThrownBy(
                        () ->
                                own.body(
                                                "{\"credentials\":{\"password\":{\"value\":\"uTVM,TPw55\"}}}")
                                        .reply())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("E0000006"));
    }

    @Test
    @DisplayName("P29 a search finds the change as soon as it is answered")
    void searchSeesTheChange() {
        String id = ground.active("searched@example.com");
        post(id, "{\"profile\":{\"department\":\"Astronomy\"}}");
        assertThat(
                        UserGround.logins(
                                ground.call("listUsers")
                                        .query("search=profile.department+eq+%22astronomy%22")
                                        .json()))
                .containsExactly("searched@example.com");
    }
}
