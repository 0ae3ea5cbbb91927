package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the database keeps of an API token, session, refresh token or one-time link: SHA-256 of its
 * kind and its text.
 *
 * <p>Why no key and no slow hash: these tokens are random with 190 bits or more, so that nobody who
 * reads the table can search for one, with a key or without; and a key would tie every token to the
 * master key, so that its rotation or loss would end all sessions. What is <em>not</em> random
 * enough (a code of six digits) goes through {@link CodeHash}, which is keyed; a password through
 * the password hasher. The kind is part of the input: a token of one kind never has the hash of
 * another (P22).
 *
 * <p>Immutable and thread-safe; {@link #equals} takes the same time wherever the difference is.
 */
public final class TokenHash {

    private final byte[] bytes;

    private TokenHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The hash of a token.
     *
     * @param kind a constant of the program such as {@code apiToken}
     * @param token the text that the client holds
     */
    public static TokenHash of(String kind, String token) {
        MessageDigest sha256 = sha256();
        sha256.update(kind.getBytes(UTF_8));
        sha256.update((byte) 0);
        return new TokenHash(sha256.digest(token.getBytes(UTF_8)));
    }

    /**
     * A hash as it was stored.
     *
     * @throws IllegalArgumentException if it is not 32 bytes
     */
    public static TokenHash stored(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a token's hash has 32 bytes, not " + bytes.length);
        }
        return new TokenHash(bytes.clone());
    }

    /** The 32 bytes to store and to look up. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenHash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "TokenHash[" + HexFormat.of().formatHex(bytes, 0, 4) + "…]";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
