package dev.ostiary.server.directory.users.password;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * bcrypt, as imported. It reads 72 bytes of a password and no more: that is the algorithm, and
 * whoever set the password had the same cut.
 *
 * @param workFactor binary logarithm of the rounds, 1 to 20
 * @param salt 22 characters of radix 64
 * @param value 31 characters of radix 64
 */
record BcryptHash(int workFactor, String salt, String value) implements PasswordHash {

    static final int SALT = 22;
    static final int VALUE = 31;

    private static final int PASSWORD = 72;
    private static final int LEAST_ROUNDS = 4;
    private static final int SLOW_ROUNDS = 12;
    private static final String RADIX_64 =
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    static boolean isRadix64(String text) {
        return text.chars().allMatch(c -> RADIX_64.indexOf(c) >= 0);
    }

    static BcryptHash parse(List<String> parts) {
        Parameters.parts(parts.size(), 4);
        String rest = parts.get(3);
        if (!parts.get(2).matches("[0-9]{2}")
                || rest.length() != SALT + VALUE
                || !isRadix64(rest)) {
            throw new IllegalArgumentException("malformed bcrypt hash");
        }
        int factor = Integer.parseInt(parts.get(2));
        if (factor < 1 || factor > 20) {
            throw new IllegalArgumentException("a bcrypt work factor is 1 to 20");
        }
        return new BcryptHash(factor, rest.substring(0, SALT), rest.substring(SALT));
    }

    @Override
    public String text() {
        return "$2a$" + (workFactor < 10 ? "0" : "") + workFactor + "$" + salt + value;
    }

    @Override
    public byte[] expected() {
        return decode(value, 23);
    }

    /**
     * The documentation allows work factors from 1, but no bcrypt computes fewer than 2^4 rounds:
     * below that no system can have made the hash, and no password matches it.
     */
    @Override
    public byte[] compute(byte[] password, Argon2Memory none) {
        if (workFactor < LEAST_ROUNDS) {
            return new byte[0];
        }
        byte[] input = Arrays.copyOf(password, Math.min(password.length, PASSWORD));
        // A password that does not fill the 72 bytes ends with a zero byte: hence true.
        return Arrays.copyOf(BCrypt.generate(input, decode(salt, 16), workFactor, true), 23);
    }

    @Override
    public boolean isHeavy() {
        return workFactor > SLOW_ROUNDS;
    }

    /** Radix 64: base64 with another alphabet and without padding; spare bits do not count. */
    private static byte[] decode(String text, int length) {
        byte[] bytes = new byte[length];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length() && at < length; i++) {
            bits = (bits << 6) | RADIX_64.indexOf(text.charAt(i));
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[at] = (byte) (bits >> held);
                at++;
            }
        }
        return bytes;
    }
}
