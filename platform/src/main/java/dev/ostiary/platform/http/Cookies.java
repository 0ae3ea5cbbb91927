package dev.ostiary.platform.http;

import java.util.ArrayList;
import java.util.List;

/** The cookies of a request (RFC 6265, section 5.4), as far as the server has given any. */
final class Cookies {

    /** A browser may hold one for each path and domain; more than this are nobody's. */
    private static final int MOST = 4;

    private static final int LONGEST = 256;
    private static final String SESSION = "sid=";

    private Cookies() {}

    /** What every cookie {@code sid} holds, in the order in which the browser prefers them. */
    static List<String> sessions(Incoming incoming) {
        List<String> found = new ArrayList<>();
        for (String line : incoming.headers("Cookie")) {
            for (String pair : line.split(";")) {
                String cookie = pair.strip();
                String value = cookie.startsWith(SESSION) ? cookie.substring(4) : "";
                if (!value.isEmpty() && value.length() <= LONGEST && found.size() < MOST) {
                    found.add(value);
                }
            }
        }
        return found;
    }
}
