package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The session of a browser that other sites have sent here: to get something for them, or to end
 * it. Whoever asks judges for itself whether the site may. Thread-safe.
 */
public final class BrowserSessions {

    private static final String COOKIE = "sid=";
    private static final int MOST_COOKIES = 100;
    private static final int MOST_SESSIONS = 5;

    private final SignedIn signedIn;
    private final EventCatalogue events;
    private final OrgClock clock;
    private final SessionStore store = new SessionStore();
    private final BatchedLookup<TokenHash, Session> lookup;

    /** The sessions that this makes. */
    public BrowserSessions(
            Database database, SignedIn signedIn, EventCatalogue events, OrgClock clock) {
        this.lookup =
                new BatchedLookup<>(
                        (org, cookies) ->
                                database.lookUp(org, reader -> store.byCookies(reader, cookies)));
        this.signedIn = signedIn;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Who is signed in.
     *
     * @param sessionId the session's public id
     * @param authenticated when the user last proved itself
     * @param active when the user was last seen at work
     * @param proofs how the user proved itself, and when
     * @param cookie the {@code Set-Cookie} for the browser, where the session is new to it
     */
    public record Current(
            String sessionId,
            String userId,
            String login,
            Instant authenticated,
            Instant active,
            Proofs proofs,
            Optional<String> cookie) {

        /** By which methods (RFC 8176). */
        public List<String> amr() {
            return proofs.amr();
        }

        /** Says nothing of the cookie. */
        @Override
        public String toString() {
            return "Current[" + sessionId + "]";
        }
    }

    /** The session of the first cookie that has one. */
    public Optional<Current> of(Reader reader, Request request) {
        Instant now = clock.now(request.org());
        return cookies(request).stream()
                .flatMap(cookie -> store.byCookie(reader, SignedIn.hash(cookie), now).stream())
                .findFirst()
                .map(session -> current(session, Optional.empty()));
    }

    /**
     * As {@link #of(Reader, Request)}, read after the call began, together with all who ask at the
     * same moment. Not to be called in a transaction.
     */
    public Optional<Current> of(Request request) {
        Instant now = clock.now(request.org());
        return cookies(request).stream()
                .flatMap(
                        cookie ->
                                lookup.get(request.org().number(), SignedIn.hash(cookie)).stream())
                .filter(session -> session.expires().isAfter(now))
                .findFirst()
                .map(session -> current(session, Optional.empty()));
    }

    /**
     * The session that a token makes for the browser. The token is spent by it, whatever comes out.
     */
    public Optional<Current> take(Tx tx, Org org, String sessionToken) {
        return signedIn.begin(tx, org, sessionToken, true)
                .map(begun -> current(begun.session(), Optional.of(SessionCookie.of(begun))));
    }

    /** The user of a session was seen at work: in time, apps may ask for proofs anew otherwise. */
    public void visit(Tx tx, Org org, Current session) {
        store.visit(tx, session.sessionId(), clock.now(org));
    }

    /** Ends a session; the {@code Set-Cookie} takes the browser's cookie back. */
    public String end(Tx tx, Org org, String sessionId) {
        return end(tx, org, sessionId, 0, 0);
    }

    /**
     * The same.
     *
     * @param openId how many apps of OpenID Connect are told (guide "Configure Single Logout",
     *     Events)
     * @param saml how many services are
     */
    public String end(Tx tx, Org org, String sessionId, int openId, int saml) {
        store.lock(tx, sessionId, clock.now(org))
                .ifPresent(
                        session -> {
                            store.delete(tx, sessionId);
                            Event ended = session.ended(events);
                            tx.emit(
                                    openId + saml == 0
                                            ? ended
                                            : ended.debug(
                                                            "TotalOidcLogoutRequests",
                                                            Integer.toString(openId))
                                                    .debug(
                                                            "TotalSamlLogoutRequests",
                                                            Integer.toString(saml)));
                        });
        return SessionCookie.GONE;
    }

    private static Current current(Session session, Optional<String> cookie) {
        Instant proven =
                Stream.of(session.proofs().password(), session.proofs().factor())
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .orElse(session.created());
        return new Current(
                session.id(),
                session.userId(),
                session.login(),
                proven,
                session.active(),
                session.proofs(),
                cookie);
    }

    private static List<String> cookies(Request request) {
        List<String> values = new ArrayList<>();
        for (String pair : request.header("Cookie").orElse("").split(";", MOST_COOKIES)) {
            String text = pair.strip();
            if (text.startsWith(COOKIE) && values.size() < MOST_SESSIONS) {
                values.add(text.substring(COOKIE.length()));
            }
        }
        return values;
    }
}
