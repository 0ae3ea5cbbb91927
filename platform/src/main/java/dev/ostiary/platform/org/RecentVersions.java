package dev.ostiary.platform.org;

import com.github.benmanes.caffeine.cache.Cache;
import dev.ostiary.platform.store.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The versions of orgs' configuration as they were at some moment of the last second ({@link
 * ShortMemory}), and after every change that was made on this node: for what is told to everybody
 * and changes rarely, so that telling it asks the database once a second, however often it is told.
 * What another node has changed is seen a second later. Thread-safe.
 */
public final class RecentVersions {

    private static final int MOST_KEPT = 10_000;

    private final Database database;
    private final ConfigVersionLookup lookup;
    private final InstantSource time;
    private final Cache<Long, Read> kept;

    /**
     * What was read.
     *
     * @param began when: a reading may take long, and what it brings is as old as its beginning
     * @param changes how often this node had changed the configuration before
     */
    private record Read(Instant began, long changes, ConfigVersions versions) {}

    /**
     * @param time of this node
     */
    public RecentVersions(Database database, ConfigVersionLookup lookup, InstantSource time) {
        this.database = database;
        this.lookup = lookup;
        this.time = time;
        this.kept = ShortMemory.of(MOST_KEPT, time);
    }

    /** The versions, of which no change of this node is missing. */
    public ConfigVersions of(Org org) {
        Instant now = time.instant();
        long changes = database.changes(org.number());
        Read before = kept.getIfPresent(org.number());
        if (before != null
                && before.changes() == changes
                && now.isBefore(before.began().plus(ShortMemory.FRESH))) {
            return before.versions();
        }
        Read read = new Read(now, changes, lookup.now(org));
        kept.put(org.number(), read);
        return read.versions();
    }
}
