package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request on its way. Immutable.
 *
 * @param key under which it has waited, if it has
 * @param begun since when whoever has to prove itself anew has to have done so, if it has waited
 * @param consentedBy the user who was asked for it, and has consented
 */
record Going(
        Request request,
        AuthorizationRequest asked,
        Optional<String> key,
        Instant begun,
        Optional<String> consentedBy) {

    /** As long as a session token lives: who comes with one has just signed in. */
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    Recipient to() {
        return asked.addressed().recipient();
    }

    /** Whether a session is as fresh as the client wants it. */
    boolean isFresh(Current session) {
        Instant proven = session.authenticated();
        boolean young =
                asked.maxAge().map(age -> !proven.plus(age).isBefore(to().now())).orElse(true);
        return !proven.isBefore(begun)
                || (young && (isJustNow(session) || !asked.prompt().login()));
    }

    /** Since when a proof of a session was one for this very request. */
    Instant since(Current session) {
        return isJustNow(session) ? to().now().minus(JUST_NOW) : begun;
    }

    /** Whether it has just begun by a token that this very request came with. */
    private boolean isJustNow(Current session) {
        return session.cookie().isPresent()
                && !session.authenticated().plus(JUST_NOW).isBefore(to().now());
    }
}
