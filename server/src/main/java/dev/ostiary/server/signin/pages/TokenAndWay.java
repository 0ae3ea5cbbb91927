package dev.ostiary.server.signin.pages;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token and where the browser goes afterwards, as one cookie holds them. Pure.
 *
 * @param fromUri left out of the cookie where it is too long for one
 */
record TokenAndWay(String token, Optional<String> fromUri) {

    /** A cookie of 4096 bytes is the most that browsers have to keep (RFC 6265, section 6.1). */
    static final int LONGEST_URI = 2800;

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{1,128})~([A-Za-z0-9_-]{0,3800})");

    static Optional<TokenAndWay> of(String value) {
        return Optional.of(value)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(
                        parts ->
                                new TokenAndWay(
                                        parts.group(1),
                                        CookieText.decoded(parts.group(2))
                                                .filter(uri -> !uri.isEmpty())));
    }

    String value() {
        return token
                + "~"
                + CookieText.encoded(fromUri.filter(uri -> uri.length() <= LONGEST_URI).orElse(""));
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "TokenAndWay[…]";
    }
}
