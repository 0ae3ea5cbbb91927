package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.event.AuthenticationContext;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.signin.sessions.SessionTokenStore.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and ends sessions, for whoever signs somebody in or out: the front door of this room.
 * Everything happens within the caller's transaction. Thread-safe.
 */
public final class SignedIn {

    /** Authentication API, "Session token". */
    private static final Duration TOKEN_VALID = Duration.ofMinutes(5);

    /** The shape that newer session tokens have: {@code 20111} and 50 characters. */
    private static final String TOKEN_PREFIX = "20111";

    private static final int TOKEN_LENGTH = 50;
    private static final int COOKIE_LENGTH = 43;
    private static final String TOKEN_KIND = "session-token";
    private static final String COOKIE_KIND = "session-cookie";

    /** A state token is no session token, even when it is good for a session. */
    private static final String INTO_KIND = "step-up";

    /** Whose session, however it was made, is none any more. */
    private static final Set<UserStatus> OUTSIDE =
            EnumSet.of(UserStatus.SUSPENDED, UserStatus.DEPROVISIONED, UserStatus.STAGED);

    private final Ids ids;
    private final Tokens tokens;
    private final UserEvents events;
    private final OrgClock clock;
    private final SessionStore store = new SessionStore();
    private final SessionTokenStore tickets = new SessionTokenStore();
    private final UserDirectory users = new UserDirectory();

    public SignedIn(Ids ids, Tokens tokens, EventCatalogue events, OrgClock clock) {
        this.ids = ids;
        this.tokens = tokens;
        this.events = new UserEvents(events);
        this.clock = clock;
    }

    /**
     * A one-time token.
     *
     * @param text the secret
     * @param expires when it stops working
     */
    public record SessionToken(String text, Instant expires) {

        /** Says nothing. */
        @Override
        public String toString() {
            return "SessionToken[…]";
        }
    }

    /**
     * A session that has just begun.
     *
     * @param session the session
     * @param cookie what the browser is to show for it; empty where there is none
     * @param persistent whether the browser keeps it when it ends
     */
    record Begun(Session session, String cookie, boolean persistent) {

        /** Says nothing of the cookie. */
        @Override
        public String toString() {
            return "Begun[" + session.id() + "]";
        }
    }

    /** A token of which a session can be made, since the user has proven enough. */
    public SessionToken issue(Tx tx, Org org, String userId, Proofs proofs, SessionLimits limits) {
        Instant now = clock.now(org);
        tickets.deleteEnded(tx, userId, now);
        return put(tx, new Ticket(userId, Optional.empty(), now.plus(TOKEN_VALID), limits, proofs));
    }

    /** A token with which a browser takes up a session that there is. */
    SessionToken issueFor(Tx tx, Org org, Session session) {
        return put(
                tx,
                new Ticket(
                        session.userId(),
                        Optional.of(session.id()),
                        clock.now(org).plus(TOKEN_VALID),
                        SessionLimits.USUAL,
                        session.proofs()));
    }

    /**
     * A token with which a browser takes up its session, in which the user has proven more.
     *
     * @param sessionId the session's id
     * @param proofs what the user has proven
     */
    public SessionToken issueFor(
            Tx tx, Org org, String sessionId, String userId, Proofs proofs, SessionLimits limits) {
        return put(
                tx,
                new Ticket(
                        userId,
                        Optional.of(sessionId),
                        clock.now(org).plus(TOKEN_VALID),
                        limits,
                        proofs));
    }

    /**
     * Makes a state token good for a session, in a browser that comes with it.
     *
     * @param sessionId the session that the browser takes up; empty to begin one
     */
    public void issueInto(
            Tx tx,
            Org org,
            String stateToken,
            Optional<String> sessionId,
            String userId,
            Proofs proofs,
            SessionLimits limits) {
        Instant now = clock.now(org);
        tickets.deleteEnded(tx, userId, now);
        tickets.insert(
                tx,
                TokenHash.of(INTO_KIND, stateToken),
                new Ticket(userId, sessionId, now.plus(TOKEN_VALID), limits, proofs));
    }

    /** The {@code Set-Cookie} for a browser that comes with such a state token, which is spent. */
    public Optional<String> enter(Tx tx, Org org, String stateToken) {
        return begin(tx, org, TokenHash.of(INTO_KIND, stateToken), true).map(SessionCookie::of);
    }

    private SessionToken put(Tx tx, Ticket ticket) {
        String text = TOKEN_PREFIX + tokens.urlSafe(TOKEN_LENGTH);
        tickets.insert(tx, tokenHash(text), ticket);
        return new SessionToken(text, ticket.expires());
    }

    /**
     * The session that a token makes, or lets a browser take up. The token is spent by it, whatever
     * comes out: of any number who come with it, one has the session.
     *
     * @param browser whether there is a browser to keep a cookie
     */
    Optional<Begun> begin(Tx tx, Org org, String token, boolean browser) {
        return begin(tx, org, tokenHash(token), browser);
    }

    private Optional<Begun> begin(Tx tx, Org org, TokenHash token, boolean browser) {
        Instant now = clock.now(org);
        Optional<Ticket> ticket = tickets.take(tx, token, now);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        String cookie = browser ? tokens.urlSafe(COOKIE_LENGTH) : "";
        Optional<String> there = ticket.get().sessionId();
        if (there.isPresent()) {
            return takeUp(tx, there.get(), ticket.get(), cookie, now);
        }
        return users.held(tx, ticket.get().userId())
                .filter(user -> !OUTSIDE.contains(user.status()))
                .map(
                        user ->
                                new Begun(
                                        made(tx, org, user, ticket.get(), cookie, now),
                                        cookie,
                                        ticket.get().limits().persistent()));
    }

    /** Only a browser takes a session up; what was proven on the way counts from then on. */
    private Optional<Begun> takeUp(
            Tx tx, String sessionId, Ticket ticket, String cookie, Instant now) {
        return Optional.of(sessionId)
                .filter(id -> !cookie.isEmpty())
                .flatMap(id -> store.lock(tx, id, now))
                .filter(found -> found.userId().equals(ticket.userId()))
                .map(
                        found -> {
                            Session session = found.proving(found.proofs().and(ticket.proofs()));
                            store.takeUp(
                                    tx,
                                    session.id(),
                                    hash(cookie),
                                    session.proofs(),
                                    now,
                                    address());
                            return new Begun(session, cookie, ticket.limits().persistent());
                        });
    }

    private Session made(Tx tx, Org org, User user, Ticket ticket, String cookie, Instant now) {
        SessionLimits limits = ticket.limits();
        Optional<Instant> ends = limits.lifetime().map(now::plus);
        Session made =
                new Session(
                        ids.sessionId(),
                        user.id(),
                        user.login(),
                        UserEvents.displayName(user),
                        now,
                        now,
                        limits.idle(),
                        ends,
                        now,
                        ticket.proofs());
        Session session = made.until(made.refreshedAt(now));
        store.deleteEnded(tx, user.id(), now);
        store.insert(tx, session, cookie.isEmpty() ? null : hash(cookie), address());
        tx.emit(
                events.of("user.session.start", user)
                        .legacy("core.user_auth.session_created_using_token")
                        .actor(UserEvents.actor(user))
                        .authentication(AuthenticationContext.ofSession(session.id())));
        return session;
    }

    /** From where the request comes that this thread answers. */
    private static @Nullable String address() {
        return RequestContext.current().client().ipAddress();
    }

    /** What the database keeps of a session token. */
    static TokenHash tokenHash(String token) {
        return TokenHash.of(TOKEN_KIND, token);
    }

    /** What the database keeps of a cookie. */
    static TokenHash hash(String cookie) {
        return TokenHash.of(COOKIE_KIND, cookie);
    }

    /** Whether a user of this status may act in a session. */
    static boolean mayAct(String userStatus) {
        return !OUTSIDE.contains(UserStatus.valueOf(userStatus));
    }

    /**
     * As {@link #signOut}, but for one session.
     *
     * @param kept the id of the session that stays
     */
    public void signOutElsewhere(Tx tx, String userId, String kept) {
        store.deleteOthers(tx, userId, kept);
        tickets.deleteOf(tx, userId);
    }

    /** Ends every session of a user, and what one could still be made of. */
    public void signOut(Tx tx, Org org, String userId) {
        store.deleteOf(tx, userId);
        tickets.deleteOf(tx, userId);
    }
}
