package dev.ostiary.server.oauth.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often something has happened in the current minute, on this node; of things that happen to
 * very many, those that have been quiet are forgotten. Thread-safe.
 *
 * @param <K> what it has happened to
 */
final class MinuteCounts<K> {

    private static final int MOST = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    private final InstantSource time;

    /** The minute and what was counted in it, in one number. */
    private final Cache<K, AtomicLong> tallies =
            Caffeine.newBuilder()
                    .maximumSize(MOST)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    MinuteCounts(InstantSource time) {
        this.time = time;
    }

    /** Counts one more, and says which it is in its minute. */
    long count(K key) {
        long minute = time.millis() / WINDOW.toMillis();
        return tallies.get(key, none -> new AtomicLong())
                        .updateAndGet(
                                old ->
                                        old >>> COUNT_BITS == minute
                                                ? old + 1
                                                : minute << COUNT_BITS | 1)
                & COUNT;
    }
}
