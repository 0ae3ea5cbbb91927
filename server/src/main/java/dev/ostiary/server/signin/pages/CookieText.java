package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/**
 * Any text in the value of a cookie, which takes few characters (RFC 6265, section 4.1.1). Pure.
 */
final class CookieText {

    private CookieText() {}

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** Nothing where it is none of ours. */
    static Optional<String> decoded(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
