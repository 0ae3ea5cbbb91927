package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.util.Base64;
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

    /** A cookie of 4096 bytes is the most that browsers have to keep (RFC 6265, section 6.1). */
    private static final int LONGEST = 2800;

    static final String GONE = Cookies.gone(NAME);

    private WayBack() {}

    static Optional<String> of(Cookies cookies) {
        return cookies.find(NAME).flatMap(WayBack::decoded);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(text), UTF_8))
                    .filter(uri -> !uri.isEmpty());
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The {@code Set-Cookie}; nothing where the browser wanted nowhere. */
    static Optional<String> line(Optional<String> fromUri) {
        return fromUri.filter(uri -> uri.length() <= LONGEST)
                .map(
                        uri ->
                                Cookies.set(
                                        NAME,
                                        Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(uri.getBytes(UTF_8)),
                                        SECONDS));
    }
}
