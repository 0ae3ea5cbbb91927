package dev.ostiary.platform.store;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The way in: one per process. Thread-safe; threads wait for a connection when all are in use, so
 * nobody asks for a second one while holding one.
 *
 * <p>Transactions are READ COMMITTED. A transaction that fell victim to a deadlock or to a
 * serialization failure, and one whose connection was lost before its commit was sent, runs again a
 * few times; nobody notices. What was answered is durable.
 */
public final class Database implements AutoCloseable {

    private static final long ALL_ORGS = 0;
    private static final int ATTEMPTS = 6;

    private final Connections connections;
    private final Connections lookups;
    private final Connections searches;
    private final LogRows log;
    private final SharedCommits shared;
    private final RandomGenerator random;
    private final Map<Long, Long> changes = new ConcurrentHashMap<>();

    /**
     * Opens lazily: no connection is made before the first use.
     *
     * @param wall real time, for the log's bookkeeping
     * @param published each org's own time, for its events
     * @param random thread-safe; names events and spreads retries
     */
    public Database(
            ConnectionFacts facts,
            DatabaseSettings settings,
            InstantSource wall,
            LogClock published,
            RandomGenerator random) {
        this.connections = new Connections(facts, settings, Connections.Use.ANYTHING);
        this.lookups = new Connections(facts, settings, Connections.Use.LOOKUPS);
        this.searches = new Connections(facts, settings, Connections.Use.SEARCHES);
        this.log = new LogRows(wall, published, new TimeUuids(wall, random));
        this.random = random;
        this.shared = new SharedCommits(this::writeTogether);
    }

    /**
     * Reads rows of one org, each statement by itself: in autocommit mode, on one pooled
     * connection, one round trip a statement.
     */
    public <T> T read(long org, Query<T> query) {
        return repeat(() -> readOnce(connections, requireOrg(org), query));
    }

    /**
     * As {@link #read}, for statements that find rows by their keys and are asked by most requests:
     * their plans are kept, whatever the keys. Not for conditions whose best plan depends on their
     * values.
     */
    public <T> T lookUp(long org, Query<T> query) {
        return repeat(() -> readOnce(lookups, requireOrg(org), query));
    }

    /**
     * As {@link #read}, for statements whose best plan depends on their values ({@link
     * Reader#search}): they are planned for those each time, but taken apart only once a
     * connection.
     */
    public <T> T search(long org, Query<T> query) {
        return repeat(() -> readOnce(searches, requireOrg(org), query));
    }

    /**
     * Runs one transaction in one org and commits it when the work returns.
     *
     * @throws UniqueViolation if a unique value is taken, also for deferred writes
     * @throws OutcomeUnknown if the connection was lost during the commit
     */
    public <T> T write(long org, Work<T> work) {
        return repeat(() -> writeOnce(requireOrg(org), org, work));
    }

    /**
     * As {@link #write}, without the wall: for the making of an org, of which another one's log is
     * told in the same transaction.
     */
    public <T> T writeWithoutWall(long org, Work<T> work) {
        return repeat(() -> writeOnce(ALL_ORGS, requireOrg(org), work));
    }

    /** Runs one transaction that sees all orgs: for maintenance and org administration only. */
    public <T> T acrossOrgs(Work<T> work) {
        return repeat(() -> writeOnce(ALL_ORGS, ALL_ORGS, work));
    }

    /**
     * How often this process has changed an org's configuration: whoever has read of it remembers
     * this number, as it was before, and knows by another one that it has to read again. Says
     * nothing of other nodes.
     */
    public long changes(long org) {
        return changes.getOrDefault(org, 0L);
    }

    @Override
    public void close() {
        searches.close();
        lookups.close();
        connections.close();
    }

    private static <T> T readOnce(Connections from, long org, Query<T> query) {
        try (Connections.Lease lease = from.lease(org)) {
            return query.run(new DirectReader(lease.connection(), org, from.use()));
        }
    }

    /**
     * @param seen the org whose rows the connection sees; 0 for all
     * @param org the org that the transaction is about
     */
    private <T> T writeOnce(long seen, long org, Work<T> work) {
        Optional<SharedCommits> company = seen == org ? Optional.of(shared) : Optional.empty();
        Transaction tx = new Transaction(() -> connections.lease(seen), org, log, company);
        T result;
        try (tx) {
            result = inside(tx, work);
        }
        if (tx.hasChangedConfiguration()) {
            changes.merge(org, 1L, Long::sum);
        }
        tx.runAfterCommit();
        return result;
    }

    private void writeTogether(List<NewRows> many) {
        try (Connections.Lease lease = connections.lease(many.getFirst().org())) {
            Transaction.alone(lease.connection(), NewRows.statement(many));
        }
    }

    private static <T> T inside(Transaction tx, Work<T> work) {
        boolean done = false;
        try {
            T result = work.run(tx);
            tx.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                tx.rollback();
            }
        }
    }

    private <T> T repeat(Supplier<T> attempt) {
        for (int n = 1; ; n++) {
            try {
                return attempt.get();
            } catch (WriteConflict e) {
                giveUpAfter(n, e);
            } catch (DatabaseUnavailable e) {
                if (!e.isLost()) {
                    throw e;
                }
                mistrust();
                giveUpAfter(n, e);
            } catch (OutcomeUnknown e) {
                mistrust();
                throw e;
            }
            pause(n);
        }
    }

    private void mistrust() {
        connections.mistrust();
        lookups.mistrust();
        searches.mistrust();
    }

    private static void giveUpAfter(int attempt, StoreException e) {
        if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
            throw e;
        }
    }

    /** Random, so that those who collided do not collide again. */
    private void pause(int attempt) {
        try {
            Thread.sleep(random.nextLong(1L << (attempt + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long requireOrg(long org) {
        if (org <= 0) {
            throw new IllegalArgumentException("not an org: " + org);
        }
        return org;
    }
}
