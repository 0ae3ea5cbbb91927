package dev.ostiary.platform.store;

/**
 * One transaction of one org: all of it is kept, or nothing. Not thread-safe, valid only during the
 * {@link Work} that received it.
 *
 * <p>The cheapest transaction is one round trip: if there are only deferred writes and events, they
 * leave as one statement in autocommit mode. Whoever reads or {@link #run}s before pays for that
 * statement and the commit.
 */
public interface Tx extends Reader {

    /**
     * Defers an INSERT, UPDATE or DELETE: it goes out before the next read, before the next {@link
     * #run}, or at the end.
     *
     * <p>Writes that are deferred together become parts of one statement: they all see the rows as
     * they were before it, in no particular order, and no two of them may touch the same row. A
     * write that depends on an earlier one is preceded by a {@link #run}. Keys and references are
     * checked at the end of the statement, so a row and the rows that refer to it may travel
     * together. A violation surfaces from {@link Database#write}, not from here.
     */
    void write(Sql statement);

    /**
     * Defers the INSERT of one row that nobody can have seen before, as {@link #write} does.
     *
     * <p>A transaction that makes a few such rows and events, and neither reads nor writes anything
     * else, may share its commit with others of the org that are on their way at the same time:
     * what it is told is still about its own rows alone.
     */
    void insert(NewRow row);

    /** Executes at once, after what was deferred. Returns how many rows were affected. */
    int run(Sql statement);

    /** Adds an event to the log; it is written with the last statement of the transaction. */
    void emit(LogEntry entry);

    /**
     * Writes at once what was deferred, events too: for a transaction that has much to write before
     * it waits for others.
     */
    void flush();

    /**
     * As {@link #emit(LogEntry)}, into the log of an org that is not this transaction's: one that
     * makes or ends another. Only a transaction that sees all orgs can; from behind the wall of one
     * the database refuses it.
     */
    void emit(long otherOrg, LogEntry entry);

    /**
     * Notes that this transaction changes the configuration of its org: {@link
     * Database#changes(long)} counts it once it stands.
     */
    void changesConfiguration();

    /**
     * Runs an action after the commit, in the order of the calls, on the same thread. What it
     * throws is logged and changes nothing: the answer is already true. It may be lost with the
     * process, so nothing that must happen hangs on it.
     */
    void afterCommit(Runnable action);
}
