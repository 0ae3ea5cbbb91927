package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How much of an org's limits single clients use (event type {@code
 * app.oauth2.client_id_rate_limit_warning}): once one has used nine tenths of a bucket in a minute,
 * the log says which, so that somebody can stop it. Counts here what comes to this node. Refuses
 * nobody: that is the affair of the limits themselves. Thread-safe.
 */
public final class ClientLoad {

    private static final int PERCENT = 90;

    private final Database database;
    private final EventCatalogue events;
    private final Limits limits;
    private final MinuteCounts<Key> counts;

    private record Key(long org, String client, int bucket) {}

    /** Which bucket a request counts in. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Limits {

        /** None where nothing is limited. */
        Optional<Bucket> of(Request request);
    }

    /** The load on these limits. */
    public ClientLoad(Database database, EventCatalogue events, Limits limits, InstantSource time) {
        this.database = database;
        this.events = events;
        this.limits = limits;
        this.counts = new MinuteCounts<>(time);
    }

    /** Counts a request of a client that has proved itself. */
    public void count(Request request, OAuthClient client) {
        limits.of(request).ifPresent(bucket -> count(request, client, bucket));
    }

    private void count(Request request, OAuthClient client, Bucket bucket) {
        Key key = new Key(request.org().number(), client.id(), bucket.index());
        if (counts.count(key) == threshold(bucket)) {
            warn(request, client, bucket);
        }
    }

    private static long threshold(Bucket bucket) {
        return Math.max(1, (long) bucket.limit() * PERCENT / 100);
    }

    private void warn(Request request, OAuthClient client, Bucket bucket) {
        database.write(
                request.org().number(),
                tx -> {
                    tx.emit(
                            events.event("app.oauth2.client_id_rate_limit_warning")
                                    .severity(Severity.WARN)
                                    .actor(client.actor())
                                    .target(new Target(bucket.pattern(), "URL Pattern", null, null))
                                    .debug("threshold", Long.toString(threshold(bucket))));
                    return client;
                });
    }
}
