package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Hardware tokens of the org's own make")
class HardwareTokenTest {

    private static final String PATH = "/api/v1/authenticators";
    private static final String SECRET = "484f97be3213b117e3a20438e291540a";

    private final Server server;
    private final Org org;
    private final SignIns users;

    HardwareTokenTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.users = new SignIns(org);
    }

    private JsonNode made(String name) {
        return org.http()
                .post(PATH, Json.object().put("key", "custom_otp").put("name", name))
                .expect(200)
                .json();
    }

    /** The id of a make whose tokens show eight digits for a minute. */
    private String make(String name) {
        String id = made(name).get("id").asString();
        return org.http()
                .put(
                        PATH + "/" + id + "/methods/otp",
                        """
                        {"type":"otp","status":"ACTIVE","protocol":"TOTP",
                         "algorithm":"HMacSHA256","encoding":"hexadecimal","passCodeLength":8,
                         "timeIntervalInSeconds":60,"acceptableAdjacentIntervals":2}\
                        """)
                .expect(200)
                .text("factorProfileId");
    }

    private static ObjectNode token(String make, String secret) {
        ObjectNode body =
                Json.object()
                        .put("factorType", "token:hotp")
                        .put("provider", "CUSTOM")
                        .put("factorProfileId", make);
        body.putObject("profile").put("sharedSecret", secret);
        return body;
    }

    /** What such a token shows some steps from now, as RFC 6238 has it. */
    private static String shown(long steps) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(SECRET), "HmacSHA256"));
        long step = Instant.now().getEpochSecond() / 60 + steps;
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 0xf;
        int binary = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
        return "%08d".formatted(binary % 100_000_000);
    }

    private Answer enrol(String login, String query, ObjectNode body) {
        return org.http().post("/api/v1/users/" + login + "/factors" + query, body);
    }

    @Test
    @DisplayName("a token is enrolled with its secret, proves its holder once, and is a sign-in's")
    void journey() throws GeneralSecurityException {
        String make = make("Tokens " + users.login());
        String login = users.active();
        enrol(login, "", token(make, SECRET)).expect(400, "E0000001");

        JsonNode factor = enrol(login, "?activate=true", token(make, SECRET)).expect(200).json();

        assertThat(factor.get("id").asString()).startsWith("chf");
        assertThat(factor.get("status").asString()).isEqualTo("ACTIVE");
        assertThat(factor.get("vendorName").asString()).startsWith("Tokens ");
        assertThat(factor.has("profile")).isFalse();
        assertThat(factor.get("_links").propertyNames()).containsExactly("verify", "self", "user");
        enrol(login, "?activate=true", token(make, SECRET)).expect(400, "E0000001");
        String path = "/api/v1/users/" + login + "/factors/" + factor.get("id").asString();
        String code = shown(0);
        assertThat(verify(path, code).expect(200).text("factorResult")).isEqualTo("SUCCESS");
        verify(path, code).expect(403, "E0000082");
        verify(path, shown(9)).expect(403, "E0000068");

        signInWith(login, factor.get("id").asString(), shown(1));
    }

    private Answer verify(String path, String code) {
        return org.http().post(path + "/verify", Json.object().put("passCode", code));
    }

    private void signInWith(String login, String factor, String code) {
        String group = Directory.id(new Directory(org).group("tokens " + users.login()));
        new Policies(org)
                .signOn(
                        group,
                        users.login(),
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        String user = Directory.id(users.user(login));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        Answer required = users.signIn(login).expect(200);
        assertThat(required.json().at("/_embedded/factors/0/factorType").asString())
                .isEqualTo("token:hotp");
        Answer chosen =
                users.move("/factors/" + factor + "/verify", required.text("stateToken"))
                        .expect(200);
        assertThat(chosen.text("status")).as("a token is asked nothing").isEqualTo("MFA_CHALLENGE");
        assertThat(chosen.text("_links.next.name")).isEqualTo("verify");
        assertThat(chosen.json().get("_links").has("resend")).isFalse();
        assertThat(
                        users.move(
                                        "/factors/" + factor + "/verify",
                                        required.text("stateToken"),
                                        "passCode",
                                        code)
                                .expect(200)
                                .text("status"))
                .isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("nobody enrols a token while signing in: its secret is the administrators'")
    void notAlone() {
        make("Alone " + users.login());
        String login = users.active();
        String group = Directory.id(new Directory(org).group("alone " + users.login()));
        Policies policies = new Policies(org);
        policies.signOn(
                group,
                users.login(),
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        policies.enrolment(
                group,
                users.login(),
                """
                {"hotp":{"enroll":{"self":"OPTIONAL"}},
                 "okta_question":{"enroll":{"self":"OPTIONAL"}}}\
                """,
                "CHALLENGE");
        String user = Directory.id(users.user(login));
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        Answer enroll = users.signIn(login).expect(200);
        assertThat(Json.texts(enroll.json().at("/_embedded/factors"), "factorType"))
                .containsExactly("question");
        ObjectNode body = token("fpr", SECRET).put("stateToken", enroll.text("stateToken"));
        org.nobody().post("/api/v1/authn/factors", body).expect(400, "E0000001");
    }

    @Test
    @DisplayName("P6 an org has several makes; what a make or a secret cannot be is named")
    void judged() {
        String id = made("Judged " + users.login()).get("id").asString();
        String method = PATH + "/" + id + "/methods/otp";
        JsonNode fresh = org.http().get(method).expect(200).json();
        assertThat(fresh.get("algorithm").asString()).isEqualTo("HMacSHA1");
        assertThat(fresh.get("passCodeLength").asInt()).isEqualTo(6);
        org.http()
                .post(
                        PATH,
                        Json.object()
                                .put("key", "custom_otp")
                                .put("name", "Judged " + users.login()))
                .expect(200);
        for (String wrong :
                List.of(
                        "{\"passCodeLength\":7}",
                        "{\"passCodeLength\":12}",
                        "{\"algorithm\":\"MD5\"}",
                        "{\"encoding\":\"base16\"}",
                        "{\"acceptableAdjacentIntervals\":11}",
                        "{\"protocol\":\"YUBICO\"}",
                        "{\"timeIntervalInSeconds\":\"30\"}",
                        "{\"type\":\"totp\"}",
                        "{\"status\":\"INACTIVE\"}")) {
            org.http().put(method, wrong).expect(400, "E0000001");
        }
        assertThat(org.http().get(method).expect(200).json()).isEqualTo(fresh);
        String login = users.active();
        String make = fresh.get("factorProfileId").asString();
        enrol(login, "?activate=true", token("fpr0000000000000000000", "GEZDGNBVGY3TQOJQ"))
                .expect(400, "E0000001");
        for (String secret : List.of("", "1!", "GEZDGNBV", "A".repeat(2000))) {
            enrol(login, "?activate=true", token(make, secret)).expect(400, "E0000001");
        }
        enrol(login, "?activate=true", token(make, "GEZDGNBVGY3TQOJQ")).expect(200);
    }

    @Test
    @DisplayName("P40 another org's make is as none, and one that is switched off proves nothing")
    void apart() throws GeneralSecurityException {
        Org there = server.newOrg();
        String make = make("Apart " + users.login());
        SignIns others = new SignIns(there);
        there.http().post(PATH, "{\"key\":\"custom_otp\",\"name\":\"Theirs\"}").expect(200);
        there.http()
                .post(
                        "/api/v1/users/" + others.active() + "/factors?activate=true",
                        token(make, SECRET))
                .expect(400, "E0000001");
        String login = users.active();
        String factor = enrol(login, "?activate=true", token(make, SECRET)).expect(200).text("id");
        org.http().post(PATH + "/aut" + make.substring(3) + "/lifecycle/deactivate").expect(200);
        verify("/api/v1/users/" + login + "/factors/" + factor, shown(0)).expect(403, "E0000068");
    }
}
