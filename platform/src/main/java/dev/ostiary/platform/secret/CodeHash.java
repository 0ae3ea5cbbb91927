package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/**
 * Hashes of codes that are too short to be safe under a plain hash (six digits by mail or SMS):
 * HMAC-SHA256 under a sub-key of the master key, so that a stolen table alone cannot be searched.
 * The purpose (org, field, row) is part of the input: equal codes of two users have different
 * hashes.
 *
 * <p>Stored form: eight bytes of key id, 32 bytes of HMAC. After a rotation, codes of older keys
 * still verify as long as the ring holds them. Immutable and thread-safe.
 */
public final class CodeHash {

    private static final String USE = "ostiary/code/v1";
    private static final int ID = 8;

    private final KeyRing ring;

    /** Hashes under the keys of this ring. */
    public CodeHash(KeyRing ring) {
        this.ring = ring;
    }

    /** What to store for a code. */
    public byte[] of(Purpose purpose, String code) {
        MasterKey key = ring.current();
        return ByteBuffer.allocate(ID + 32)
                .put(key.id().getBytes(UTF_8))
                .put(hmac(key, purpose, code))
                .array();
    }

    /** Whether a code is the stored one; false, too, when its key is gone. */
    public boolean matches(Purpose purpose, String code, byte[] stored) {
        if (stored.length != ID + 32) {
            return false;
        }
        MasterKey key = ring.find(new String(stored, 0, ID, UTF_8));
        if (key == null) {
            return false;
        }
        byte[] expected = ByteBuffer.allocate(32).put(stored, ID, 32).array();
        return MessageDigest.isEqual(expected, hmac(key, purpose, code));
    }

    private static byte[] hmac(MasterKey key, Purpose purpose, String code) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.derive(USE, "HmacSHA256"));
            mac.update(purpose.bytes());
            return mac.doFinal(code.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
