package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.ChangePasswordRequest;
import com.okta.sdk.resource.model.CreateUserRequest;
import com.okta.sdk.resource.model.DigestAlgorithm;
import com.okta.sdk.resource.model.PasswordCredential;
import com.okta.sdk.resource.model.PasswordCredentialHash;
import com.okta.sdk.resource.model.PasswordCredentialHashAlgorithm;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserCredentials;
import com.okta.sdk.resource.model.UserProfile;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.assertj.core.api.Assertions;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Users who come from elsewhere with the hashes of their passwords: each can go on with the
 * password that they know.
 */
@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: imported password hashes")
class ImportedPasswordTest {

    private static final String KNOWN = "Came-w1th-me";
    private static final byte[] SALT = "sixteen-of-salt!".getBytes(StandardCharsets.US_ASCII);

    private final OktaSdk sdk;

    ImportedPasswordTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("BCRYPT")
    void bcrypt() {
        String hash = OpenBSDBCrypt.generate("2b", KNOWN.toCharArray(), SALT, 6);
        canGoOn(
                "bcrypt",
                new PasswordCredentialHash()
                        .algorithm(PasswordCredentialHashAlgorithm.BCRYPT)
                        .workFactor(6)
                        .salt(hash.substring(7, 29))
                        .value(hash.substring(29)));
    }

    @Test
    @DisplayName("SHA-512, SHA-256, SHA-1 and MD5, salted before, after, and not at all")
    void digests() throws GeneralSecurityException {
        digest("SHA-512", "PREFIX");
        digest("SHA-256", "POSTFIX");
        digest("SHA-1", "PREFIX");
        digest("MD5", "POSTFIX");
        canGoOn(
                "unsalted",
                new PasswordCredentialHash()
                        .algorithm(PasswordCredentialHashAlgorithm.SHA_256)
                        .value(
                                base64(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(KNOWN.getBytes(StandardCharsets.UTF_8)))));
    }

    private void digest(String algorithm, String saltOrder) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        byte[] password = KNOWN.getBytes(StandardCharsets.UTF_8);
        digest.update(saltOrder.equals("PREFIX") ? SALT : password);
        digest.update(saltOrder.equals("PREFIX") ? password : SALT);
        canGoOn(
                algorithm.toLowerCase(Locale.ROOT),
                new PasswordCredentialHash()
                        .algorithm(PasswordCredentialHashAlgorithm.fromValue(algorithm))
                        .salt(base64(SALT))
                        .saltOrder(saltOrder)
                        .value(base64(digest.digest())));
    }

    @Test
    @DisplayName("PBKDF2 with SHA-256 and SHA-512")
    void pbkdf2() throws GeneralSecurityException {
        pbkdf2("PBKDF2WithHmacSHA256", DigestAlgorithm.SHA256_HMAC, 32);
        pbkdf2("PBKDF2WithHmacSHA512", DigestAlgorithm.SHA512_HMAC, 64);
    }

    private void pbkdf2(String function, DigestAlgorithm digest, int bytes)
            throws GeneralSecurityException {
        byte[] key =
                SecretKeyFactory.getInstance(function)
                        .generateSecret(new PBEKeySpec(KNOWN.toCharArray(), SALT, 4096, bytes * 8))
                        .getEncoded();
        canGoOn(
                "pbkdf2-" + bytes,
                new PasswordCredentialHash()
                        .algorithm(PasswordCredentialHashAlgorithm.PBKDF2)
                        .digestAlgorithm(digest)
                        .iterationCount(4096)
                        .keySize(bytes)
                        .salt(base64(SALT))
                        .value(base64(key)));
    }

    @Test
    @DisplayName("a hash that is no hash is refused")
    void refusesNonsense() {
        PasswordCredentialHash nonsense =
                new PasswordCredentialHash()
                        .algorithm(PasswordCredentialHashAlgorithm.BCRYPT)
                        .workFactor(6)
                        .salt("x")
                        .value("y");

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> create("nonsense", nonsense))
                .satisfies(thrown -> Assertions.assertThat(thrown.getCode()).isEqualTo(400));
    }

    private void canGoOn(String name, PasswordCredentialHash hash) {
        User made = create(name, hash);
        assertThatExceptionOfType(ApiException.class)
                .as(name + " accepts a wrong password")
                .isThrownBy(() -> change(made, "Not-what-1-knew"));
        assertThatCode(() -> change(made, KNOWN)).as(name).doesNotThrowAnyException();
    }

    private User create(String name, PasswordCredentialHash hash) {
        String login = name + "@import.example.com";
        return sdk.users()
                .createUser(
                        new CreateUserRequest()
                                .profile(
                                        new UserProfile()
                                                .firstName("Im")
                                                .lastName("Port")
                                                .email(login)
                                                .login(login))
                                .credentials(
                                        new UserCredentials()
                                                .password(new PasswordCredential().hash(hash))),
                        true,
                        null,
                        null);
    }

    private void change(User user, String known) {
        sdk.credentials()
                .changePassword(
                        user.getId(),
                        new ChangePasswordRequest()
                                .oldPassword(new PasswordCredential().value(known))
                                .newPassword(new PasswordCredential().value("Fr3sh-and-own")),
                        true);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
