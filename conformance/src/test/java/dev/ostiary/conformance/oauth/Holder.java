package dev.ostiary.conformance.oauth;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user with factors, and what is needed to prove them.
 *
 * @param id of the user
 */
public record Holder(Org org, String login, String id) {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** Somebody active who has {@link Directory#PASSWORD}. */
    public static Holder of(Org org) {
        String login =
                "holder-"
                        + Long.toString(System.nanoTime(), 36)
                        + "-"
                        + NAMES.incrementAndGet()
                        + "@example.com";
        return new Holder(org, login, Directory.id(new Directory(org).active(login)));
    }

    private JsonNode enrol(String body, String query) {
        return org.http()
                .post("/api/v1/users/" + id + "/factors" + query, Json.parse(body))
                .expect(200)
                .json();
    }

    /** Joins a group. */
    public Holder in(String group) {
        org.http().put("/api/v1/groups/" + group + "/users/" + id).expect(204);
        return this;
    }

    /**
     * An app that shows one-time passwords (RFC 6238).
     *
     * @param seed base 32
     */
    public record Totp(String seed) {

        /** What it shows some steps from now; each step is good once. */
        public String shown(long steps) {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(bytes(seed), "HmacSHA1"));
                long step = Instant.now().getEpochSecond() / 30 + steps;
                byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
                int offset = hash[hash.length - 1] & 0xf;
                int binary = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
                return "%06d".formatted(binary % 1_000_000);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** One that it does not show. */
        public String wrong() {
            int shown = Integer.parseInt(shown(0));
            return "%06d".formatted((shown + 500_000) % 1_000_000);
        }

        private static byte[] bytes(String text) {
            ByteBuffer bytes = ByteBuffer.allocate(text.length() * 5 / 8);
            long held = 0;
            int bits = 0;
            for (char each : text.toCharArray()) {
                held = held << 5 | ALPHABET.indexOf(each);
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    bytes.put((byte) (held >> bits));
                }
            }
            return bytes.array();
        }
    }

    /** Enrols such an app, and activates it with what it showed a step ago. */
    public Totp totp() {
        JsonNode factor =
                enrol("{\"factorType\":\"token:software:totp\",\"provider\":\"OKTA\"}", "");
        Totp totp = new Totp(factor.at("/_embedded/activation/sharedSecret").asString());
        org.http()
                .post(
                        "/api/v1/users/"
                                + id
                                + "/factors/"
                                + factor.get("id").asString()
                                + "/lifecycle/activate",
                        Json.object().put("passCode", totp.shown(-1)))
                .expect(200);
        return totp;
    }

    /** A device that is asked. */
    public record Phone(Org org, String token) {

        /** What it is asked, and has not answered. */
        public JsonNode questions() {
            return org.nobody()
                    .post("/ostiary/v1/push/transactions", Json.object().put("deviceToken", token))
                    .expect(200)
                    .json();
        }

        /** Answers the last question. */
        public Answer answer(boolean yes) {
            return answer(Json.object().put("approve", yes));
        }

        /** Answers the last question with the number that was chosen. */
        public Answer choose(int number) {
            return answer(Json.object().put("approve", true).put("number", number));
        }

        private Answer answer(ObjectNode said) {
            return org.nobody()
                    .post(
                            "/ostiary/v1/push/transactions/"
                                    + questions().get(0).get("id").asString(),
                            said.put("deviceToken", token));
        }
    }

    /** Enrols a device. */
    public Phone phone() {
        JsonNode factor = enrol("{\"factorType\":\"push\",\"provider\":\"OKTA\"}", "");
        String href = factor.at("/_embedded/activation/_links/qrcode/href").asString();
        return new Phone(
                org,
                org.nobody()
                        .post(
                                "/ostiary/v1/push/devices",
                                Json.object()
                                        .put("code", href.substring(href.lastIndexOf('/') + 1)))
                        .expect(200)
                        .text("deviceToken"));
    }

    /** Enrols a number for codes by SMS. */
    public String number() {
        String number = "+4930" + (1_000_000 + Math.floorMod(System.nanoTime(), 8_999_999));
        enrol(
                "{\"factorType\":\"sms\",\"provider\":\"OKTA\",\"profile\":{\"phoneNumber\":\""
                        + number
                        + "\"}}",
                "?activate=true");
        return number;
    }

    /** The last code that was sent to a number. */
    public String sent(String number) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + number.replace("+", "%2B"))
                .expect(200)
                .json()
                .at("/0/variables/code")
                .asString();
    }
}
