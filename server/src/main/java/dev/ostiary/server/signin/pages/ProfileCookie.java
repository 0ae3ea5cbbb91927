package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the browser keeps of a sign-in that is over but for what the profile lacks.
 *
 * @param sessionToken makes the session
 * @param fromUri where to go then
 */
record ProfileCookie(String sessionToken, Optional<String> fromUri) {

    private static final String NAME = "profile";

    /** As long as a session token is good. */
    private static final long SECONDS = 300;

    private static final int LONGEST_URI = 2800;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{1,128})~([A-Za-z0-9_-]{0,3800})");

    static final String GONE = Cookies.gone(NAME);

    static Optional<ProfileCookie> of(Cookies cookies) {
        return cookies.find(NAME)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(parts -> new ProfileCookie(parts.group(1), decoded(parts.group(2))));
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(text), UTF_8))
                    .filter(uri -> !uri.isEmpty());
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The {@code Set-Cookie}. */
    String line() {
        String uri = fromUri.filter(text -> text.length() <= LONGEST_URI).orElse("");
        return Cookies.set(
                NAME,
                sessionToken
                        + "~"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(uri.getBytes(UTF_8)),
                SECONDS);
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "ProfileCookie[…]";
    }
}
