package dev.ostiary.server.directory.users.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Makes and checks the hashes of passwords, and of answers to recovery questions.
 *
 * <p>New hashes are Argon2id with a random salt of 16 bytes. A check takes the same time wherever
 * the candidate differs, and {@link #verifyNobody} takes as long for a login that does not exist.
 * Everything runs on the {@link HashingPool}; candidates longer than {@value #MAX_CANDIDATE}
 * characters match nothing and cost nothing. Thread-safe.
 *
 * <p>Every method may throw {@code ApiException} {@code E0000181} when the pool is overrun.
 */
public final class PasswordHasher {

    /** Longer texts are never hashed. A new password is at most 72 characters by policy. */
    public static final int MAX_CANDIDATE = 1024;

    private static final int SALT = 16;

    private final HashingPool pool;
    private final SecureRandom random;
    private final Argon2Cost cost;
    private final PasswordHash nobody;

    /** Hashes at the standard cost. */
    public PasswordHasher(HashingPool pool, SecureRandom random) {
        this(pool, random, Argon2Cost.STANDARD);
    }

    /** Hashes at this cost; hashes of a lower one are to be renewed. */
    public PasswordHasher(HashingPool pool, SecureRandom random, Argon2Cost cost) {
        this.pool = pool;
        this.random = random;
        this.cost = cost;
        this.nobody =
                new Argon2Hash(
                        cost,
                        PasswordHash.encode(new byte[SALT]),
                        PasswordHash.encode(new byte[32]));
    }

    /**
     * A new hash.
     *
     * @throws IllegalArgumentException if the text is too long or holds half a surrogate pair; both
     *     are refused before (password policy, P8)
     */
    public PasswordHash hash(String password) {
        byte[] bytes = bytes(password);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("an empty, overlong or ill-formed password");
        }
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        try {
            return pool.compute(memory -> Argon2Hash.of(bytes, cost, salt, memory));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Whether a candidate is the hashed password. */
    public boolean verify(String candidate, PasswordHash stored) {
        byte[] bytes = bytes(candidate);
        if (bytes.length == 0) {
            return false;
        }
        try {
            return pool.check(stored, memory -> stored.matches(bytes, memory));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Costs what a failed {@link #verify} costs. To be called where there is no user or no password
     * to check against: otherwise the time of the answer tells which logins exist.
     */
    public void verifyNobody(String candidate) {
        verify(candidate, nobody);
    }

    /**
     * Whether a hash is weaker than what would be made today, or of another kind: then the password
     * that has just matched it is to be hashed anew.
     */
    public boolean needsRehash(PasswordHash stored) {
        return switch (stored) {
            case Argon2Hash own ->
                    own.cost().work() < cost.work() || own.cost().memoryKiB() < cost.memoryKiB();
            case BcryptHash bcrypt -> true;
            case DigestHash digest -> true;
            case Pbkdf2Hash pbkdf2 -> true;
            case ScryptHash scrypt -> true;
        };
    }

    /**
     * The bytes that are hashed; none for what cannot be a password. Half a surrogate pair is not
     * silently turned into a question mark: two passwords would become one.
     */
    private static byte[] bytes(String text) {
        if (text.isEmpty() || text.length() > MAX_CANDIDATE) {
            return new byte[0];
        }
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException illFormed) {
            return new byte[0];
        }
    }
}
