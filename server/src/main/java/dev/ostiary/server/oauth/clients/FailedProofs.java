package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;

/**
 * Somebody comes in a client's name, and does not prove to be it, again and again (event type
 * {@code app.oauth2.invalid_client_credentials}): the log says so once a minute, with the fifth
 * time. Counts here what comes to this node. Thread-safe.
 */
public final class FailedProofs {

    private static final int TOLD = 5;

    private final Database database;
    private final EventCatalogue events;
    private final MinuteCounts<Key> counts;

    private record Key(long org, String client) {}

    /** Told to this log. */
    public FailedProofs(Database database, EventCatalogue events, InstantSource time) {
        this.database = database;
        this.events = events;
        this.counts = new MinuteCounts<>(time);
    }

    /** Counts one. Not to be called in a transaction. */
    void count(Org org, OAuthClient client) {
        if (counts.count(new Key(org.number(), client.id())) == TOLD) {
            database.write(
                    org.number(),
                    tx -> {
                        tx.emit(
                                events.event("app.oauth2.invalid_client_credentials")
                                        .severity(Severity.WARN)
                                        .outcome(Outcome.failure("invalid_client_credentials"))
                                        .actor(client.actor())
                                        .target(client.app())
                                        .debug("threshold", Integer.toString(TOLD)));
                        return client;
                    });
        }
    }
}
