package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("A factor that is enrolled at sign-in")
class FactorEnrolmentTest {

    private static final String MODHEX = "cbdefghijklnrtuv";
    private static final String PRIVATE_ID = "b74be6169486";
    private static final String KEY = "1fcc6d8ce39bf1604e0b17f3e0a11067";

    private final Org org;
    private final SignIns users;

    FactorEnrolmentTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    /** The state token of somebody who has to enrol one of these. */
    private String enrolling(String factor) {
        String login = users.active();
        String group = Directory.id(new Directory(org).group("enrols " + login));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        new Policies(org)
                .enrolment(
                        group,
                        login,
                        "{\"" + factor + "\":{\"enroll\":{\"self\":\"REQUIRED\"}}}",
                        "LOGIN");
        Answer enroll = users.signIn(login).expect(200);
        assertThat(enroll.text("status")).isEqualTo("MFA_ENROLL");
        return enroll.text("stateToken");
    }

    private Answer phone(String state, String number, String query) {
        ObjectNode body =
                Json.object()
                        .put("stateToken", state)
                        .put("factorType", "sms")
                        .put("provider", "OKTA");
        body.putObject("profile").put("phoneNumber", number);
        return org.nobody().post("/api/v1/authn/factors" + query, body);
    }

    @Test
    @DisplayName(
            "another phone takes the place of one that is not activated, with updatePhone alone")
    void updatePhone() {
        String state = enrolling("okta_sms");
        Answer first = phone(state, "+15554150001", "").expect(200);
        users.move("/previous", state).expect(200);
        phone(state, "+15554150002", "").expect(400, "E0000001");

        Answer second = phone(state, "+15554150002", "?updatePhone=true").expect(200);

        assertThat(second.text("_embedded.factor.id")).isEqualTo(first.text("_embedded.factor.id"));
        assertThat(second.text("_embedded.factor.profile.phoneNumber")).endsWith("0002");
    }

    @Test
    @DisplayName("a YubiKey is proven by the passCode beside the state token, as documented there")
    void yubikey() throws GeneralSecurityException {
        org.http()
                .post("/api/v1/authenticators", Map.of("key", "yubikey_token", "name", "YubiKey"))
                .expect(200);
        String publicId = publicId();
        org.http()
                .post(
                        "/api/v1/org/factors/yubikey_token/tokens",
                        Map.of(
                                "serialNumber",
                                "7886622",
                                "publicId",
                                publicId,
                                "privateId",
                                PRIVATE_ID,
                                "aesKey",
                                KEY))
                .expect(200);
        String state = enrolling("yubikey_token");
        ObjectNode body =
                Json.object()
                        .put("stateToken", state)
                        .put("factorType", "token:hardware")
                        .put("provider", "YUBICO");
        org.nobody()
                .post("/api/v1/authn/factors", body.deepCopy().put("passCode", "cccc"))
                .expect(403, "E0000068");

        Answer in =
                org.nobody()
                        .post("/api/v1/authn/factors", body.put("passCode", publicId + touched()))
                        .expect(200);

        assertThat(in.text("status")).isEqualTo("SUCCESS");
    }

    private static String publicId() {
        StringBuilder id = new StringBuilder();
        long name = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            id.append(MODHEX.charAt((int) (name >> 4 * i) & 15));
        }
        return id.toString();
    }

    /** What the key types after its public id, the first time that it is used. */
    private static String touched() throws GeneralSecurityException {
        ByteBuffer block = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        block.put(HexFormat.of().parseHex(PRIVATE_ID)).putShort((short) 1).putShort((short) 4711);
        block.put((byte) 0).put((byte) 1).putShort((short) 31);
        block.putShort((short) ~checksum(block.array()));
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"));
        StringBuilder typed = new StringBuilder();
        for (byte each : cipher.doFinal(block.array())) {
            typed.append(MODHEX.charAt((each & 0xf0) >> 4)).append(MODHEX.charAt(each & 15));
        }
        return typed.toString();
    }

    /** Of all but the checksum itself. */
    private static int checksum(byte[] block) {
        int crc = 0xffff;
        for (int i = 0; i < 14; i++) {
            crc ^= block[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return crc;
    }
}
