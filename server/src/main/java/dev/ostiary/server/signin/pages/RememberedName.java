package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.server.signin.pages.form.Cookies;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The user name that a browser keeps for its user, if that one likes. */
final class RememberedName {

    private static final String NAME = "username";
    private static final int LONGEST = 200;
    private static final Duration KEPT = Duration.ofDays(365);

    private RememberedName() {}

    static Optional<String> of(Cookies cookies) {
        return cookies.find(NAME).flatMap(RememberedName::decoded);
    }

    private static Optional<String> decoded(String text) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            return Optional.of(name).filter(some -> some.length() <= LONGEST);
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** The {@code Set-Cookie} that keeps a name, or forgets the one before. */
    static String line(String username, boolean keep) {
        return keep
                ? Cookies.set(
                        NAME,
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(username.getBytes(UTF_8)),
                        KEPT.toSeconds())
                : Cookies.gone(NAME);
    }
}
