package dev.ostiary.platform.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encryption at rest: AES-256-GCM under a sub-key of the current master key, a random nonce for
 * each ciphertext, the {@link Purpose} as associated data.
 *
 * <p>A ciphertext is: one byte of version (1), eight bytes of key id (its hex digits), twelve bytes
 * of nonce, the encrypted bytes, sixteen bytes of tag; so it is {@value #OVERHEAD} bytes longer
 * than what it holds. Version and key id are authenticated as well. Random 96-bit nonces are safe
 * for 2^32 ciphertexts under one master key (NIST SP 800-38D, 8.3), which is far beyond the number
 * of secrets that an installation writes between two rotations.
 *
 * <p>Immutable and thread-safe.
 */
public final class Sealed {

    /** By how many bytes a ciphertext is longer than its content. */
    public static final int OVERHEAD = 1 + 8 + 12 + 16;

    private static final byte VERSION = 1;
    private static final int ID = 8;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String USE = "ostiary/seal/v1";

    private final Map<String, SecretKey> keys;
    private final String current;
    private final SecureRandom random;

    /** Encryption under the keys of this ring. */
    public Sealed(KeyRing ring, SecureRandom random) {
        this.keys =
                ring.keys().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        MasterKey::id, key -> key.derive(USE, "AES")));
        this.current = ring.current().id();
        this.random = random;
    }

    /**
     * A ciphertext does not open: it was changed, belongs elsewhere, or its key is not in the ring.
     */
    public static final class UnsealException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsealException(String message) {
            super(message);
        }
    }

    /** Encrypts with the current key. */
    public byte[] seal(Purpose purpose, byte[] content) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = head(current);
        byte[] body = run(Cipher.ENCRYPT_MODE, current, nonce, head, purpose, content);
        return ByteBuffer.allocate(head.length + NONCE + body.length)
                .put(head)
                .put(nonce)
                .put(body)
                .array();
    }

    /**
     * Decrypts with the key that the ciphertext names.
     *
     * @throws UnsealException if it does not open
     */
    public byte[] open(Purpose purpose, byte[] sealed) {
        String id = keyId(sealed);
        if (!keys.containsKey(id)) {
            throw new UnsealException(
                    purpose.field() + ": encrypted under master key " + id + ", which is not here");
        }
        ByteBuffer in = ByteBuffer.wrap(sealed).position(1 + ID);
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return run(Cipher.DECRYPT_MODE, id, nonce, head(id), purpose, body);
    }

    /** Whether a ciphertext is under the current key; if not, a rotation has to re-seal it. */
    public boolean isCurrent(byte[] sealed) {
        return keyId(sealed).equals(current);
    }

    /** The same content under the current key; the ciphertext itself where it already is. */
    public byte[] reseal(Purpose purpose, byte[] sealed) {
        return isCurrent(sealed) ? sealed : seal(purpose, open(purpose, sealed));
    }

    private static String keyId(byte[] sealed) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            throw new UnsealException("not a ciphertext of this server");
        }
        return new String(sealed, 1, ID, StandardCharsets.ISO_8859_1);
    }

    private static byte[] head(String id) {
        return ByteBuffer.allocate(1 + ID)
                .put(VERSION)
                .put(id.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    private byte[] run(
            int mode, String id, byte[] nonce, byte[] head, Purpose purpose, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(purpose.bytes());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            // The cause would tell an attacker nothing, and neither the reader: one clear line.
            throw new UnsealException(
                    purpose.field() + ": does not open under master key " + id + ": " + e);
        }
    }
}
