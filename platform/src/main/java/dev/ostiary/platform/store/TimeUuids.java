package dev.ostiary.platform.store;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): milliseconds first, so that neighbours in time are
 * neighbours in the index. Those of one process only grow (section 6.2, method 1): events of one
 * moment keep their order. Thread-safe if its source of randomness is.
 */
final class TimeUuids {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER = (1L << COUNTER_BITS) - 1;

    private final InstantSource wall;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    TimeUuids(InstantSource wall, RandomGenerator random) {
        this.wall = wall;
        this.random = random;
    }

    UUID next() {
        long now = wall.millis() << COUNTER_BITS;
        long stamp = last.accumulateAndGet(now, (before, at) -> Math.max(before + 1, at));
        long high = stamp >>> COUNTER_BITS << 16 | 0x7000L | (stamp & COUNTER);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
