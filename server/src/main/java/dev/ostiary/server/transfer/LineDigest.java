package dev.ostiary.server.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A digest of a file's first lines that does not depend on how they were cut into chunks: {@code
 * SHA-256(digest of the lines before ‖ SHA-256(line))}, beginning with 32 zeros. By it whoever goes
 * on with an import knows whether the file still begins with what was applied. Not thread-safe.
 */
public final class LineDigest {

    static final byte[] NONE = new byte[32];

    private final MessageDigest sha = sha256();
    private byte[] value;

    /** Goes on from a digest. */
    LineDigest(byte[] value) {
        this.value = value.clone();
    }

    /** The digest of no lines. */
    public LineDigest() {
        this(NONE);
    }

    /** One more line, without what ends it. */
    public void add(byte[] line) {
        byte[] own = sha.digest(line);
        sha.update(value);
        value = sha.digest(own);
    }

    /** The digest so far. */
    public byte[] value() {
        return value.clone();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
