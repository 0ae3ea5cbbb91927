package dev.ostiary.server.security.zones;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.http.BlockedRequests;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;

/**
 * Puts refused requests into the log: {@code security.request.blocked}, once a minute, address and
 * node, since whoever is blocked must not be able to fill the log. Thread-safe.
 */
public final class BlockedRequestLog implements BlockedRequests {

    private static final long QUIET_MILLIS = 60_000;
    private static final int MOST_ADDRESSES = 10_000;

    private final Database database;
    private final EventCatalogue events;
    private final InstantSource time;
    private final Cache<Seen, Long> logged =
            Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

    private record Seen(long org, IpAddress address) {}

    public BlockedRequestLog(Database database, EventCatalogue events, InstantSource time) {
        this.database = database;
        this.events = events;
        this.time = time;
    }

    @Override
    public void blocked(Org org, IpAddress address, String zone) {
        if (isNews(new Seen(org.number(), address))) {
            database.write(
                    org.number(),
                    tx -> {
                        tx.emit(
                                events.event("security.request.blocked")
                                        .outcome(Outcome.deny("Blocked by the zone " + zone)));
                        return org;
                    });
        }
    }

    private boolean isNews(Seen seen) {
        long now = time.millis();
        Long before = logged.getIfPresent(seen);
        if (before != null && now - before < QUIET_MILLIS) {
            return false;
        }
        logged.put(seen, now);
        return true;
    }
}
