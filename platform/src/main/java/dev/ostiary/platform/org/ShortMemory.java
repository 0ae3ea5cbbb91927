package dev.ostiary.platform.org;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * What was read of orgs and their hosts is believed for a second: so a change on another node is
 * seen a second later, and a busy org costs a reading a second.
 */
public final class ShortMemory {

    /** For how long. */
    public static final Duration FRESH = Duration.ofSeconds(1);

    private ShortMemory() {}

    /**
     * A cache that believes what it holds for a second. Thread-safe.
     *
     * @param most how many entries it keeps
     */
    public static <K, V> Cache<K, V> of(int most, InstantSource time) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(FRESH)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(time.millis()))
                .executor(Runnable::run)
                .build();
    }
}
