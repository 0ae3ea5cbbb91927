package dev.ostiary.server.signin.sessions;

import java.time.Duration;

/**
 * The cookie {@code sid} (P23): it lasts as long as the browser does, unless the policy has it
 * kept, or the session ends it. It goes to the org from other sites' pages too, which embedded
 * sign-in needs, and so is never believed beside an origin that the org does not trust.
 */
final class SessionCookie {

    /** Browsers keep nothing longer (RFC 6265bis, section 4.1.2.2). */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=None";

    /** Takes the cookie back. */
    static final String GONE = "sid=; Max-Age=0" + ATTRIBUTES;

    private SessionCookie() {}

    /** Gives the cookie of a session that has just begun. */
    static String of(SignedIn.Begun begun) {
        String line = "sid=" + begun.cookie() + ATTRIBUTES;
        return begun.persistent() ? line + "; Max-Age=" + seconds(begun.session()) : line;
    }

    /** A session that refreshes put off has no end that a browser could know. */
    private static long seconds(Session session) {
        return session.ends()
                .map(end -> Duration.between(session.created(), end))
                .orElse(LONGEST)
                .toSeconds();
    }
}
