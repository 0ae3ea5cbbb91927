package dev.ostiary.platform.store;

import java.time.Instant;

/** The time that an org lives in, which stands in its events. */
@FunctionalInterface
public interface LogClock {

    Instant now(long org);
}
