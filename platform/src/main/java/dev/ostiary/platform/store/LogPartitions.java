package dev.ostiary.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The log's monthly partitions: makes them ahead of time, drops them when all of their events are
 * older than the retention. Run at start and daily; any number of nodes may run it at once.
 * Thread-safe.
 */
public final class LogPartitions {

    /** The original's retention (System Log API, Data retention). */
    public static final Duration RETENTION = Duration.ofDays(90);

    private static final int MONTHS_AHEAD = 2;
    private static final String PREFIX = "system_log_y";

    /** Distinct from every other lock in this database. */
    private static final long LOCK = 0x0571A2DCL;

    private final SchemaOwner owner;
    private final InstantSource wall;

    public LogPartitions(SchemaOwner owner, InstantSource wall) {
        this.owner = owner;
        this.wall = wall;
    }

    /** Makes what is missing, drops what is over. */
    public void maintain() {
        owner.transaction(
                connection -> {
                    SchemaOwner.execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
                    List<String> present = present(connection);
                    for (YearMonth month : wanted()) {
                        if (!present.contains(name(month))) {
                            create(connection, month);
                        }
                    }
                    for (String partition : present) {
                        if (partition.compareTo(name(oldestKept())) < 0) {
                            SchemaOwner.execute(connection, "DROP TABLE " + partition);
                        }
                    }
                });
    }

    /** Whether all partitions of the near future are there. */
    boolean areAhead(Connection connection) throws SQLException {
        return present(connection).containsAll(wanted().stream().map(this::name).toList());
    }

    private List<YearMonth> wanted() {
        YearMonth current = YearMonth.from(wall.instant().atOffset(ZoneOffset.UTC));
        return IntStream.rangeClosed(0, MONTHS_AHEAD).mapToObj(current::plusMonths).toList();
    }

    private YearMonth oldestKept() {
        return YearMonth.from(wall.instant().minus(RETENTION).atOffset(ZoneOffset.UTC));
    }

    private static List<String> present(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                Sql.of(
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                                + " WHERE i.inhparent = 'system_log'::regclass"
                                + " AND c.relname LIKE ? ORDER BY c.relname",
                        PREFIX + "%"),
                row -> row.text(1),
                true);
    }

    /** Year and month sort as text. */
    private String name(YearMonth month) {
        return String.format(
                Locale.ROOT, "%s%04dm%02d", PREFIX, month.getYear(), month.getMonthValue());
    }

    /**
     * Events that came before their partition lie in the default one, which would refuse the new
     * neighbour: so they move first, then it is attached.
     */
    private void create(Connection connection, YearMonth month) throws SQLException {
        String name = name(month);
        String from = month.atDay(1) + " 00:00:00+00";
        String to = month.plusMonths(1).atDay(1) + " 00:00:00+00";
        List<String> statements = new ArrayList<>();
        statements.add("LOCK TABLE system_log_default IN ACCESS EXCLUSIVE MODE");
        statements.add("CREATE TABLE " + name + " (LIKE system_log INCLUDING ALL)");
        statements.add("SELECT ostiary_wall('" + name + "')");
        statements.add(
                "WITH moved AS (DELETE FROM system_log_default WHERE recorded_at >= '%s'"
                                .formatted(from)
                        + " AND recorded_at < '%s' RETURNING *)".formatted(to)
                        + " INSERT INTO %s SELECT * FROM moved".formatted(name));
        statements.add(
                "ALTER TABLE system_log ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(name, from, to));
        for (String statement : statements) {
            SchemaOwner.execute(connection, statement);
        }
    }
}
