package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the browser keeps of a sign-in under way, so that no address and no page holds the state
 * token. What stands in it is judged anew each time: whoever changes it changes only where their
 * own browser goes.
 *
 * @param stateToken names the sign-in
 * @param fromUri where to go afterwards
 */
record SignInCookie(String stateToken, Optional<String> fromUri) {

    private static final String NAME = "signin";

    /** A cookie of 4096 bytes is the most that browsers have to keep (RFC 6265, section 6.1). */
    private static final int LONGEST_URI = 2800;

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{1,128})~([A-Za-z0-9_-]{0,3800})");

    static final String GONE = Cookies.gone(NAME);

    static Optional<SignInCookie> of(Cookies cookies) {
        return cookies.find(NAME)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(parts -> new SignInCookie(parts.group(1), decoded(parts.group(2))));
    }

    private static Optional<String> decoded(String text) {
        try {
            String uri = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            return Optional.of(uri).filter(some -> !some.isEmpty());
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The {@code Set-Cookie}. */
    String line() {
        String uri = fromUri.filter(text -> text.length() <= LONGEST_URI).orElse("");
        return Cookies.set(
                NAME,
                stateToken
                        + "~"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(uri.getBytes(UTF_8)));
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "SignInCookie[…]";
    }
}
