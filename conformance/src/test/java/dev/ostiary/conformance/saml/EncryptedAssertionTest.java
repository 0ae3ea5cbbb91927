package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("SAML assertions that are encrypted")
class EncryptedAssertionTest {

    private static final String LOGIN = "secret@example.com";

    private final Org org;
    private final SignedService keys = SignedService.create();

    EncryptedAssertionTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        new Directory(org).active(LOGIN);
    }

    @ParameterizedTest(name = "{1} under {0}")
    @CsvSource({
        "RSA_OAEP, AES256_GCM",
        "RSA_OAEP, AES128_GCM",
        "RSA_15, AES256_CBC",
        "RSA_OAEP, AES128_CBC"
    })
    @DisplayName("only the service can read who it is")
    void hidden(String transport, String algorithm) throws Exception {
        Service service =
                Service.of(
                        org,
                        transport + " " + algorithm,
                        more ->
                                more.putObject("assertionEncryption")
                                        .put("enabled", true)
                                        .put("keyTransportAlgorithm", transport)
                                        .put("encryptionAlgorithm", algorithm)
                                        .putArray("x5c")
                                        .add(keys.certificate()));
        Response response =
                service.response(service.ask(Service.browser(org, LOGIN), "").expect(200));
        assertThat(response.has("Assertion")).isFalse();
        assertThat(response.signed()).containsExactly("Response");
        Element encrypted = response.one("EncryptedAssertion");
        byte[][] values = values(encrypted);
        Cipher unwrap =
                Cipher.getInstance(
                        transport.equals("RSA_15")
                                ? "RSA/ECB/PKCS1Padding"
                                : "RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        unwrap.init(Cipher.DECRYPT_MODE, keys.key());
        String assertion =
                new String(
                        decrypted(unwrap.doFinal(values[0]), values[1], algorithm),
                        StandardCharsets.UTF_8);
        assertThat(assertion).startsWith("<saml2:Assertion").contains(LOGIN).contains("Signature");
    }

    /** The wrapped key, and what is encrypted with it. */
    private static byte[][] values(Element encrypted) {
        var all = encrypted.getElementsByTagNameNS("*", "CipherValue");
        assertThat(all.getLength()).isEqualTo(2);
        return new byte[][] {
            Base64.getMimeDecoder().decode(all.item(0).getTextContent()),
            Base64.getMimeDecoder().decode(all.item(1).getTextContent())
        };
    }

    private static byte[] decrypted(byte[] key, byte[] value, String algorithm) throws Exception {
        boolean gcm = algorithm.endsWith("GCM");
        byte[] iv = Arrays.copyOf(value, gcm ? 12 : 16);
        byte[] hidden = Arrays.copyOfRange(value, iv.length, value.length);
        Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "AES/CBC/ISO10126Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                gcm ? new GCMParameterSpec(128, iv) : new IvParameterSpec(iv));
        return cipher.doFinal(hidden);
    }
}
