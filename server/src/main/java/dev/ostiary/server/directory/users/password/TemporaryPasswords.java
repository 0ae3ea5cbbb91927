package dev.ostiary.server.directory.users.password;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes passwords that satisfy a policy: for {@code expire_password?tempPassword=true} and for the
 * first administrator. No characters that are easily taken for one another. Thread-safe.
 */
public final class TemporaryPasswords {

    private static final String LOWER = "abcdefghijkmnpqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";
    private static final String SYMBOLS = "!#%+-=?@_";
    private static final int LEAST = 12;

    private final SecureRandom random;

    /** Passwords from this source. */
    public TemporaryPasswords(SecureRandom random) {
        this.random = random;
    }

    /** A password of 12 characters or as many as the policy asks for, whichever is more. */
    public String next(PasswordPolicy.Complexity asked) {
        StringBuilder text = new StringBuilder();
        append(text, LOWER, Math.max(1, asked.minLowerCase()));
        append(text, UPPER, Math.max(1, asked.minUpperCase()));
        append(text, DIGITS, Math.max(1, asked.minNumber()));
        append(text, SYMBOLS, asked.minSymbol());
        int length = Math.max(LEAST, asked.minLength());
        append(text, LOWER + UPPER + DIGITS, length - text.length());
        List<Integer> letters = new ArrayList<>(text.chars().boxed().toList());
        Collections.shuffle(letters, random);
        StringBuilder mixed = new StringBuilder();
        letters.forEach(mixed::appendCodePoint);
        return mixed.toString();
    }

    private void append(StringBuilder text, String alphabet, int count) {
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
    }
}
