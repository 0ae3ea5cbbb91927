package dev.ostiary.server.signin.factors;

import static dev.ostiary.server.signin.factors.FactorGround.code;
import static dev.ostiary.server.signin.factors.FactorGround.not;
import static dev.ostiary.server.signin.factors.FactorGround.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.time.Duration;
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
@DisplayName("The factors of users")
class UserFactorsTest {

    private static final String SMS =
            "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\"%s\"}}";
    private static final String QUESTION =
            "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":"
                    + "\"disliked_food\",\"answer\":\"%s\"}}";
    private static final String EMAIL = "{\"factorType\":\"email\",\"provider\":\"OKTA\"}";
    private static final String TOTP =
            "{\"factorType\":\"token:software:totp\",\"provider\":\"%s\"}";
    private static final String WRONG =
            "Your passcode doesn't match our records. Please try again.";

    private final FactorGround ground;
    private int numbers;

    UserFactorsTest(DatabaseAccess access) {
        ground = new FactorGround(access, "user-factors");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private String number() {
        return "+1555415%04d".formatted(++numbers);
    }

    @Test
    @DisplayName("P31 a question is active at once, and reads as documented")
    void question() {
        String user = ground.user("question@org.example");
        JsonNode made = ground.enrol(user, QUESTION.formatted("Mayonnaise"));
        String url = "https://org.example/api/v1/users/" + user;
        String id = made.path("id").asString();
        assertThat(id).startsWith("ufs").hasSize(20);
        assertThat(made.propertyNames())
                .containsExactly(
                        "id",
                        "factorType",
                        "provider",
                        "vendorName",
                        "status",
                        "created",
                        "lastUpdated",
                        "profile",
                        "_links");
        assertThat(made.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(made.path("profile").toString())
                .isEqualTo(
                        "{\"question\":\"disliked_food\",\"questionText\":"
                                + "\"What is the food you least liked as a child?\"}");
        assertThat(made.path("_links").toString())
                .isEqualTo(
                        "{\"questions\":{\"href\":\""
                                + url
                                + "/factors/questions\",\"hints\":{\"allow\":[\"GET\"]}},"
                                + "\"self\":{\"href\":\""
                                + url
                                + "/factors/"
                                + id
                                + "\",\"hints\":{\"allow\":[\"GET\",\"DELETE\"]}},"
                                + "\"user\":{\"href\":\""
                                + url
                                + "\",\"hints\":{\"allow\":[\"GET\"]}}}");
        assertThat(ground.call("getFactor", user, id, "")).isEqualTo(made);
        assertThat(
                        ground.call("verifyFactor", user, id, "{\"answer\":\"  mayonnaise \"}")
                                .toString())
                .isEqualTo("{\"factorResult\":\"SUCCESS\"}");
        refused(
                () -> ground.call("verifyFactor", user, id, "{\"answer\":\"ketchup\"}"),
                "E0000068",
                "Your answer doesn't match our records. Please try again.");
        refused(
                () -> ground.enrol(user, QUESTION.formatted("again")),
                "E0000001",
                "A factor of this type is already set up.");
        assertThat(stored(id)).doesNotContainIgnoringCase("mayonnaise");
    }

    @Test
    @DisplayName("a list begins with the question, whatever was enrolled before it")
    void questionFirst() {
        String user = ground.user("order@org.example");
        ground.enrol(user, SMS.formatted(number()));
        ground.enrol(user, QUESTION.formatted("Mayonnaise"));
        assertThat(list(user).valueStream().map(each -> each.path("factorType").asString()))
                .containsExactly("question", "sms");
    }

    @Test
    @DisplayName("P6 every wrong part of a question is named at once")
    void wrongQuestions() {
        String user = ground.user("wrong-question@org.example");
        refused(
                () ->
                        ground.enrol(
                                user,
                                "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":"
                                        + "{\"question\":\"mine\",\"answer\":\"abc\"}}"),
                "E0000001",
                "question: The question is not one of those that can be chosen",
                "The security question answer must be at least 4 characters in length");
        refused(
                () -> ground.enrol(user, QUESTION.formatted("least liked")),
                "E0000001",
                "The security question answer must not be part of the question");
        refused(
                () -> ground.enrol(user, "{\"factorType\":\"question\",\"provider\":\"OKTA\"}"),
                "E0000001",
                "question: The field cannot be left blank",
                "answer: The field cannot be left blank");
        refused(
                () -> ground.enrol(user, "{\"factorType\":\"sms\",\"provider\":\"GOOGLE\"}"),
                "E0000001",
                "Factor not enabled.");
        refused(
                () -> ground.enrol(user, "{\"factorType\":\"sms\",\"provider\":\"ACME\"}"),
                "E0000001",
                "Invalid Provider.");
        refused(
                () -> ground.enrol(user, "{\"factorType\":\"token\",\"provider\":\"RSA\"}"),
                "E0000060");
    }

    @Test
    @DisplayName("a phone is activated by the code that was sent to it, and then proven by others")
    void sms() {
        String user = ground.user("sms@org.example");
        JsonNode made = ground.enrol(user, SMS.formatted("+1-555-415-9999"));
        String id = made.path("id").asString();
        assertThat(id).startsWith("mbl");
        assertThat(made.path("status").asString()).isEqualTo("PENDING_ACTIVATION");
        assertThat(made.at("/profile/phoneNumber").asString()).isEqualTo("+15554159999");
        assertThat(made.path("_links").propertyNames())
                .containsExactly("activate", "resend", "self", "user");
        assertThat(made.at("/_links/resend/0/name").asString()).isEqualTo("sms");
        String sent = ground.sentTo("+15554159999");
        assertThat(sent).matches("\\d{6}");
        assertThat(stored(id)).doesNotContain(sent);
        refused(() -> ground.activate(user, id, not(sent)), "E0000068", WRONG);
        JsonNode active = ground.activate(user, id, sent);
        assertThat(active.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(active.path("_links").propertyNames()).containsExactly("verify", "self", "user");
        refused(() -> ground.activate(user, id, sent), "E0000107");
        refused(() -> ground.verify(user, id, sent), "E0000068", WRONG);
        refused(() -> ground.reply("verifyFactor", user, id, ""), "E0000109");

        ground.pass(Duration.ofSeconds(30));
        JsonNode challenge = ground.call("verifyFactor", user, id, "{}");
        assertThat(challenge.propertyNames()).containsExactly("factorResult", "profile", "_links");
        assertThat(challenge.path("factorResult").asString()).isEqualTo("CHALLENGE");
        assertThat(challenge.path("_links").propertyNames()).containsExactly("verify", "factor");
        String second = ground.sentTo("+15554159999");
        assertThat(ground.verify(user, id, second).toString())
                .isEqualTo("{\"factorResult\":\"SUCCESS\"}");
        refused(() -> ground.verify(user, id, second), "E0000068", WRONG);
    }

    @Test
    @DisplayName("a code lives five minutes, one by mail as long as it was asked to")
    void lifetimes() {
        String user = ground.user("lifetime@org.example");
        String sms = ground.enrol(user, SMS.formatted("+15554158888")).path("id").asString();
        String email = ground.enrol(user, "tokenLifetimeSeconds=600", EMAIL).path("id").asString();
        String codeBySms = ground.sentTo("+15554158888");
        String codeByMail = ground.sentTo("lifetime@org.example");
        ground.pass(Duration.ofMinutes(5));
        refused(() -> ground.activate(user, sms, codeBySms), "E0000068", WRONG);
        assertThat(ground.activate(user, email, codeByMail).path("status").asString())
                .isEqualTo("ACTIVE");
        for (String wrong : List.of("0", "86401", "-1", "soon")) {
            refused(
                    () ->
                            ground.reply(
                                    "verifyFactor",
                                    user,
                                    email,
                                    "tokenLifetimeSeconds=" + wrong,
                                    ""),
                    "E0000001",
                    "tokenLifetimeSeconds: must be from 1 to 86400");
        }
    }

    @Test
    @DisplayName(
            "the next code comes after 30 seconds, to the same number whoever asks; by mail after five")
    void pauses() {
        String user = ground.user("pauses@org.example");
        String other = ground.user("pauses-too@org.example");
        String number = number();
        String sms = ground.enrol(user, SMS.formatted(number)).path("id").asString();
        String body = "{\"factorType\":\"sms\"}";
        refused(() -> ground.call("resendEnrollFactor", user, sms, body), "E0000109");
        refused(() -> ground.enrol(other, SMS.formatted(number)), "E0000109");
        refused(() -> ground.enrol(user, SMS.formatted(number)), "E0000109");
        String call = SMS.formatted(number).replace("sms", "call");
        String voice = ground.enrol(user, call).path("id").asString();
        refused(() -> ground.call("resendEnrollFactor", user, voice, body), "E0000133");
        String email = ground.enrol(user, EMAIL).path("id").asString();
        refused(() -> ground.call("resendEnrollFactor", user, email, body), "E0000118");
        ground.pass(Duration.ofSeconds(5));
        assertThat(ground.call("resendEnrollFactor", user, email, body).path("id").asString())
                .isEqualTo(email);
        refused(() -> ground.call("resendEnrollFactor", user, sms, body), "E0000109");
        ground.pass(Duration.ofSeconds(25));
        String first = ground.sentTo(number);
        ground.call("resendEnrollFactor", user, sms, body);
        refused(() -> ground.activate(user, sms, first), "E0000068", WRONG);
        ground.activate(user, sms, ground.sentTo(number));
        String question = ground.active(user, QUESTION.formatted("mustard"));
        refused(
                () -> ground.call("resendEnrollFactor", user, question, body),
                "E0000001",
                "Only call, email and sms factors can be sent again.");
    }

    @Test
    @DisplayName(
            "five wrong codes within five minutes, and even the right one is refused until they are over")
    void limit() {
        String user = ground.user("limit@org.example");
        String id = ground.enrol(user, "tokenLifetimeSeconds=3600", EMAIL).path("id").asString();
        String right = ground.sentTo("limit@org.example");
        for (int n = 0; n < 5; n++) {
            refused(() -> ground.activate(user, id, not(right)), "E0000068", WRONG);
        }
        refused(() -> ground.activate(user, id, right), "E0000047");
        ground.pass(Duration.ofMinutes(1));
        refused(() -> ground.call("resendEnrollFactor", user, id, "{}"), "E0000047");
        ground.enrol(user, EMAIL);
        refused(() -> ground.activate(user, id, ground.sentTo("limit@org.example")), "E0000047");
        ground.pass(Duration.ofMinutes(4));
        ground.call("resendEnrollFactor", user, id, "{}");
        assertThat(
                        ground.activate(user, id, ground.sentTo("limit@org.example"))
                                .path("status")
                                .asString())
                .isEqualTo("ACTIVE");
        assertThat(ground.directory.events(ground.org))
                .contains(
                        "user.mfa.attempt_bypass User:" + user + " AuthenticatorEnrollment:" + id);
    }

    @Test
    @DisplayName("P39 of 50 who show the same code at once one wins")
    void oneWinner() throws Exception {
        String user = ground.user("winner@org.example");
        String id = ground.active(user, SMS.formatted(number()));
        ground.call("verifyFactor", user, id, "{}");
        String sent = ground.outbox.sent.getLast().code();
        Callable<String> attempt = () -> outcome(user, id, sent);
        List<String> outcomes = AtOnce.call(Collections.nCopies(50, attempt));
        assertThat(Collections.frequency(outcomes, "SUCCESS")).isEqualTo(1);
        assertThat(outcomes).containsOnly("SUCCESS", "E0000068", "E0000047");
    }

    @Test
    @DisplayName("P39 of 50 who show the same step of a token at once one wins")
    void oneWinnerOfStep() throws Exception {
        String user = ground.user("step@org.example");
        JsonNode enrolled = ground.enrol(user, TOTP.formatted("GOOGLE"));
        String id = enrolled.path("id").asString();
        ground.activate(user, id, ground.totp(enrolled));
        ground.pass(Duration.ofSeconds(60));
        String now = ground.totp(enrolled);
        Callable<String> attempt = () -> outcome(user, id, now);
        List<String> outcomes = AtOnce.call(Collections.nCopies(50, attempt));
        assertThat(Collections.frequency(outcomes, "SUCCESS")).isEqualTo(1);
        assertThat(outcomes).containsOnly("SUCCESS", "E0000082", "E0000047");
    }

    private String outcome(String user, String id, String given) {
        try {
            return ground.verify(user, id, given).path("factorResult").asString();
        } catch (ApiException e) {
            return e.code();
        }
    }

    @Test
    @DisplayName(
            "a software token: its seed is shown until it is active, a step is taken once, a late one named")
    void totp() {
        String user = ground.user("totp@org.example");
        for (String provider : List.of("OKTA", "GOOGLE")) {
            JsonNode made = ground.enrol(user, TOTP.formatted(provider));
            String id = made.path("id").asString();
            JsonNode shown = made.at("/_embedded/activation");
            assertThat(shown.propertyNames())
                    .containsExactly("timeStep", "sharedSecret", "encoding", "keyLength", "_links");
            assertThat(shown.path("sharedSecret").asString()).matches("[A-Z2-7]{32}");
            assertThat(ground.call("getFactor", user, id, "")).isEqualTo(made);
            assertThat(stored(id)).doesNotContain(shown.path("sharedSecret").asString());
            assertThat(made.at("/profile/credentialId").asString()).isEqualTo("totp@org.example");
            String now = ground.totp(made);
            refused(() -> ground.activate(user, id, not(now)), "E0000068", WRONG);
            assertThat(ground.activate(user, id, now).has("_embedded")).isFalse();
            refused(() -> ground.verify(user, id, now), "E0000082");
            ground.pass(Duration.ofSeconds(30));
            String next = ground.totp(made);
            ground.pass(Duration.ofSeconds(30));
            assertThat(ground.verify(user, id, next).toString())
                    .isEqualTo("{\"factorResult\":\"SUCCESS\"}");
            String early = ground.totp(made);
            ground.pass(Duration.ofSeconds(150));
            refused(() -> ground.verify(user, id, early), "E0000083");
            refused(() -> ground.verify(user, id, "1"), "E0000068", WRONG);
        }
    }

    @Test
    @DisplayName("the picture of a token is there for whoever has its code, until it is active")
    void picture() {
        String user = ground.user("picture@org.example");
        JsonNode made = ground.enrol(user, TOTP.formatted("OKTA"));
        String id = made.path("id").asString();
        String href = made.at("/_embedded/activation/_links/qrcode/href").asString();
        String secret = href.substring(href.lastIndexOf('/') + 1);
        Reply reply = picture(user, id, secret);
        assertThat(reply.contentType()).isEqualTo("image/png");
        assertThat(reply.body()).startsWith(0x89, 'P', 'N', 'G');
        refused(() -> picture(user, id, not(secret)), "E0000007");
        ground.activate(user, id, ground.totp(made));
        refused(() -> picture(user, id, secret), "E0000007");
    }

    private Reply picture(String user, String id, String secret) {
        return ground.directory.call(
                ground.org,
                "getFactorQrCode",
                Map.of("userId", user, "factorId", id, "code", secret),
                "",
                "");
    }

    @Test
    @DisplayName("a number that waits is replaced only where that was asked for, one in use never")
    void updatePhone() {
        String user = ground.user("update@org.example");
        String first = number();
        String second = number();
        String id = ground.enrol(user, SMS.formatted(first)).path("id").asString();
        refused(
                () -> ground.enrol(user, SMS.formatted(second)),
                "E0000001",
                "There is an existing verified phone number.");
        JsonNode updated = ground.enrol(user, "updatePhone=true", SMS.formatted(second));
        assertThat(updated.path("id").asString()).isEqualTo(id);
        assertThat(updated.at("/profile/phoneNumber").asString()).isEqualTo(second);
        ground.activate(user, id, ground.sentTo(second));
        refused(
                () -> ground.enrol(user, "updatePhone=true", SMS.formatted(first)),
                "E0000001",
                "A factor of this type is already set up.");
        refused(() -> ground.enrol(user, SMS.formatted("555").replace("sms", "call")), "E0000098");
        refused(
                () ->
                        ground.enrol(
                                user,
                                "{\"factorType\":\"call\",\"provider\":\"OKTA\",\"profile\":"
                                        + "{\"phoneNumber\":\"+15554150000\",\"phoneExtension\":\"x\"}}"),
                "E0000121");
    }

    @Test
    @DisplayName(
            "an unenrolled phone stays known until it is removed, and needs no number to come back")
    void recoveryPhone() {
        String user = ground.user("recovery@org.example");
        String number = number();
        String id = ground.active(user, SMS.formatted(number));
        ground.reply("unenrollFactor", user, id, "");
        refused(() -> ground.call("getFactor", user, id, ""), "E0000007");
        assertThat(list(user)).isEmpty();
        JsonNode phones = offer(user, "sms").at("/_embedded/phones");
        assertThat(phones.at("/0/profile/phoneNumber").asString()).isEqualTo(number);
        assertThat(offer(user, "sms").path("status").asString()).isEqualTo("NOT_SETUP");
        JsonNode again = ground.enrol(user, "{\"factorType\":\"sms\",\"provider\":\"OKTA\"}");
        assertThat(again.at("/profile/phoneNumber").asString()).isEqualTo(number);
        ground.activate(user, again.path("id").asString(), ground.sentTo(number));
        ground.reply(
                "unenrollFactor",
                user,
                again.path("id").asString(),
                "removeRecoveryEnrollment=true",
                "");
        assertThat(offer(user, "sms").has("_embedded")).isFalse();
        refused(
                () -> ground.enrol(user, "{\"factorType\":\"sms\",\"provider\":\"OKTA\"}"),
                "E0000001",
                "phoneNumber: The field cannot be left blank");
    }

    @Test
    @DisplayName("only the user's own mail addresses can be enrolled")
    void foreignAddress() {
        String user = ground.user("own@org.example");
        String body =
                "{\"factorType\":\"email\",\"provider\":\"OKTA\",\"profile\":{\"email\":\"%s\"}}";
        refused(() -> ground.enrol(user, body.formatted("other@org.example")), "E0000001");
        assertThat(
                        ground.enrol(user, body.formatted("OWN@org.example"))
                                .at("/profile/email")
                                .asString())
                .isEqualTo("own@org.example");
    }

    @Test
    @DisplayName("P38 each step is logged with the user and the enrolment")
    void logged() {
        String user = ground.user("logged@org.example");
        String id = ground.enrol(user, EMAIL).path("id").asString();
        ground.activate(user, id, ground.sentTo("logged@org.example"));
        ground.pass(Duration.ofSeconds(5));
        ground.call("verifyFactor", user, id, "{}");
        ground.verify(user, id, ground.sentTo("logged@org.example"));
        refused(() -> ground.verify(user, id, "000"), "E0000068", WRONG);
        ground.reply("unenrollFactor", user, id, "");
        String targets = " User:" + user + " AuthenticatorEnrollment:" + id;
        assertThat(ground.directory.events(ground.org))
                .filteredOn(each -> each.endsWith(targets))
                .extracting(each -> each.substring(0, each.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "system.email.send_factor_verify_message",
                        "system.email.challenge_factor_redeemed",
                        "user.mfa.factor.activate",
                        "system.email.send_factor_verify_message",
                        "system.email.challenge_factor_redeemed",
                        "user.authentication.auth_via_mfa",
                        "system.email.challenge_factor_redeemed",
                        "user.authentication.auth_via_mfa",
                        "user.mfa.factor.deactivate");
    }

    @Test
    @DisplayName("P40 another org's factor, and another user's, is as none")
    void apart() {
        String user = ground.user("apart@org.example");
        String other = ground.user("apart-too@org.example");
        String id = ground.active(user, QUESTION.formatted("sprouts"));
        Org there = ground.directory.org("user-factors-there");
        for (String operation :
                List.of("getFactor", "verifyFactor", "activateFactor", "unenrollFactor")) {
            TestDirectory.notFound(
                    () ->
                            ground.directory.call(
                                    there,
                                    operation,
                                    Map.of("userId", user, "factorId", id),
                                    "",
                                    operation.contains("erif") ? code("1") : ""),
                    user,
                    "User");
            TestDirectory.notFound(() -> ground.reply(operation, other, id, ""), id, "UserFactor");
        }
        assertThat(ground.call("getFactor", user, id, "").path("id").asString()).isEqualTo(id);
        ground.directory.deleteUser(ground.org, user);
        TestDirectory.notFound(() -> ground.reply("getFactor", user, id, ""), user, "User");
    }

    private JsonNode list(String user) {
        return TestDirectory.json(
                ground.directory.call(ground.org, "listFactors", Map.of("userId", user), ""));
    }

    private JsonNode offer(String user, String type) {
        JsonNode offers =
                TestDirectory.json(
                        ground.directory.call(
                                ground.org, "listSupportedFactors", Map.of("userId", user), ""));
        return offers.valueStream()
                .filter(each -> each.path("factorType").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The row as text. */
    private String stored(String id) {
        return ground.directory
                .database()
                .read(
                        ground.org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT f::text AS row FROM user_factor f"
                                                        + " WHERE org_id = ? AND id = ?",
                                                reader.org(),
                                                id),
                                        row -> row.text("row")))
                .orElseThrow();
    }
}
