package dev.ostiary.server.signin.factors;

import static dev.ostiary.server.signin.factors.FactorGround.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.time.Duration;
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
@DisplayName("Devices that are asked")
class PushTest {

    private static final String PUSH = "{\"factorType\":\"push\",\"provider\":\"OKTA\"}";

    private final FactorGround ground;

    PushTest(DatabaseAccess access) {
        ground = new FactorGround(access, "push");
    }

    @AfterAll
    void close() {
        ground.close();
    }

    /** A factor, whose it is, and what its device holds. */
    private record Device(String user, String factor, String token) {}

    private static String code(JsonNode enrolled) {
        String href = enrolled.at("/_embedded/activation/_links/qrcode/href").asString();
        return href.substring(href.lastIndexOf('/') + 1);
    }

    private JsonNode arrive(Org org, String code) {
        return TestDirectory.json(
                ground.directory.call(
                        org,
                        "registerOstiaryPushDevice",
                        Map.of(),
                        "",
                        "{\"code\":\"" + code + "\",\"name\":\"Gibson\",\"platform\":\"IOS\"}"));
    }

    private Device device(String login) {
        String user = ground.user(login + "@org.example");
        JsonNode made = ground.enrol(user, PUSH);
        JsonNode arrived = arrive(ground.org, code(made));
        return new Device(user, made.path("id").asString(), arrived.path("deviceToken").asString());
    }

    private String ask(Device device, String body) {
        Reply asked = ground.reply("verifyFactor", device.user(), device.factor(), body);
        assertThat(asked.status()).isEqualTo(201);
        String href = TestDirectory.json(asked).at("/_links/poll/href").asString();
        return href.substring(href.lastIndexOf('/') + 1);
    }

    private JsonNode answer(Device device, String transaction, String rest) {
        return TestDirectory.json(
                ground.directory.call(
                        ground.org,
                        "answerOstiaryPushTransaction",
                        Map.of("transactionId", transaction),
                        "",
                        "{\"deviceToken\":\"" + device.token() + "\"," + rest + "}"));
    }

    private JsonNode poll(Device device, String transaction) {
        return TestDirectory.json(
                ground.directory.call(
                        ground.org,
                        "getFactorTransactionStatus",
                        Map.of(
                                "userId",
                                device.user(),
                                "factorId",
                                device.factor(),
                                "transactionId",
                                transaction),
                        "",
                        ""));
    }

    @Test
    @DisplayName("a device comes with the code that it scanned; until then a client looks in vain")
    void activation() {
        String user = ground.user("comes@org.example");
        JsonNode made = ground.enrol(user, PUSH);
        String id = made.path("id").asString();
        assertThat(id).startsWith("opf");
        assertThat(made.path("_links").propertyNames()).containsExactly("poll", "self", "user");
        assertThat(made.at("/_embedded/activation").propertyNames())
                .containsExactly("expiresAt", "factorResult", "_links");
        JsonNode waiting = ground.call("pollFactorActivation", user, id, "");
        assertThat(waiting.path("factorResult").asString()).isEqualTo("WAITING");
        assertThat(waiting.path("_links").propertyNames())
                .containsExactly("poll", "send", "qrcode");
        ground.call("sendFactorActivationEmail", user, id, "");
        assertThat(ground.sentTo("comes@org.example")).endsWith("?code=" + code(made));
        ground.call(
                "sendFactorActivationSms",
                user,
                id,
                "{\"profile\":{\"phoneNumber\":\"+1-555-415-7777\"}}");
        assertThat(ground.sentTo("+15554157777")).endsWith("?code=" + code(made));

        refused(() -> arrive(ground.org, "nonsense"), "E0000011");
        JsonNode arrived = arrive(ground.org, code(made));
        assertThat(arrived.path("factorId").asString()).isEqualTo(id);
        JsonNode active = ground.call("pollFactorActivation", user, id, "");
        assertThat(active.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(active.path("profile").toString())
                .isEqualTo(
                        "{\"credentialId\":\"comes@org.example\",\"name\":\"Gibson\","
                                + "\"platform\":\"IOS\"}");
        refused(() -> arrive(ground.org, code(made)), "E0000011");
        refused(() -> ground.call("sendFactorActivationEmail", user, id, ""), "E0000107");
    }

    @Test
    @DisplayName("an activation lives ten minutes, and can be started anew with another code")
    void late() {
        String user = ground.user("late@org.example");
        JsonNode made = ground.enrol(user, PUSH);
        String id = made.path("id").asString();
        ground.pass(Duration.ofMinutes(10));
        JsonNode over = ground.call("pollFactorActivation", user, id, "");
        assertThat(over.path("factorResult").asString()).isEqualTo("TIMEOUT");
        assertThat(over.path("_links").propertyNames()).containsExactly("activate");
        refused(() -> arrive(ground.org, code(made)), "E0000011");
        JsonNode anew = ground.call("activateFactor", user, id, "");
        assertThat(anew.path("factorResult").asString()).isEqualTo("WAITING");
        String href = anew.at("/_links/qrcode/href").asString();
        arrive(ground.org, href.substring(href.lastIndexOf('/') + 1));
        assertThat(ground.call("activateFactor", user, id, "").path("status").asString())
                .isEqualTo("ACTIVE");
    }

    @Test
    @DisplayName("a device that is asked says yes, or no, or nothing, or is not asked any more")
    void answers() {
        Device device = device("answers");
        String yes = ask(device, "");
        JsonNode waiting = poll(device, yes);
        assertThat(waiting.path("factorResult").asString()).isEqualTo("WAITING");
        assertThat(waiting.path("_links").propertyNames()).containsExactly("poll", "cancel");
        assertThat(answer(device, yes, "\"approve\":true").toString())
                .isEqualTo("{\"factorResult\":\"SUCCESS\"}");
        assertThat(poll(device, yes).toString()).isEqualTo("{\"factorResult\":\"SUCCESS\"}");
        refused(() -> answer(device, yes, "\"approve\":false"), "E0000107");

        String no = ask(device, "");
        answer(device, no, "\"approve\":false");
        JsonNode rejected = poll(device, no);
        assertThat(rejected.path("factorResult").asString()).isEqualTo("REJECTED");
        assertThat(rejected.path("_links").propertyNames()).containsExactly("verify", "factor");

        String nothing = ask(device, "");
        ground.pass(Duration.ofMinutes(5));
        assertThat(poll(device, nothing).path("factorResult").asString()).isEqualTo("TIMEOUT");
        refused(() -> answer(device, nothing, "\"approve\":true"), "E0000107");

        String back = ask(device, "");
        ground.directory.call(
                ground.org,
                "cancelFactorTransaction",
                Map.of("userId", device.user(), "factorId", device.factor(), "transactionId", back),
                "",
                "");
        assertThat(poll(device, back).path("factorResult").asString()).isEqualTo("CANCELLED");
        refused(() -> answer(device, back, "\"approve\":true"), "E0000107");
        assertThat(ground.directory.events(ground.org))
                .anyMatch(each -> each.startsWith("user.mfa.okta_verify User:" + device.user()))
                .anyMatch(
                        each ->
                                each.startsWith(
                                        "user.mfa.okta_verify.deny_push User:" + device.user()));
    }

    @Test
    @DisplayName("a number that the client shows has to be chosen on the device")
    void numbers() {
        Device device = device("numbers");
        String asked = ask(device, "{\"useNumberMatchingChallenge\":true}");
        int number = poll(device, asked).at("/_embedded/challenge/correctAnswer").asInt();
        assertThat(number).isBetween(10, 99);
        refused(
                () -> answer(device, asked, "\"approve\":true"),
                "E0000001",
                "number: The field cannot be left blank");
        answer(device, asked, "\"approve\":true,\"number\":" + number);
        assertThat(poll(device, asked).path("factorResult").asString()).isEqualTo("SUCCESS");
        String again = ask(device, "{\"useNumberMatchingChallenge\":true}");
        int other = poll(device, again).at("/_embedded/challenge/correctAnswer").asInt() - 1;
        answer(device, again, "\"approve\":true,\"number\":" + other);
        assertThat(poll(device, again).path("factorResult").asString()).isEqualTo("REJECTED");
    }

    @Test
    @DisplayName("P39 of 50 answers one counts, and of 50 who are let in by it one is")
    void oneWinner() throws Exception {
        Device device = device("winner");
        String asked = ask(device, "");
        List<Callable<String>> answers = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            answers.add(() -> outcome(() -> answer(device, asked, "\"approve\":true").toString()));
        }
        List<String> outcomes = AtOnce.call(answers);
        assertThat(outcomes).containsOnlyOnce("{\"factorResult\":\"SUCCESS\"}");
        assertThat(Collections.frequency(outcomes, "E0000107")).isEqualTo(49);

        Callable<Boolean> redeem =
                () ->
                        ground.directory
                                .database()
                                .write(
                                        ground.org.number(),
                                        tx ->
                                                ground.engine.redeem(
                                                                new FactorContext(
                                                                        tx,
                                                                        ground.org,
                                                                        new UserDirectory()
                                                                                .byId(
                                                                                        tx,
                                                                                        device
                                                                                                .user())
                                                                                .orElseThrow(),
                                                                        "https://org.example",
                                                                        ground.directory
                                                                                .time()
                                                                                .instant()),
                                                                device.factor(),
                                                                asked)
                                                        instanceof Verification.Success);
        assertThat(AtOnce.call(Collections.nCopies(50, redeem))).containsOnlyOnce(true);
    }

    private static String outcome(Callable<String> call) throws Exception {
        try {
            return call.call();
        } catch (ApiException e) {
            return e.code();
        }
    }

    @Test
    @DisplayName("five open questions are enough, and with a device its codes go")
    void bounds() {
        Device device = device("bounds");
        for (int n = 0; n < 5; n++) {
            ask(device, "");
        }
        refused(() -> ask(device, ""), "E0000047");
        JsonNode open =
                TestDirectory.json(
                        ground.directory.call(
                                ground.org,
                                "listOstiaryPushTransactions",
                                Map.of(),
                                "",
                                "{\"deviceToken\":\"" + device.token() + "\"}"));
        assertThat(open).hasSize(5);
        ground.enrol(
                device.user(), "{\"factorType\":\"token:software:totp\",\"provider\":\"OKTA\"}");
        ground.reply("unenrollFactor", device.user(), device.factor(), "");
        assertThat(
                        TestDirectory.json(
                                ground.directory.call(
                                        ground.org,
                                        "listFactors",
                                        Map.of("userId", device.user()),
                                        "")))
                .isEmpty();
    }

    @Test
    @DisplayName("P40 a device of another org, or of another user, is nobody")
    void apart() {
        Device device = device("apart");
        Device other = device("apart-too");
        String asked = ask(device, "");
        refused(() -> answer(other, asked, "\"approve\":true"), "E0000007");
        Org there = ground.directory.org("push-there");
        refused(
                () ->
                        ground.directory.call(
                                there,
                                "answerOstiaryPushTransaction",
                                Map.of("transactionId", asked),
                                "",
                                "{\"deviceToken\":\"" + device.token() + "\",\"approve\":true}"),
                "E0000011");
        assertThat(poll(device, asked).path("factorResult").asString()).isEqualTo("WAITING");
    }
}
