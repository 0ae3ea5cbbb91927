package dev.ostiary.conformance.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Primary authentication")
class PrimaryAuthenticationTest {

    private final SignIns users;
    private final Org org;

    PrimaryAuthenticationTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    @Test
    @DisplayName("given the right password: SUCCESS in the documented form, and lastLogin is set")
    void success() {
        String login = users.active();

        Answer answer = users.signIn(login).expect(200);

        assertThat(List.copyOf(answer.json().propertyNames()))
                .containsExactly("expiresAt", "status", "sessionToken", "_embedded");
        assertThat(answer.text("status")).isEqualTo("SUCCESS");
        assertThat(answer.text("sessionToken")).matches("20111[\\w-]{50}");
        assertThat(answer.text("_embedded.user.profile.login")).isEqualTo(login);
        JsonNode user = users.user(login);
        assertThat(answer.text("_embedded.user.id")).isEqualTo(user.get("id").asString());
        assertThat(answer.text("_embedded.user.passwordChanged"))
                .isEqualTo(user.get("passwordChanged").asString());
        assertThat(user.get("lastLogin").isNull()).isFalse();
        assertThat(user.get("lastUpdated")).isNotNull();
        JsonNode event = users.events("user.session.start", login).getFirst();
        assertThat(event.at("/outcome/result").asString()).isEqualTo("SUCCESS");
        assertThat(event.at("/actor/alternateId").asString()).isEqualTo(login);
    }

    @Test
    @DisplayName("given a short login that only one user has: the same")
    void shortLogin() {
        String login = users.active();

        Answer answer = users.signIn(login.substring(0, login.indexOf('@'))).expect(200);

        assertThat(answer.text("_embedded.user.profile.login")).isEqualTo(login);
    }

    @Test
    @DisplayName(
            "whoever proves nothing is told the same: unknown, wrong, suspended, locked, staged")
    void oneAnswerForAll() {
        String locked = users.active();
        for (int i = 0; i < 10; i++) {
            users.signIn(locked, "wrong").expect(401, "E0000004");
        }
        String suspended = users.active();
        org.http().post("/api/v1/users/" + suspended + "/lifecycle/suspend").expect(200);
        String reset = users.active();
        org.http()
                .post("/api/v1/users/" + reset + "/lifecycle/reset_password?sendEmail=false")
                .expect(200);
        String staged = users.login();
        new Directory(org).staged(staged);

        List<String> shapes = new ArrayList<>();
        for (String login :
                List.of(users.active(), users.login(), suspended, locked, staged, reset, "  ")) {
            boolean active = shapes.isEmpty();
            Answer answer = active ? users.signIn(login, "wrong") : users.signIn(login);
            shapes.add(shape(answer));
        }

        assertThat(shapes).hasSize(7).containsOnly(shapes.getFirst());
        assertThat(users.user(locked).get("status").asString()).isEqualTo("LOCKED_OUT");
    }

    private static String shape(Answer answer) {
        return answer.status()
                + answer.text().replaceAll("oae[\\w-]{22}", "id")
                + answer.headers().keySet();
    }

    @Test
    @DisplayName("P39 of fifty wrong passwords at once ten are counted and lock the account, once")
    void lockout() throws InterruptedException {
        String login = users.active();

        List<Answer> answers = SignIns.atOnce(50, () -> users.signIn(login, "wrong"));

        assertThat(SignIns.count(answers, 401)).isEqualTo(50);
        assertThat(users.user(login).get("status").asString()).isEqualTo("LOCKED_OUT");
        assertThat(users.events("user.account.lock", login)).hasSize(1);
        List<String> reasons =
                Json.texts(
                        Json.parse(Json.text(users.events("user.session.start", login))),
                        "outcome.reason");
        assertThat(reasons.stream().filter("INVALID_CREDENTIALS"::equals)).hasSize(10);
        assertThat(reasons.stream().filter("LOCKED_OUT"::equals)).hasSize(40);
        users.signIn(login).expect(401, "E0000004");
        org.http().post("/api/v1/users/" + login + "/lifecycle/unlock").expect(200);
        users.signIn(login).expect(200);
    }

    @Test
    @DisplayName("given nine wrong passwords and then the right one: the count begins anew")
    void countBeginsAnew() {
        String login = users.active();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 9; i++) {
                users.signIn(login, "wrong").expect(401);
            }
            users.signIn(login).expect(200);
        }
    }

    @Test
    @DisplayName("given an imported hash: it signs in, and the account is the server's own then")
    void imported() {
        String login = users.login();
        ObjectNode user = Directory.newUser(login);
        user.putObject("credentials")
                .putObject("password")
                .putObject("hash")
                .put("algorithm", "SHA-256")
                .put("salt", "c2FsdA==")
                .put("saltOrder", "PREFIX")
                .put("value", sha256("salt" + Directory.PASSWORD));
        org.http().post("/api/v1/users?activate=true", user).expect(200);
        assertThat(provider(login)).isEqualTo("IMPORT");

        users.signIn(login, "wrong").expect(401);
        assertThat(provider(login)).isEqualTo("IMPORT");
        users.signIn(login).expect(200);

        assertThat(provider(login)).isEqualTo("OKTA");
        users.signIn(login).expect(200);
    }

    private String provider(String login) {
        return users.user(login).at("/credentials/provider/type").asString();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("given neither password nor token: the documented cause")
    void incomplete() {
        Answer answer =
                org.nobody().post("/api/v1/authn", "{\"username\":\"x\"}").expect(400, "E0000001");

        assertThat(answer.text("errorSummary")).isEqualTo("Api validation failed: authRequest");
        assertThat(answer.errorCauses())
                .containsExactly(
                        "The 'username' and 'password' attributes are required in this context.");
        org.nobody()
                .post(
                        "/api/v1/authn",
                        "{\"username\":\"x\",\"password\":\"y\",\"audience\":\"0oa1\"}")
                .expect(401, "E0000004");
    }

    @Test
    @DisplayName(
            "P15 a device token that is too long is told to who may say one, else it is ignored")
    void longDeviceToken() {
        ObjectNode body =
                Json.object().put("username", users.active()).put("password", Directory.PASSWORD);
        body.putObject("context").put("deviceToken", "d".repeat(33));

        assertThat(org.nobody().post("/api/v1/authn", body).expect(200).text("status"))
                .isEqualTo("SUCCESS");
        org.http().post("/api/v1/authn", body).expect(400, "E0000001");
    }

    @Test
    @DisplayName("given an expired password: PASSWORD_EXPIRED, and the change signs in")
    void expiredPassword() {
        String login = users.expired();

        Answer expired = users.signIn(login).expect(200);

        assertThat(List.copyOf(expired.json().propertyNames()))
                .containsExactly("stateToken", "expiresAt", "status", "_embedded", "_links");
        assertThat(expired.text("status")).isEqualTo("PASSWORD_EXPIRED");
        assertThat(expired.json().at("/_embedded/policy/complexity/minLength").asInt())
                .isEqualTo(8);
        assertThat(expired.json().at("/_embedded/policy/age/historyCount").asInt()).isEqualTo(4);
        assertThat(expired.text("_links.next.name")).isEqualTo("changePassword");
        assertThat(expired.text("_links.next.href"))
                .isEqualTo(org.url() + "/api/v1/authn/credentials/change_password");
        assertThat(expired.json().at("/_links/cancel/hints/allow/0").asString()).isEqualTo("POST");
        String state = expired.text("stateToken");
        assertThat(state).matches("00[\\w-]{40}");

        assertThat(users.move("", state).expect(200).text("status")).isEqualTo("PASSWORD_EXPIRED");
        users.move("/skip", state).expect(403, "E0000079");
        users.move("/recovery/answer", state, "answer", "Baltic").expect(403, "E0000079");
        Answer wrong = change(state, "wrong", "N3xt-one-please").expect(403, "E0000014");
        assertThat(wrong.errorCauses())
                .containsExactly("oldPassword: The credentials provided were incorrect.");
        Answer unfit = change(state, Directory.PASSWORD, "short").expect(403, "E0000014");
        assertThat(unfit.text("errorSummary")).startsWith("The password does meet the");
        Answer changed = change(state, Directory.PASSWORD, "N3xt-one-please").expect(200);

        assertThat(changed.text("status")).isEqualTo("SUCCESS");
        assertThat(users.user(login).get("status").asString()).isEqualTo("ACTIVE");
        users.move("", state).expect(401, "E0000011");
        users.signIn(login, "N3xt-one-please").expect(200);
    }

    private Answer change(String state, String before, String after) {
        return users.move(
                "/credentials/change_password", state, "oldPassword", before, "newPassword", after);
    }

    @Test
    @DisplayName("P39 of fifty who make the same move with one state token, one makes it")
    void oneWinner() throws InterruptedException {
        String state = users.signIn(users.expired()).expect(200).text("stateToken");

        List<Answer> changes =
                SignIns.atOnce(4, () -> change(state, Directory.PASSWORD, "N3xt-one-please"));
        String other = users.signIn(users.expired()).expect(200).text("stateToken");
        List<Answer> cancels = SignIns.atOnce(50, () -> users.move("/cancel", other));

        assertThat(SignIns.count(changes, 200)).as(changes.toString()).isEqualTo(1);
        assertThat(SignIns.count(changes, 401) + SignIns.count(changes, 403)).isEqualTo(3);
        assertThat(SignIns.count(cancels, 200)).isEqualTo(1);
        assertThat(SignIns.count(cancels, 401)).isEqualTo(49);
    }

    @Test
    @DisplayName(
            "given a wrong password ten times in a move: the account is locked, the token dead")
    void guessing() {
        String login = users.expired();
        String state = users.signIn(login).expect(200).text("stateToken");

        for (int i = 0; i < 10; i++) {
            change(state, "wrong", "N3xt-one-please").expect(403, "E0000014");
        }

        users.move("", state).expect(401, "E0000011");
        assertThat(users.user(login).get("status").asString()).isEqualTo("LOCKED_OUT");
    }

    @Test
    @DisplayName("where a sign-in stands is told to whoever introspects its state token")
    void introspected() {
        String state = users.signIn(users.expired()).expect(200).text("stateToken");

        Answer told = users.move("/introspect", state).expect(200);

        assertThat(told.text("status")).isEqualTo("PASSWORD_EXPIRED");
        assertThat(told.text("stateToken")).isEqualTo(state);
        users.move("/introspect", "none").expect(401, "E0000011");
    }

    @Test
    @DisplayName("what a client wanted to come back to is told when a recovery is given up")
    void givenUp() {
        Answer handed =
                org.http()
                        .post(
                                "/api/v1/authn/recovery/password",
                                Json.object()
                                        .put("username", users.recoverable())
                                        .put("relayState", "/deep/link"))
                        .expect(200);
        assertThat(handed.text("relayState")).isEqualTo("/deep/link");
        String state =
                org.nobody()
                        .post(
                                "/api/v1/authn/recovery/token",
                                Json.object().put("recoveryToken", handed.text("recoveryToken")))
                        .expect(200)
                        .text("stateToken");

        assertThat(users.move("/cancel", state).expect(200).text("relayState"))
                .isEqualTo("/deep/link");
    }

    @Test
    @DisplayName("a cancelled sign-in is over, and another org knows nothing of it (P40)")
    void cancelled() {
        String state = users.signIn(users.expired()).expect(200).text("stateToken");

        users.move("/cancel", state).expect(200);

        users.move("", state).expect(401, "E0000011");
        users.move("/cancel", state).expect(401, "E0000011");
    }

    @Test
    @DisplayName("whoever is suspended on the way goes no further")
    void suspendedOnTheWay() {
        String login = users.expired();
        String state = users.signIn(login).expect(200).text("stateToken");
        org.http().post("/api/v1/users/" + login + "/lifecycle/deactivate").expect(200);

        change(state, Directory.PASSWORD, "N3xt-one-please").expect(401, "E0000011");
    }

    @Test
    @DisplayName("given an activation token: it signs in once, or lets choose a password")
    void activation() {
        String staged = users.login();
        String id = Directory.id(new Directory(org).staged(staged));
        String token =
                org.http()
                        .post("/api/v1/users/" + id + "/lifecycle/activate?sendEmail=false")
                        .expect(200)
                        .text("activationToken");

        Answer invited = org.nobody().post("/api/v1/authn", Json.object().put("token", token));

        assertThat(invited.expect(200).text("status")).isEqualTo("PASSWORD_RESET");
        assertThat(invited.text("recoveryType")).isEqualTo("ACCOUNT_ACTIVATION");
        assertThat(invited.text("_links.next.name")).isEqualTo("resetPassword");
        org.nobody()
                .post("/api/v1/authn", Json.object().put("token", token))
                .expect(401, "E0000004");
        Answer in =
                users.move(
                                "/credentials/reset_password",
                                invited.text("stateToken"),
                                "newPassword",
                                "N3xt-one-please")
                        .expect(200);
        assertThat(in.text("status")).isEqualTo("SUCCESS");
        assertThat(users.user(staged).get("status").asString()).isEqualTo("ACTIVE");
        users.signIn(staged, "N3xt-one-please").expect(200);
    }
}
