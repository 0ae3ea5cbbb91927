package dev.ostiary.platform.event;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows an org's log: every event exactly once, in the order of persistence. A position is a
 * number that a reader keeps; {@link #START} lies before everything. Thread-safe.
 *
 * <h2>Why events are numbered when somebody reads them</h2>
 *
 * <p>A follower wants to say "I have seen all up to here". No value that an event gets when it is
 * written can mean that. A time stamp or the value of a sequence is taken before the commit, and
 * transactions commit in another order: event 7 becomes visible while 6 is still under way, the
 * follower goes on from 7, and 6 is never seen. Waiting "long enough" loses events when a
 * transaction is slower; taking numbers under a lock that is held until the commit makes all
 * writers of an org queue up; asking PostgreSQL which transactions are still open ({@code
 * pg_snapshot_xmin}) holds on one server, but not where the tables are spread over several.
 *
 * <p>So writers give no number at all, and wait for nobody. A reader gives them out: it locks the
 * org's row in {@code log_numbering}, looks for committed events without a number, numbers them
 * from the last one upwards, commits, and only then reads by number. This is right for these
 * reasons:
 *
 * <ul>
 *   <li><b>Nothing is skipped.</b> Only committed events get numbers, and always greater ones than
 *       all that were given out before. An event that commits late is numbered late: it stands
 *       behind everything that any reader can have seen, whatever its time stamp says.
 *   <li><b>Nothing comes twice.</b> A number is given once, under the lock, and never changes.
 *   <li><b>No holes appear later.</b> Numbers that were given together become visible together, and
 *       before the lock is free for the next ones; so who sees a number sees all smaller ones.
 *   <li><b>The lock comes first, the look second,</b> as two statements: under READ COMMITTED each
 *       takes its own snapshot, so the look sees what the previous holder has numbered.
 *   <li><b>Everybody sees their own event at once.</b> It was committed before they asked, so the
 *       page's statement finds it either numbered or waiting for a number, and then numbers it.
 * </ul>
 *
 * <p>The page and the question whether anything waits for a number are one statement, hence one
 * snapshot: where nothing waits, which is what an idle follower finds, reading costs one round trip
 * and no lock. An org that nobody follows pays for nothing. Within a transaction events keep the
 * order in which they were emitted.
 */
public final class Feed {

    /** Before the first event. */
    public static final long START = 0;

    /** How many are numbered in one transaction: bounds its time where nobody has read for long. */
    private static final int NUMBERED_AT_ONCE = 5_000;

    private final Database database;

    public Feed(Database database) {
        this.database = database;
    }

    /** The next events after a position, at most {@code limit}; none if there are no newer ones. */
    public FeedPage after(long org, long position, int limit) {
        return after(org, position, limit, Sql.nothing());
    }

    /**
     * The next events after a position that fulfil a condition.
     *
     * @param limit 0 looks at nothing and stays where it is
     * @param condition on the columns of {@code system_log}; empty for all
     */
    public FeedPage after(long org, long position, int limit, Sql condition) {
        if (limit <= 0) {
            return new FeedPage(List.of(), position, true);
        }
        while (true) {
            Look look = look(org, position, limit, condition);
            boolean full = look.events().size() == limit;
            if (full || !look.unnumbered()) {
                return page(look, position, full);
            }
            number(org);
        }
    }

    /** The position of the newest event that is committed now. */
    public long last(long org) {
        return after(org, Long.MAX_VALUE, 1).position();
    }

    /**
     * The position right before the first event (in the order of persistence) that was published at
     * this time or later; the last position if there is none.
     */
    public long since(long org, Instant published) {
        long last = last(org);
        return database.read(
                org,
                reader ->
                        reader.search(
                                        firstSince(org, published),
                                        row -> {
                                            Long first = row.numberOrNull(1);
                                            return first == null ? last : first - 1;
                                        })
                                .getFirst());
    }

    /**
     * The sum is not for its result: a bare {@code min(seq)} would make PostgreSQL walk the log
     * from its beginning until an event is young enough.
     */
    static Sql firstSince(long org, Instant published) {
        return Sql.of(
                "SELECT min(seq + 0) FROM system_log WHERE org_id = ? AND published >= ?",
                org,
                published);
    }

    private static FeedPage page(Look look, long position, boolean full) {
        if (full) {
            Long seq = look.events().getLast().seq();
            return new FeedPage(look.events(), seq == null ? position : seq, true);
        }
        long reached = position == Long.MAX_VALUE ? look.last() : Math.max(position, look.last());
        return new FeedPage(look.events(), reached, false);
    }

    private Look look(long org, long position, int limit, Sql condition) {
        Sql statement = statement(org, position, limit, condition);
        List<Line> lines =
                database.read(
                        org,
                        reader ->
                                condition.isEmpty()
                                        ? reader.list(statement, Line::of)
                                        : reader.search(statement, Line::of));
        return Look.of(lines);
    }

    /** One statement, one snapshot: events after a position, and the state of the numbering. */
    static Sql statement(long org, long position, int limit, Sql condition) {
        Sql events =
                Sql.of(
                                "SELECT "
                                        + LoggedEvent.COLUMNS
                                        + " FROM system_log WHERE org_id = ? AND seq > ?",
                                org,
                                position)
                        .then(
                                condition.isEmpty()
                                        ? condition
                                        : Sql.of("AND").then(condition.grouped()))
                        .then("ORDER BY seq LIMIT ?", limit);
        Sql state =
                Sql.of(
                        "SELECT EXISTS (SELECT FROM system_log WHERE org_id = ? AND seq IS NULL)"
                                + " AS unnumbered,"
                                + " (SELECT last_seq FROM log_numbering WHERE org_id = ?) AS last",
                        org,
                        org);
        return Sql.of("SELECT state.unnumbered, state.last, events.* FROM")
                .then(state.grouped())
                .then("AS state LEFT JOIN LATERAL")
                .then(events.grouped())
                .then("AS events ON true ORDER BY events.seq");
    }

    private void number(long org) {
        database.write(
                org,
                tx -> {
                    number(tx, lockNumbering(tx));
                    return true;
                });
    }

    /** Makes the org's row where there is none. The lock is held until the commit. */
    private static long lockNumbering(Tx tx) {
        return tx.one(
                        Sql.of(
                                "INSERT INTO log_numbering (org_id, last_seq) VALUES (?, 0)"
                                        + " ON CONFLICT (org_id) DO UPDATE"
                                        + " SET last_seq = log_numbering.last_seq RETURNING last_seq",
                                tx.org()),
                        row -> row.number(1))
                .orElseThrow();
    }

    private static void number(Tx tx, long last) {
        tx.write(numbering(tx.org(), last));
    }

    static Sql numbering(long org, long last) {
        return Sql.of(
                """
                        WITH fresh AS MATERIALIZED (
                            SELECT uuid, recorded_at,
                                   row_number() OVER (ORDER BY recorded_at, ordinal, uuid) AS n
                            FROM system_log WHERE org_id = ? AND seq IS NULL
                            ORDER BY recorded_at, ordinal, uuid LIMIT ?),
                        numbered AS (
                            UPDATE system_log SET seq = ? + fresh.n FROM fresh
                            WHERE system_log.org_id = ? AND system_log.uuid = fresh.uuid
                              AND system_log.recorded_at = fresh.recorded_at)
                        UPDATE log_numbering
                        SET last_seq = last_seq + (SELECT count(*) FROM fresh) WHERE org_id = ?""",
                org,
                NUMBERED_AT_ONCE,
                last,
                org,
                org);
    }

    /** What one snapshot shows. */
    private record Look(boolean unnumbered, long last, List<LoggedEvent> events) {

        static Look of(List<Line> lines) {
            Line any = lines.getFirst();
            List<LoggedEvent> events =
                    lines.stream().map(Line::event).flatMap(Optional::stream).toList();
            return new Look(any.unnumbered(), any.last(), events);
        }
    }

    /** A row of the outer join: the state, and an event if there is one. */
    private record Line(boolean unnumbered, long last, Optional<LoggedEvent> event) {

        static Line of(Row row) {
            @Nullable Long last = row.numberOrNull("last");
            return new Line(
                    row.flag("unnumbered"),
                    last == null ? START : last,
                    row.numberOrNull("seq") == null
                            ? Optional.empty()
                            : Optional.of(LoggedEvent.of(row)));
        }
    }
}
