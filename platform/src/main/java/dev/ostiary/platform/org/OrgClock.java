package dev.ostiary.platform.org;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time that an org lives in: the real one, unless the org is there to be tested with and its
 * clock was moved. What a client sees end by time (sessions, tokens, lockouts, links, the age of a
 * password) goes by it; what the server keeps for itself (rate limits, {@code recorded_at},
 * retention) goes by the real one. Thread-safe.
 *
 * @param wall the real time
 */
public record OrgClock(InstantSource wall) {

    /**
     * How far the clock of the org is ahead for which this thread works; bound while a request is
     * answered in an org whose clock was moved. The log, which knows orgs by their numbers only,
     * takes it from here.
     */
    public static final ScopedValue<Duration> AHEAD = ScopedValue.newInstance();

    /** The moment it is for what this thread does. */
    public Instant now() {
        return AHEAD.isBound() ? wall.instant().plus(AHEAD.get()) : wall.instant();
    }

    /** The moment it is in the org, to the millisecond: the database holds what the wire shows. */
    public Instant now(Org org) {
        return now(org.settings());
    }

    /** The moment it is in an org with these settings. */
    public Instant now(OrgSettings settings) {
        return wall.instant().plus(settings.ahead()).truncatedTo(ChronoUnit.MILLIS);
    }
}
