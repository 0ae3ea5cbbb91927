package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 (RFC 8018, 5.2), as imported.
 *
 * @param digest of the HMAC
 * @param iterations how many
 * @param salt base64
 * @param value base64
 */
record Pbkdf2Hash(Digest digest, int iterations, String salt, String value)
        implements PasswordHash {

    static final int LEAST_ITERATIONS = 4096;
    static final int MOST_ITERATIONS = 10_000_000;
    static final int MOST_KEY = 128;
    static final int MOST_SALT = 512;

    private static final int MANY_ITERATIONS = 600_000;

    /** The digests that the documentation of imports names. */
    enum Digest {
        SHA256("pbkdf2-sha256", "PBKDF2WithHmacSHA256"),
        SHA512("pbkdf2-sha512", "PBKDF2WithHmacSHA512");

        private final String id;
        private final String java;

        Digest(String id, String java) {
            this.id = id;
            this.java = java;
        }
    }

    static Pbkdf2Hash parse(List<String> parts) {
        Parameters.parts(parts.size(), 5);
        return new Pbkdf2Hash(
                parts.get(1).equals(Digest.SHA256.id) ? Digest.SHA256 : Digest.SHA512,
                Parameters.parse(parts.get(2)).get("i", 1, MOST_ITERATIONS),
                PasswordHash.encode(Parameters.bytes(parts.get(3), 1, MOST_SALT)),
                PasswordHash.encode(Parameters.bytes(parts.get(4), 1, MOST_KEY)));
    }

    @Override
    public String text() {
        return "$" + digest.id + "$i=" + iterations + "$" + salt + "$" + value;
    }

    @Override
    public byte[] expected() {
        return PasswordHash.decode(value);
    }

    @Override
    public byte[] compute(byte[] password, Argon2Memory none) {
        // The JDK takes characters and writes them as UTF-8: the same bytes again.
        PBEKeySpec key =
                new PBEKeySpec(
                        new String(password, UTF_8).toCharArray(),
                        PasswordHash.decode(salt),
                        iterations,
                        expected().length * 8);
        try {
            return SecretKeyFactory.getInstance(digest.java).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + digest.java, e);
        } finally {
            key.clearPassword();
        }
    }

    @Override
    public boolean isHeavy() {
        return iterations > MANY_ITERATIONS;
    }
}
