package dev.ostiary.server.systemlog;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes the log's partitions ahead of time and drops those whose events are older than the
 * retention, at start and once a day. Every node may run one.
 */
public final class LogRetention implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LogRetention.class.getName());

    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final LogPartitions partitions;
    private final InstantSource clock;
    private final Rounds rounds;
    private Instant next = Instant.MIN;

    /** Not started yet. */
    public LogRetention(LogPartitions partitions, InstantSource clock) {
        this.partitions = partitions;
        this.clock = clock;
        this.rounds = new Rounds("log-retention", LOOK, this::maintainIfDue);
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        rounds.startAtOnce();
    }

    /** Stops; work under way is finished first. */
    @Override
    public void close() {
        rounds.close();
    }

    /** Does the day's work if its time has come. Returns whether it had. */
    boolean maintainIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        try {
            partitions.maintain();
            next = now.plus(EVERY);
        } catch (StoreException e) {
            next = now.plus(AFTER_FAILURE);
            LOG.log(Level.WARNING, "the log's partitions wait: {0}", e.toString());
        }
        return true;
    }
}
