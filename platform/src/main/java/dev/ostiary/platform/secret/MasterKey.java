package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One 256-bit master key. It encrypts nothing itself: every use has a sub-key of its own, derived
 * with HKDF-SHA256 (RFC 5869) from the key and the name of the use, so that a flaw in one use tells
 * nothing about another.
 *
 * <p>Its {@link #id() id} is a fingerprint of the key itself: the same key is the same key whether
 * it comes from a file or from the environment, and nobody has to give names.
 *
 * <p>Immutable and thread-safe. Never prints its key.
 */
public final class MasterKey {

    /** Bytes of a key. */
    public static final int BYTES = 32;

    private final SecretKey key;
    private final String id;

    private MasterKey(SecretKey key) {
        this.key = key;
        this.id = HexFormat.of().formatHex(deriveData("ostiary/key-id/v1", 4));
    }

    /** A new random key. */
    public static MasterKey generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new MasterKey(new SecretKeySpec(bytes, "Generic"));
    }

    /**
     * Reads the text form: 32 bytes in base64 (standard or URL-safe, padded or not) or 64 hex
     * digits.
     *
     * @throws IllegalArgumentException if it is neither; the message does not repeat the text
     */
    public static MasterKey parse(String text) {
        byte[] bytes = decode(text.strip());
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a master key is 32 bytes in base64 (43 or 44 characters) or 64 hex digits");
        }
        return new MasterKey(new SecretKeySpec(bytes, "Generic"));
    }

    private static byte[] decode(String text) {
        try {
            return text.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException notEncoded) {
            // The decoder's message would quote a piece of the secret: so it is left behind.
            return new byte[0];
        }
    }

    /** The text form for the key file. Secret. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
    }

    /** Eight hex digits that name the key and tell nothing about it. */
    public String id() {
        return id;
    }

    /**
     * The sub-key of a use.
     *
     * @param use a constant of the program such as {@code ostiary/seal/v1}
     * @param algorithm what the sub-key is for, such as {@code AES} or {@code HmacSHA256}
     */
    public SecretKey derive(String use, String algorithm) {
        return new SecretKeySpec(deriveData(use, BYTES), algorithm);
    }

    private byte[] deriveData(String use, int length) {
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            return hkdf.deriveData(
                    HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand(use.getBytes(UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF-SHA256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MasterKey that
                && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
