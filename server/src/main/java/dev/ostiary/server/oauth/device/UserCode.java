package dev.ostiary.server.oauth.device;

import dev.ostiary.platform.secret.Tokens;
import java.util.Locale;

/**
 * What people type in: eight consonants (RFC 8628, 6.1), which make no word; 34 bits, good for ten
 * minutes and for nobody who has not signed in.
 */
final class UserCode {

    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    private static final int LONGEST = 40;

    private UserCode() {}

    static String next(Tokens random) {
        return random.of(LETTERS, LENGTH);
    }

    /** As it is meant, however somebody writes it: in small letters, in groups. */
    static String spelling(String text) {
        return text.length() > LONGEST
                ? ""
                : text.toUpperCase(Locale.ROOT).replaceAll("[^" + LETTERS + "]", "");
    }
}
