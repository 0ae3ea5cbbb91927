package dev.ostiary.server.signin.pages.form;

import dev.ostiary.platform.http.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cookies of pages. Their names begin with {@code __Host-}, so that no browser takes one that
 * another host, or a page without TLS, has set (RFC 6265bis, section 4.1.3.2). Immutable.
 */
public final class Cookies {

    private static final String PREFIX = "__Host-";
    private static final String KEPT = "; Path=/; Secure; HttpOnly; SameSite=Lax";
    private static final int LONGEST = 4096;
    private static final int MOST = 100;

    private final Map<String, String> values;

    private Cookies(Map<String, String> values) {
        this.values = values;
    }

    /** Those of a request; of two with one name, the first. */
    public static Cookies of(Request request) {
        Map<String, String> values = new HashMap<>();
        String line = request.header("Cookie").orElse("");
        for (String pair : line.split(";", MOST)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.length() <= LONGEST) {
                values.putIfAbsent(
                        pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            }
        }
        return new Cookies(values);
    }

    /** The value of one of ours. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(PREFIX + name)).filter(text -> !text.isEmpty());
    }

    /** A {@code Set-Cookie} that lasts as long as the browser does. */
    public static String set(String name, String value) {
        return PREFIX + name + "=" + value + KEPT;
    }

    /** A {@code Set-Cookie} that lasts for a while. */
    public static String set(String name, String value, long seconds) {
        return set(name, value) + "; Max-Age=" + seconds;
    }

    /** A {@code Set-Cookie} that takes one back. */
    public static String gone(String name) {
        return set(name, "", 0);
    }
}
