package dev.ostiary.server.signin.sessions;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A user's own sessions, for whoever shows them to that user: the latest fifty. Thread-safe. */
public final class OwnSessions {

    private static final int MOST = 50;

    private final Database database;
    private final OrgClock clock;
    private final EventCatalogue events;
    private final SessionStore store = new SessionStore();
    private final SessionTokenStore tickets = new SessionTokenStore();

    public OwnSessions(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.clock = new OrgClock(time);
        this.events = events;
    }

    /**
     * A session.
     *
     * @param id its public id
     * @param since when it began
     * @param until when it ends unless it is refreshed
     */
    public record Line(String id, Instant since, Instant until) {}

    /** Those that have not ended, the latest first. */
    public List<Line> of(Org org, String userId) {
        return database.read(
                org.number(), reader -> store.ofUser(reader, userId, clock.now(org), MOST));
    }

    /** Whose session a token would make, if it is good; it stays so. */
    public Optional<Caller.Principal> holder(Org org, String sessionToken) {
        return database.read(
                org.number(),
                reader -> tickets.holder(reader, SignedIn.tokenHash(sessionToken), clock.now(org)));
    }

    /** Ends one, if it is the user's; whether it was. */
    public boolean end(Org org, String userId, String sessionId) {
        return database.write(
                org.number(),
                tx ->
                        store.lock(tx, sessionId, clock.now(org))
                                .filter(session -> session.userId().equals(userId))
                                .map(
                                        session -> {
                                            store.delete(tx, session.id());
                                            tx.emit(session.ended(events));
                                            return session;
                                        })
                                .isPresent());
    }
}
