package dev.ostiary.server.signin.pages;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Optional;

/**
 * Where a browser wanted to go in which somebody has registered, until that one comes with the link
 * of the mail. It is judged when the browser goes there: whoever changes it changes only where
 * their own goes. Pure.
 */
final class WayBack {

    private static final String NAME = "way-back";

    /** As long as a request of an app waits. */
    private static final long SECONDS = 3600;

    static final String GONE = Cookies.gone(NAME);

    private WayBack() {}

    static Optional<String> of(Cookies cookies) {
        return cookies.find(NAME).flatMap(CookieText::decoded).filter(uri -> !uri.isEmpty());
    }

    /** The {@code Set-Cookie}; nothing where the browser wanted nowhere. */
    static Optional<String> line(Optional<String> fromUri) {
        return fromUri.filter(uri -> uri.length() <= TokenAndWay.LONGEST_URI)
                .map(uri -> Cookies.set(NAME, CookieText.encoded(uri), SECONDS));
    }
}
