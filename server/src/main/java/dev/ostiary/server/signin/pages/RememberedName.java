package dev.ostiary.server.signin.pages;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.time.Duration;
import java.util.Optional;

/** The user name that a browser keeps for its user, if that one likes. */
final class RememberedName {

    private static final String NAME = "username";
    private static final int LONGEST = 200;
    private static final Duration KEPT = Duration.ofDays(365);

    private RememberedName() {}

    static Optional<String> of(Cookies cookies) {
        return cookies.find(NAME)
                .flatMap(CookieText::decoded)
                .filter(name -> name.length() <= LONGEST);
    }

    /** The {@code Set-Cookie} that keeps a name, or forgets the one before. */
    static String line(String username, boolean keep) {
        return keep
                ? Cookies.set(NAME, CookieText.encoded(username), KEPT.toSeconds())
                : Cookies.gone(NAME);
    }
}
