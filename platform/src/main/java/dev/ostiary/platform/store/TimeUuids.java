package dev.ostiary.platform.store;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): milliseconds first, so that neighbours in time are
 * neighbours in the index. Thread-safe if its source of randomness is.
 */
final class TimeUuids {

    private final InstantSource wall;
    private final RandomGenerator random;

    TimeUuids(InstantSource wall, RandomGenerator random) {
        this.wall = wall;
        this.random = random;
    }

    UUID next() {
        long high = wall.millis() << 16 | 0x7000L | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
