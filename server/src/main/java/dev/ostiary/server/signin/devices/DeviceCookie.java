package dev.ostiary.server.signin.devices;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.secret.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie {@code DT}, by which a browser is known again that no application speaks for. What it
 * holds is random, so nobody has another's device by guessing.
 */
public final class DeviceCookie {

    private static final int LENGTH = 32;
    private static final String NAME = "DT=";
    private static final Duration KEPT = Duration.ofDays(730);
    private static final Pattern VALUE = Pattern.compile("[\\w-]{" + LENGTH + "}");

    private DeviceCookie() {}

    /** The device of a request's cookie. An application's token never looks like one. */
    public static Optional<String> of(Request request) {
        return in(request.header("Cookie").orElse(""));
    }

    /** The same, of a line of the header {@code Cookie}. */
    public static Optional<String> in(String cookies) {
        for (String pair : cookies.split(";", 100)) {
            String cookie = pair.strip();
            String value = cookie.startsWith(NAME) ? cookie.substring(NAME.length()) : "";
            if (VALUE.matcher(value).matches()) {
                return Optional.of(token(value));
            }
        }
        return Optional.empty();
    }

    /** A cookie for a browser that has none. */
    public static Given give(Tokens tokens) {
        String value = tokens.urlSafe(LENGTH);
        return new Given(
                token(value),
                NAME
                        + value
                        + "; Path=/; Secure; HttpOnly; SameSite=None; Max-Age="
                        + KEPT.toSeconds());
    }

    /** Whether a request comes from a browser, as far as it says. */
    public static boolean isBrowser(Request request) {
        return request.header("User-Agent").orElse("").startsWith("Mozilla/");
    }

    private static String token(String value) {
        return "cookie " + value;
    }

    /**
     * A new cookie.
     *
     * @param token what names the device from now on
     * @param line the {@code Set-Cookie}
     */
    public record Given(String token, String line) {

        /** Says nothing of it. */
        @Override
        public String toString() {
            return "Given[…]";
        }
    }
}
