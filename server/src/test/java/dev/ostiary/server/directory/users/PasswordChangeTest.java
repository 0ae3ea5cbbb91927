package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserGround.named;
import static dev.ostiary.server.directory.users.UserGround.withPassword;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.users.UserTokenStore.Kind;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Another password for who knows the present one, on PostgreSQL. */
@ExtendWith(TestDatabase.class)
class PasswordChangeTest {

    private static final String OLD = "tlpWENT2m";
    private static final String NEW = "uTVM,TPw55";

    private static UserGround ground;

    @BeforeAll
    static void open(DatabaseAccess access) {
        ground = new UserGround(access);
    }

    @AfterAll
    static void close() {
        ground.close();
    }

    private static UserGround.Call call(String id, String from, String to) {
        ObjectNode body = Json.object();
        body.putObject("oldPassword").put("value", from);
        body.putObject("newPassword").put("value", to);
        return ground.call("changePassword").on(id).body(Json.text(body));
    }

    private static JsonNode change(String id, String from, String to) {
        return call(id, from, to).json();
    }

    private static void refused(ThrowingCallable attempt, String code, String... causes) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsExactly(causes);
                        });
    }

    @Test
    @DisplayName("given the present password, the new one holds, and credentials are answered")
    void changes() {
        String id = ground.active("changes@example.com");
        JsonNode credentials = change(id, OLD, NEW);
        assertThat(credentials)
                .isEqualTo(
                        Json.parse(
                                "{\"password\":{},\"provider\":{\"type\":\"OKTA\",\"name\":\"OKTA\"}}"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(ground.hasPassword(id, NEW)).isTrue();
        assertThat(ground.hasPassword(id, OLD)).isFalse();
        assertThat(ground.events(id)).endsWith("user.account.update_password");
    }

    @Test
    @DisplayName("P38 given a wrong password, nothing changes and the log says who tried")
    void refusesWrongPassword() {
        String id = ground.active("wrong@example.com");
        refused(() -> change(id, "Not-it-1", NEW), "E0000014", "Old Password is not correct");
        assertThat(ground.hasPassword(id, OLD)).isTrue();
        assertThat(ground.outcome(id, "user.account.update_password"))
                .isEqualTo("FAILURE INVALID_CREDENTIALS");
    }

    @Test
    @DisplayName("the policy, the present password and the last ones refuse a new one")
    void refusesUnfitPasswords() {
        String id = ground.active("unfit@example.com");
        refused(
                () -> change(id, OLD, "short"),
                "E0000014",
                "Password requirements were not met. "
                        + PasswordPolicy.observedDefault().requirements());
        refused(() -> change(id, OLD, OLD), "E0000014", "Password cannot be your current password");
        change(id, OLD, NEW);
        refused(() -> change(id, NEW, OLD), "E0000014", "Password has been used too recently");
        change(id, NEW, "Third-one-3");
        change(id, "Third-one-3", "Fourth-one-4");
        change(id, "Fourth-one-4", "Fifth-one-5");
        change(id, "Fifth-one-5", OLD);
    }

    @Test
    @DisplayName("only under strict is a young password kept from being changed")
    void minimumAgeIsForStrict(DatabaseAccess access) {
        PasswordPolicy usual = PasswordPolicy.observedDefault();
        PasswordPolicy aged = new PasswordPolicy(usual.complexity(), 0, 60, 0, 0, 10, 0, 4, 60);
        try (UserGround slow = new UserGround(access, aged)) {
            String id = slow.active("young@example.com");
            UserGround.Call call = slow.call("changePassword").on(id);
            String body =
                    "{\"oldPassword\":{\"value\":\"tlpWENT2m\"},\"newPassword\":{\"value\":\"uTVM,TPw55\"}}";
            refused(
                    () -> call.query("strict=true").body(body).reply(),
                    "E0000014",
                    "Password requirements were not met. " + aged.requirements());
            assertThat(call.body(body).reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "STAGED, STAGED",
        "ACTIVE, ACTIVE",
        "PASSWORD_EXPIRED, ACTIVE",
        "RECOVERY, ACTIVE",
    })
    void leadsOn(UserStatus from, String to) {
        String id = ground.active(from + "-to@example.com");
        ground.force(id, from);
        change(id, OLD, NEW);
        assertThat(ground.status(id)).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource({"SUSPENDED", "LOCKED_OUT", "DEPROVISIONED", "PROVISIONED"})
    void otherStatusesAreRefused(UserStatus status) {
        String id = ground.active(status + "-no@example.com");
        ground.force(id, status);
        refused(() -> change(id, OLD, NEW), "E0000035");
    }

    @Test
    @DisplayName("who has no password here, or one that only a hook knows, can prove nothing")
    void needsAPassword() {
        String plain = ground.create(named("none@example.com"), "").path("id").stringValue();
        ground.force(plain, UserStatus.ACTIVE);
        refused(() -> change(plain, OLD, NEW), "E0000035");
        ObjectNode hooked = named("hooked@example.com");
        hooked.putObject("credentials")
                .putObject("password")
                .putObject("hook")
                .put("type", "default");
        String id = ground.create(hooked, "").path("id").stringValue();
        refused(() -> change(id, OLD, NEW), "E0000014", "Old Password is not correct");
    }

    @Test
    @DisplayName("P6 what is missing, or comes as a hash, is said at once")
    void badBodies() {
        String id = ground.active("bodies@example.com");
        refused(
                () -> ground.call("changePassword").on(id).body("{}").reply(),
                "E0000001",
                "oldPassword: The field cannot be left blank",
                "newPassword: The field cannot be left blank");
        refused(
                () ->
                        ground.call("changePassword")
                                .on(id)
                                .body(
                                        "{\"oldPassword\":{\"value\":\"tlpWENT2m\"},\"newPassword\":"
                                                + "{\"hash\":{\"algorithm\":\"MD5\",\"value\":\"x\"}}}")
                                .reply(),
                "E0000001",
                "newPassword: A hashed password or a password hook is not supported here");
    }

    @Test
    @DisplayName("an imported hash proves the password once, and gives way to our own")
    void importedHash() {
        ObjectNode body = named("imported@example.com");
        body.putObject("credentials")
                .putObject("password")
                .putObject("hash")
                .put("algorithm", "MD5")
                .put("value", "X03MO1qnZdYdgyfeuILPmQ==");
        String id = ground.create(body, "").path("id").stringValue();
        assertThat(ground.get(id).at("/credentials/provider/type").stringValue())
                .isEqualTo("IMPORT");
        refused(() -> change(id, "Password", NEW), "E0000014", "Old Password is not correct");
        assertThat(change(id, "password", NEW).at("/provider/type").stringValue())
                .isEqualTo("OKTA");
        assertThat(hash(id)).startsWith("$argon2id$");
    }

    private static String hash(String id) {
        return ground.database.read(
                ground.org.number(),
                reader ->
                        reader.one(
                                        Sql.of(
                                                "SELECT password_hash FROM users WHERE org_id = ? AND id = ?",
                                                ground.org.number(),
                                                id),
                                        row -> row.text(1))
                                .orElseThrow());
    }

    @Test
    @DisplayName("a changed password makes a reset link worthless, and clears failed attempts")
    void clearsWhatWasOpen() {
        String id = ground.active("open@example.com");
        String url =
                ground.call("resetPassword")
                        .on(id)
                        .query("sendEmail=false")
                        .json()
                        .path("resetPasswordUrl")
                        .stringValue();
        ground.asOwner("UPDATE users SET failed_attempts = 3 WHERE id = '" + id + "'");
        assertThat(ground.redeemed(Kind.RECOVERY, url)).contains(id);
        change(id, OLD, NEW);
        assertThat(ground.redeemed(Kind.RECOVERY, url)).isEmpty();
        Secrets secrets =
                ground.database.read(
                        ground.org.number(), reader -> new UserStore().secrets(reader, id));
        assertThat(secrets.failedAttempts()).isZero();
    }

    @Test
    @DisplayName("sessions end if the client says so")
    void revokesSessions() {
        String id = ground.active("sessions@example.com");
        ground.call("changePassword")
                .on(id)
                .body(
                        "{\"oldPassword\":{\"value\":\"tlpWENT2m\"},\"newPassword\":"
                                + "{\"value\":\"uTVM,TPw55\"},\"revokeSessions\":true}")
                .reply();
        assertThat(ground.events(id)).contains("user.session.clear");
    }

    @Test
    @DisplayName("P39 given 50 at once with the same old password, exactly one wins")
    void oneOfFiftyWins() throws Exception {
        String id = ground.active("fifty@example.com");
        List<Callable<String>> attempts = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            String wanted = "Wanted-" + n + "-xY";
            attempts.add(
                    () -> {
                        try {
                            change(id, OLD, wanted);
                            return wanted;
                        } catch (ApiException refused) {
                            return refused.causes().getFirst();
                        }
                    });
        }
        List<String> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> attempt : threads.invokeAll(attempts)) {
                results.add(attempt.get());
            }
        }
        List<String> winners = results.stream().filter(text -> text.startsWith("W")).toList();
        assertThat(winners).hasSize(1);
        assertThat(results)
                .filteredOn(text -> !text.startsWith("W"))
                .containsOnly("Old Password is not correct");
        assertThat(ground.hasPassword(id, winners.getFirst())).isTrue();
    }

    @Test
    @DisplayName("P40 another org's user is nobody")
    void otherOrg() {
        String id = ground.active("abroad@example.com");
        refused(() -> call(id, OLD, NEW).in(ground.other).reply(), "E0000007");
        assertThat(ground.hasPassword(id, OLD)).isTrue();
    }

    @Test
    @DisplayName("the recovery question changes by the password, which is rehashed if it is weak")
    void recoveryQuestion() {
        String id =
                ground.create(withPassword(named("question@example.com"), OLD), "")
                        .path("id")
                        .stringValue();
        UserGround.Call call = ground.call("changeRecoveryQuestion").on(id);
        String body =
                "{\"password\":{\"value\":\"%s\"},\"recovery_question\":{\"question\":\"How many"
                        + " roads?\",\"answer\":\"%s\"}}";
        refused(
                () -> call.body(body.formatted("Wrong-1-x", "forty two")).reply(),
                "E0000014",
                "Password is not correct");
        assertThat(ground.outcome(id, "user.account.update_profile"))
                .isEqualTo("FAILURE INVALID_CREDENTIALS");
        refused(
                () -> call.body(body.formatted(OLD, "abc")).reply(),
                "E0000001",
                "recovery_question.answer: The security question answer must be at least 4"
                        + " characters in length");
        JsonNode credentials = call.body(body.formatted(OLD, "forty two")).json();
        assertThat(credentials.at("/recovery_question/question").stringValue())
                .isEqualTo("How many roads?");
        assertThat(credentials.at("/recovery_question").has("answer")).isFalse();
        assertThat(ground.status(id)).isEqualTo("ACTIVE");
        ground.force(id, UserStatus.SUSPENDED);
        refused(() -> call.body(body.formatted(OLD, "forty two")).reply(), "E0000036");
    }
}
