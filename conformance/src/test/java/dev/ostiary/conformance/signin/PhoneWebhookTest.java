package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("A service that sends messages to phones")
class PhoneWebhookTest {

    private static final String SECRET = "a secret of more than 16";
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]+),v1=([0-9a-f]{64})");
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    @DisplayName("is handed each code, signed, and again where it did not take it")
    void handed() throws GeneralSecurityException {
        try (HookReceiver receiver = HookReceiver.open();
                Server server = Server.start(options(receiver))) {
            receiver.answers(
                    told ->
                            new HookReceiver.Say(
                                    told.json().path("to").asString().endsWith("2") ? 400 : 200,
                                    ""));
            Org org = server.defaultOrg();
            SignIns users = new SignIns(org);

            String taken = enrol(users, "+15554151311");
            String refused = enrol(users, "+15554151312");

            assertThat(receiver.hasPosts(2)).isTrue();
            HookReceiver.Told told = receiver.posts().getFirst();
            JsonNode message = told.json();
            assertThat(message.path("channel").asString()).isEqualTo("SMS");
            assertThat(message.path("to").asString()).isIn(taken, refused);
            assertThat(message.path("text").asString())
                    .matches("Your verification code is \\d{6}\\.");
            signed(told);
            assertThat(Await.until(LONG, () -> status(org, taken).equals("SENT"))).isTrue();
            assertThat(Await.until(LONG, () -> status(org, refused).equals("FAILED"))).isTrue();
            assertThat(receiver.posts()).hasSize(2);
        }
    }

    private static String[] options(HookReceiver receiver) {
        return Stream.concat(
                        Stream.of(HookReceiver.options()),
                        Stream.of(
                                "--quiet",
                                "--phone-webhook",
                                receiver.url("/phones"),
                                "--phone-webhook-secret",
                                SECRET))
                .toArray(String[]::new);
    }

    private static String enrol(SignIns users, String number) {
        String login = users.active();
        users.org()
                .http()
                .post(
                        "/api/v1/users/" + login + "/factors",
                        "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\""
                                + number
                                + "\"}}")
                .expect(200);
        return number;
    }

    private static String status(Org org, String number) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + number.replace("+", "%2B"))
                .expect(200)
                .json()
                .at("/0/status")
                .asString();
    }

    /** What anybody does who receives it. */
    private static void signed(HookReceiver.Told told) throws GeneralSecurityException {
        Matcher signature = SIGNATURE.matcher(told.signature());
        assertThat(signature.matches()).isTrue();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((signature.group(1) + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        mac.doFinal(told.body().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(signature.group(2));
    }
}
