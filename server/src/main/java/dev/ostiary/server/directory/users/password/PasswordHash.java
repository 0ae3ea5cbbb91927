package dev.ostiary.server.directory.users.password;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The hash of a password. It says everything that is needed to check a candidate, parameters and
 * salt included, and has one text form, that of the PHC string format ({@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}) or, for bcrypt, its own ({@code $2a$10$…}).
 *
 * <p>Equal hashes have equal texts. Immutable and thread-safe. A hash is computed on the {@link
 * HashingPool} only.
 */
public sealed interface PasswordHash
        permits Argon2Hash, BcryptHash, DigestHash, Pbkdf2Hash, ScryptHash {

    /** The text to store. */
    String text();

    /** The hash itself, to compare with what {@link #compute} makes of a candidate. */
    byte[] expected();

    /**
     * What this hash's algorithm, parameters and salt make of a password.
     *
     * @param memory that of the thread
     */
    byte[] compute(byte[] password, Argon2Memory memory);

    /**
     * Whether one check costs a multiple of what our own hash costs. Imported hashes may be that
     * slow (bcrypt with a work factor of 20 takes more than a minute), so they have a lane of their
     * own.
     */
    boolean isHeavy();

    /** Whether a password is the hashed one; takes the same time wherever they differ. */
    default boolean matches(byte[] password, Argon2Memory memory) {
        return MessageDigest.isEqual(expected(), compute(password, memory));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none, or its parameters are out of bounds; the
     *     message does not repeat the text
     */
    static PasswordHash parse(String text) {
        List<String> parts = List.of(text.split("\\$", -1));
        if (parts.size() < 4 || text.length() > 2000 || !parts.getFirst().isEmpty()) {
            throw new IllegalArgumentException("not the text of a password hash");
        }
        return switch (parts.get(1)) {
            case "argon2id" -> Argon2Hash.parse(parts);
            case "scrypt" -> ScryptHash.parse(parts);
            case "pbkdf2-sha256", "pbkdf2-sha512" -> Pbkdf2Hash.parse(parts);
            case "md5", "sha1", "sha256", "sha512" -> DigestHash.parse(parts);
            case "2a", "2b", "2y" -> BcryptHash.parse(parts);
            default -> throw new IllegalArgumentException("not a known kind of password hash");
        };
    }

    /** Bytes in the base64 of the PHC format: standard alphabet, no padding. */
    static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Base64 of either alphabet, padded or not, as the many systems that hashes come from write it.
     */
    static byte[] decode(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }
}
