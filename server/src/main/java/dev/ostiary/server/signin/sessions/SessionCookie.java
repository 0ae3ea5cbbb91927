package dev.ostiary.server.signin.sessions;

/**
 * The cookie {@code sid} (P23): it lasts as long as the browser does, or the session ends it. It
 * goes to the org from other sites' pages too, which embedded sign-in needs, and so is never
 * believed beside an origin that the org does not trust.
 */
final class SessionCookie {

    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=None";

    /** Takes the cookie back. */
    static final String GONE = "sid=; Max-Age=0" + ATTRIBUTES;

    private SessionCookie() {}

    /** Gives the cookie. */
    static String of(String secret) {
        return "sid=" + secret + ATTRIBUTES;
    }
}
