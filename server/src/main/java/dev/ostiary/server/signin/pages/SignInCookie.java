package dev.ostiary.server.signin.pages;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Optional;

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

    static final String GONE = Cookies.gone(NAME);

    static Optional<SignInCookie> of(Cookies cookies) {
        return cookies.find(NAME)
                .flatMap(TokenAndWay::of)
                .map(kept -> new SignInCookie(kept.token(), kept.fromUri()));
    }

    /** The {@code Set-Cookie}. */
    String line() {
        return Cookies.set(NAME, new TokenAndWay(stateToken, fromUri).value());
    }

    /** Says nothing of the token. */
    @Override
    public String toString() {
        return "SignInCookie[…]";
    }
}
