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

    /**
     * A password of 12 characters or as many as the policy asks for, whichever is more. No
     * character stands behind itself, which some policies refuse.
     */
    public String next(PasswordPolicy.Complexity asked) {
        List<String> alphabets = new ArrayList<>();
        alphabets.addAll(Collections.nCopies(Math.max(1, asked.minLowerCase()), LOWER));
        alphabets.addAll(Collections.nCopies(Math.max(1, asked.minUpperCase()), UPPER));
        alphabets.addAll(Collections.nCopies(Math.max(1, asked.minNumber()), DIGITS));
        alphabets.addAll(Collections.nCopies(asked.minSymbol(), SYMBOLS));
        int rest = Math.max(LEAST, asked.minLength()) - alphabets.size();
        alphabets.addAll(Collections.nCopies(Math.max(0, rest), LOWER + UPPER + DIGITS));
        Collections.shuffle(alphabets, random);
        StringBuilder text = new StringBuilder();
        char before = 0;
        for (String alphabet : alphabets) {
            before = another(alphabet, before);
            text.append(before);
        }
        return text.toString();
    }

    private char another(String alphabet, char before) {
        char drawn;
        do {
            drawn = alphabet.charAt(random.nextInt(alphabet.length()));
        } while (drawn == before);
        return drawn;
    }
}
