package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Recovery")
class RecoveryTest {

    private static final String NEXT = "N3xt-one-please";

    private final Server server;
    private final SignIns users;
    private final Org org;

    RecoveryTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.users = new SignIns(org);
    }

    @Test
    @DisplayName("whoever forgot the password gets a mail, answers the question and is in")
    void byMail() {
        String login = users.recoverable();

        Answer asked = begin("password", login, "EMAIL").expect(200);

        assertThat(asked.json())
                .isEqualTo(
                        Json.parse(
                                "{\"status\":\"RECOVERY_CHALLENGE\",\"factorResult\":\"WAITING\",\"factorType\":\"EMAIL\",\"recoveryType\":\"PASSWORD\"}"));
        String token = mailed(login, "recoveryToken");
        Answer recovery = redeem(token).expect(200);
        assertThat(recovery.text("status")).isEqualTo("RECOVERY");
        assertThat(recovery.text("recoveryType")).isEqualTo("PASSWORD");
        assertThat(recovery.text("_embedded.user.recovery_question.question"))
                .isEqualTo("Which sea?");
        assertThat(recovery.text("_links.next.name")).isEqualTo("answer");
        redeem(token).expect(401, "E0000011");
        String state = recovery.text("stateToken");
        users.move("/credentials/reset_password", state, "newPassword", NEXT)
                .expect(403, "E0000079");
        users.move("/recovery/answer", state, "answer", "Pacific").expect(403, "E0000087");
        Answer answered = users.move("/recovery/answer", state, "answer", "baltic").expect(200);
        assertThat(answered.text("status")).isEqualTo("PASSWORD_RESET");
        assertThat(answered.text("_links.next.name")).isEqualTo("resetPassword");
        assertThat(answered.json().at("/_embedded/policy/age/historyCount").asInt()).isEqualTo(4);
        users.move("/credentials/reset_password", state, "newPassword", "short")
                .expect(403, "E0000014");
        Answer reset =
                users.move("/credentials/reset_password", state, "newPassword", NEXT).expect(200);
        assertThat(reset.text("status")).isEqualTo("SUCCESS");
        assertThat(reset.text("sessionToken")).startsWith("20111");
        users.signIn(login, NEXT).expect(200);
    }

    @Test
    @DisplayName("the mail goes to the secondary address, too, and its link works once for both")
    void bothAddresses() {
        String login = users.recoverable();
        String second = "second-" + login;
        org.http()
                .post("/api/v1/users/" + login, Map.of("profile", Map.of("secondEmail", second)))
                .expect(200);

        begin("password", login, "EMAIL").expect(200);

        String token = mailed(second, "recoveryToken");
        assertThat(mailed(login, "recoveryToken")).isEqualTo(token);
        redeem(token).expect(200);
        redeem(token).expect(401, "E0000011");
    }

    @Test
    @DisplayName("P15 the mail is written in the user's language, else in that of the org's brand")
    void language() {
        Org german = server.newOrg();
        ObjectNode brand =
                (ObjectNode) german.http().get("/api/v1/brands").expect(200).json().get(0);
        german.http()
                .put("/api/v1/brands/" + brand.get("id").asString(), brand.put("locale", "de-AT"))
                .expect(200);
        SignIns people = new SignIns(german);
        String login = people.active();
        String japanese = people.active();
        german.http()
                .post("/api/v1/users/" + japanese, "{\"profile\":{\"locale\":\"ja_JP\"}}")
                .expect(200);

        assertThat(forgotten(german, login)).contains("Wählen Sie es hier:");
        assertThat(forgotten(german, japanese)).contains("こちらで設定してください。");
    }

    private static String forgotten(Org at, String login) {
        at.nobody()
                .post(
                        "/api/v1/authn/recovery/password",
                        Json.object().put("username", login).put("factorType", "EMAIL"))
                .expect(200);
        JsonNode mails = at.http().get("/ostiary/v1/outbox?limit=1&to=" + login).expect(200).json();
        return mails.path(0).path("text").asString();
    }

    private Answer begin(String what, String login, String factorType) {
        return org.nobody()
                .post(
                        "/api/v1/authn/recovery/" + what,
                        Json.object().put("username", login).put("factorType", factorType));
    }

    private Answer redeem(String token) {
        return org.nobody()
                .post("/api/v1/authn/recovery/token", Json.object().put("recoveryToken", token));
    }

    private String mailed(String login, String variable) {
        JsonNode mails = org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json();
        assertThat(mails).as(login).isNotEmpty();
        return mails.path(0).path("variables").path(variable).asString();
    }

    @Test
    @DisplayName("whoever asks learns nothing of whether there is such a user")
    void enumeration() {
        String suspended = users.active();
        org.http().post("/api/v1/users/" + suspended + "/lifecycle/suspend").expect(200);

        for (String what : List.of("password", "unlock")) {
            String known = begin(what, users.active(), "EMAIL").expect(200).text();
            assertThat(begin(what, users.login(), "EMAIL").expect(200).text()).isEqualTo(known);
            assertThat(begin(what, suspended, "EMAIL").expect(200).text()).isEqualTo(known);
            Answer nobody = begin(what, users.login(), "SMS").expect(200);
            Answer somebody = begin(what, users.active(), "SMS").expect(200);
            assertThat(shape(nobody)).isEqualTo(shape(somebody));
            for (Answer each : List.of(nobody, somebody)) {
                String state = each.text("stateToken");
                for (int i = 0; i < 5; i++) {
                    users.move("/recovery/factors/SMS/verify", state, "passCode", "123456")
                            .expect(403, "E0000068");
                }
                users.move("/recovery/factors/SMS/verify", state, "passCode", "123456")
                        .expect(401, "E0000011");
            }
        }
        assertThat(org.http().get("/ostiary/v1/outbox?to=" + suspended).expect(200).json())
                .isEmpty();
    }

    /** An answer without what is another each time. */
    private static JsonNode shape(Answer answer) {
        ObjectNode shape = answer.json().asObject();
        shape.put("stateToken", "").put("expiresAt", "");
        return shape;
    }

    /** Somebody with a phone, and a policy that reaches it. */
    private String reachable(String type, String number) {
        String login = users.recoverable();
        new Policies(org)
                .password(
                        groupOf(login),
                        login,
                        "{\"recovery\":{\"factors\":{\"okta_sms\":{\"status\":\"ACTIVE\"},\"okta_call\":{\"status\":\"ACTIVE\"}}}}",
                        """
                        {"selfServicePasswordReset":{"access":"ALLOW"},
                         "selfServiceUnlock":{"access":"ALLOW"}}""");
        org.http()
                .post(
                        "/api/v1/users/" + login + "/factors?activate=true",
                        "{\"factorType\":\""
                                + type
                                + "\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\""
                                + number
                                + "\"}}")
                .expect(200);
        return login;
    }

    private String code(String number) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + number.replace("+", "%2B"))
                .expect(200)
                .json()
                .at("/0/variables/code")
                .asString();
    }

    @Test
    @DisplayName("whoever forgot the password gets a code by SMS, answers the question and is in")
    void bySms() {
        String login = reachable("sms", "+15554151301");

        Answer asked = begin("password", login, "SMS").expect(200);

        assertThat(List.copyOf(asked.json().propertyNames()))
                .containsExactly(
                        "stateToken",
                        "expiresAt",
                        "status",
                        "factorType",
                        "recoveryType",
                        "_links");
        assertThat(asked.text("status")).isEqualTo("RECOVERY_CHALLENGE");
        assertThat(asked.text("_links.next.href"))
                .isEqualTo(org.url() + "/api/v1/authn/recovery/factors/SMS/verify");
        assertThat(asked.text("_links.resend.name")).isEqualTo("sms");
        String state = asked.text("stateToken");
        assertThat(users.move("", state).expect(200).text("status"))
                .isEqualTo("RECOVERY_CHALLENGE");
        users.move("/recovery/factors/call/verify", state, "passCode", "123456")
                .expect(403, "E0000079");
        users.move("/recovery/factors/sms/resend", state).expect(429, "E0000109");
        String code = code("+15554151301");
        String other = (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
        users.move("/recovery/factors/sms/verify", state, "passCode", other)
                .expect(403, "E0000068");
        Answer recovery =
                users.move("/recovery/factors/sms/verify", state, "passCode", code).expect(200);
        assertThat(recovery.text("status")).isEqualTo("RECOVERY");
        assertThat(recovery.text("stateToken")).isEqualTo(state);
        users.move("/recovery/factors/sms/verify", state, "passCode", code).expect(403, "E0000079");
        assertThat(
                        users.move("/recovery/answer", state, "answer", "baltic")
                                .expect(200)
                                .text("status"))
                .isEqualTo("PASSWORD_RESET");
        users.move("/credentials/reset_password", state, "newPassword", NEXT).expect(200);
        users.signIn(login, NEXT).expect(200);
        assertThat(users.events("system.sms.send_password_reset_message", login)).hasSize(1);
    }

    @Test
    @DisplayName("a call reads the code out; whoever gives up is done with it")
    void byCall() {
        String login = reachable("call", "+15554151302");
        String state = begin("password", login, "call").expect(200).text("stateToken");

        users.move("/cancel", state).expect(200);

        users.move("/recovery/factors/CALL/verify", state, "passCode", code("+15554151302"))
                .expect(401, "E0000011");
        assertThat(users.events("system.voice.send_password_reset_call", login)).hasSize(1);
    }

    @Test
    @DisplayName("P39 of twenty who come with one code, one goes on")
    void oneCode() throws InterruptedException {
        String login = reachable("sms", "+15554151303");
        String state = begin("password", login, "SMS").expect(200).text("stateToken");
        String code = code("+15554151303");

        List<Answer> answers =
                SignIns.atOnce(
                        20,
                        () -> users.move("/recovery/factors/SMS/verify", state, "passCode", code));

        assertThat(SignIns.count(answers, 200)).isEqualTo(1);
        assertThat(SignIns.count(answers, 403)).isEqualTo(19);
    }

    @Test
    @DisplayName("whoever waits for a code may do nothing else with its state token")
    void otherMoves() {
        String login = reachable("sms", "+15554151309");
        String state = begin("password", login, "SMS").expect(200).text("stateToken");

        for (String move : List.of("/previous", "/skip")) {
            users.move(move, state).expect(403, "E0000079");
        }
        users.move("/recovery/answer", state, "answer", "Baltic").expect(403, "E0000079");
        users.move("/credentials/reset_password", state, "newPassword", NEXT)
                .expect(403, "E0000079");
        users.move("/recovery/factors/SMS/verify", state, "passCode", code("+15554151309"))
                .expect(200);
    }

    @Test
    @DisplayName("P40 a code and its state token mean nothing in another org")
    void elsewhere() {
        String login = reachable("sms", "+15554151305");
        String state = begin("password", login, "SMS").expect(200).text("stateToken");
        SignIns elsewhere = new SignIns(server.newOrg());

        for (String path : List.of("", "/cancel", "/recovery/factors/SMS/resend")) {
            elsewhere.move(path, state).expect(401, "E0000011");
        }
        elsewhere
                .move("/recovery/factors/SMS/verify", state, "passCode", code("+15554151305"))
                .expect(401, "E0000011");
        users.move("/recovery/factors/SMS/verify", state, "passCode", code("+15554151305"))
                .expect(200);
    }

    @Test
    @DisplayName("whoever is locked out opens the account by SMS")
    void unlockBySms() {
        String login = reachable("sms", "+15554151304");
        for (int i = 0; i < 10; i++) {
            users.signIn(login, "wrong").expect(401);
        }

        String state = begin("unlock", login, "SMS").expect(200).text("stateToken");
        users.move("/recovery/factors/SMS/verify", state, "passCode", code("+15554151304"))
                .expect(200);
        Answer unlocked = users.move("/recovery/answer", state, "answer", "Baltic").expect(200);

        assertThat(unlocked.text("recoveryType")).isEqualTo("UNLOCK");
        users.signIn(login).expect(200);
        begin("unlock", login, "CALL").expect(403, "E0000032");
    }

    @Test
    @DisplayName("whoever is locked out is told so by mail, where the policy says it")
    void lockoutMail() {
        String login = users.active();
        new Policies(org)
                .password(
                        groupOf(login),
                        login,
                        "{\"password\":{\"lockout\":{\"maxAttempts\":3,\"showLockoutFailures\":true,\"userLockoutNotificationChannels\":[\"EMAIL\"]}}}",
                        "{\"selfServicePasswordReset\":{\"access\":\"ALLOW\"}}");

        users.signIn(login, "wrong").expect(401);
        users.signIn(login, "wrong").expect(401);
        Answer locked = users.signIn(login, "wrong").expect(200);

        assertThat(locked.text("status")).isEqualTo("LOCKED_OUT");
        assertThat(locked.text("_links.next.name")).isEqualTo("unlock");
        assertThat(locked.text("_links.cancel.href")).endsWith("/api/v1/authn/cancel");
        org.nobody().post("/api/v1/authn/cancel", Json.object()).expect(200);
        JsonNode mail = org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json();
        assertThat(mail.at("/0/template").asString()).isEqualTo("AccountLockout");
        assertThat(mail).hasSize(1);
    }

    @Test
    @DisplayName("a trusted application gets the token itself, and is told who is unknown")
    void trusted() {
        String login = users.active();
        ObjectNode body = Json.object().put("username", login);

        Answer handed = org.http().post("/api/v1/authn/recovery/password", body).expect(200);

        assertThat(handed.text("status")).isEqualTo("RECOVERY");
        assertThat(handed.text("_links.next.name")).isEqualTo("recovery");
        assertThat(handed.text("_embedded.user.profile.login")).isEqualTo(login);
        Answer reset = redeem(handed.text("recoveryToken")).expect(200);
        assertThat(reset.text("status")).isEqualTo("PASSWORD_RESET");
        org.http()
                .post(
                        "/api/v1/authn/recovery/password",
                        Json.object().put("username", users.login()))
                .expect(403, "E0000095");
        org.nobody().post("/api/v1/authn/recovery/password", body).expect(400, "E0000001");
        assertThat(
                        org.http()
                                .post("/api/v1/authn/recovery/unlock", body)
                                .expect(403, "E0000032")
                                .errorCauses())
                .containsExactly("The user is not locked out.");
    }

    @Test
    @DisplayName("P39 of fifty who come with one recovery token, one goes on")
    void oneWinner() throws InterruptedException {
        String token =
                org.http()
                        .post(
                                "/api/v1/authn/recovery/password",
                                Json.object().put("username", users.active()))
                        .expect(200)
                        .text("recoveryToken");

        List<Answer> answers = SignIns.atOnce(50, () -> redeem(token));

        assertThat(SignIns.count(answers, 200)).isEqualTo(1);
        assertThat(SignIns.count(answers, 401)).isEqualTo(49);
    }

    @Test
    @DisplayName("whoever is locked out opens the account by mail, and is not signed in by that")
    void unlock() {
        String login = users.recoverable();
        mayUnlock(login);
        for (int i = 0; i < 10; i++) {
            users.signIn(login, "wrong").expect(401);
        }

        begin("unlock", login, "EMAIL").expect(200);
        String state = redeem(mailed(login, "unlockAccountToken")).expect(200).text("stateToken");
        Answer unlocked = users.move("/recovery/answer", state, "answer", "Baltic").expect(200);

        assertThat(unlocked.text("status")).isEqualTo("SUCCESS");
        assertThat(unlocked.text("recoveryType")).isEqualTo("UNLOCK");
        assertThat(unlocked.json().has("sessionToken")).isFalse();
        assertThat(users.user(login).get("status").asString()).isEqualTo("ACTIVE");
        assertThat(users.events("user.account.unlock", login)).isNotEmpty();
        users.signIn(login).expect(200);
    }

    private void mayUnlock(String login) {
        new Policies(org).lettingUnlock(groupOf(login), login);
    }

    private String groupOf(String login) {
        String group = Directory.id(new Directory(org).group("of " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        return group;
    }

    @Test
    @DisplayName("whoever may not open a lock, as the default policy has it, gets no mail")
    void mayNotUnlock() {
        String login = users.recoverable();
        for (int i = 0; i < 10; i++) {
            users.signIn(login, "wrong").expect(401);
        }

        begin("unlock", login, "EMAIL").expect(200);

        assertThat(org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json()).isEmpty();
        org.http()
                .post("/api/v1/authn/recovery/unlock", Json.object().put("username", login))
                .expect(403, "E0000032");
    }

    @Test
    @DisplayName("whoever may not replace a password that was forgotten gets no mail")
    void mayNotReset() {
        String login = users.recoverable();
        new Policies(org)
                .password(
                        groupOf(login),
                        login,
                        "{}",
                        "{\"selfServicePasswordReset\":{\"access\":\"DENY\"}}");

        begin("password", login, "EMAIL").expect(200);

        assertThat(org.http().get("/ostiary/v1/outbox?to=" + login).expect(200).json()).isEmpty();
        org.http()
                .post("/api/v1/authn/recovery/password", Json.object().put("username", login))
                .expect(403, "E0000034");
    }

    @Test
    @DisplayName("a wrong answer too often locks the account, and ends the recovery")
    void guessing() {
        String login = users.recoverable();
        begin("password", login, "EMAIL").expect(200);
        String state = redeem(mailed(login, "recoveryToken")).expect(200).text("stateToken");

        for (int i = 0; i < 10; i++) {
            users.move("/recovery/answer", state, "answer", "Pacific").expect(403, "E0000087");
        }

        users.move("/recovery/answer", state, "answer", "Baltic").expect(401, "E0000011");
        assertThat(users.user(login).get("status").asString()).isEqualTo("LOCKED_OUT");
    }

    @Test
    @DisplayName("a relay state goes along, if it leads to a trusted origin")
    void relayState() {
        String login = users.active();
        ObjectNode body = Json.object().put("username", login).put("factorType", "EMAIL");

        org.nobody()
                .post(
                        "/api/v1/authn/recovery/password",
                        body.deepCopy().put("relayState", "https://evil.example/"))
                .expect(400, "E0000001");
        org.nobody()
                .post(
                        "/api/v1/authn/recovery/password",
                        body.deepCopy().put("relayState", "/after"))
                .expect(200);

        Answer recovery = redeem(mailed(login, "recoveryToken")).expect(200);
        assertThat(recovery.text("relayState")).isEqualTo("/after");
    }
}
