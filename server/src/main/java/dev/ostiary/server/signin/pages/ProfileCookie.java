package dev.ostiary.server.signin.pages;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Optional;

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

    static final String GONE = Cookies.gone(NAME);

    static Optional<ProfileCookie> of(Cookies cookies) {
        return cookies.find(NAME)
                .flatMap(TokenAndWay::of)
                .map(kept -> new ProfileCookie(kept.token(), kept.fromUri()));
    }

    /** The {@code Set-Cookie}. */
    String line() {
        return Cookies.set(NAME, new TokenAndWay(sessionToken, fromUri).value(), SECONDS);
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "ProfileCookie[…]";
    }
}
