package dev.ostiary.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of a table that come and go while the server runs.
 *
 * <p>They are built {@code CONCURRENTLY}: nobody's write waits for it, and one that is built is
 * complete whatever was written meanwhile; PostgreSQL sees to that. A build that is cut off, by a
 * kill or a failure, leaves an index that PostgreSQL does not use and says so of: it is dropped and
 * built anew. What is there stands in the catalog alone, so nothing can disagree with it.
 *
 * <p>PostgreSQL does not look at what it knows of the values of an index with a condition: it would
 * take every value for as rare as any. So each index of an expression has statistics of that
 * expression beside it, under its name.
 *
 * <p>One process in the database builds at a time: whoever holds an advisory lock, which ends with
 * its connection. Thread-safe.
 */
public final class IndexBuilder implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** Distinct from every other lock in this database. */
    private static final long LOCK = 0x0571A1DEL;

    private final SchemaOwner owner;
    private final String table;
    private final String prefix;

    /**
     * How many values PostgreSQL knows of an expression. Of how many rows hold a part of a text it
     * has no other idea than how many of these do: with its usual hundred, one that happens to
     * stands for a hundredth of all rows, and a search for what few have reads half of them.
     */
    private static final int VALUES_KNOWN = 400;

    /** What can be broken off. */
    private volatile @Nullable Statement building;

    private volatile boolean closed;

    /**
     * The indexes of a table whose names begin with a prefix; no other one is touched.
     *
     * @param table a constant of the program
     * @param prefix a constant of the program, no part of other indexes' names
     */
    public IndexBuilder(SchemaOwner owner, String table, String prefix) {
        this.owner = owner;
        this.table = table;
        this.prefix = prefix;
    }

    /**
     * An index.
     *
     * @param name with the builder's prefix, of what it holds: another definition has another name
     * @param method its access method
     * @param columns as between the parentheses of {@code CREATE INDEX}
     * @param condition of the rows that it holds
     * @param expression whose values PostgreSQL should know; empty for none
     */
    public record Definition(
            String name, String method, String columns, String condition, String expression) {
        public Definition {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name: " + name);
            }
        }
    }

    /** The names of those that can be used. */
    public Set<String> usable(Reader reader) {
        return reader.list(present(), row -> row.flag("usable") ? row.text("name") : "").stream()
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Builds what is wanted and not there, drops what is there and not wanted; this takes as long
     * as it takes. Does nothing where another process is at it.
     *
     * @param wanted asked when it is this one's turn
     * @return whether it was this one's turn
     */
    public boolean bringAbout(Supplier<List<Definition>> wanted) {
        boolean[] mine = {false};
        owner.connected(
                connection -> {
                    mine[0] = isFirst(connection);
                    if (mine[0]) {
                        bringAboutFirst(connection, wanted);
                    }
                });
        return mine[0];
    }

    /** The lock would go with the connection, too: but only when PostgreSQL has noticed its end. */
    private void bringAboutFirst(Connection connection, Supplier<List<Definition>> wanted)
            throws SQLException {
        try {
            execute(connection, "SET statement_timeout = 0");
            execute(connection, "SET lock_timeout = 0");
            bringAbout(connection, wanted.get());
        } finally {
            execute(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private void bringAbout(Connection connection, List<Definition> wanted) throws SQLException {
        Map<String, Definition> missing =
                wanted.stream()
                        .collect(
                                Collectors.toMap(
                                        Definition::name,
                                        Function.identity(),
                                        (one, _) -> one,
                                        LinkedHashMap::new));
        for (Present there : present(connection)) {
            if (there.usable() && missing.containsKey(there.name())) {
                missing.remove(there.name());
            } else {
                execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + there.name());
            }
        }
        for (Definition each : missing.values()) {
            execute(
                    connection,
                    "CREATE INDEX CONCURRENTLY %s ON %s USING %s (%s) WHERE %s"
                            .formatted(
                                    each.name(),
                                    table,
                                    each.method(),
                                    each.columns(),
                                    each.condition()));
        }
        if (statistics(connection, wanted) || !missing.isEmpty()) {
            execute(connection, "ANALYZE " + table);
        }
    }

    /** Whether there are new ones. */
    private boolean statistics(Connection connection, List<Definition> wanted) throws SQLException {
        Set<String> there = statisticsPresent(connection);
        Set<String> names =
                wanted.stream().map(Definition::name).collect(Collectors.toUnmodifiableSet());
        for (String name : there) {
            if (!names.contains(name)) {
                execute(connection, "DROP STATISTICS IF EXISTS " + name);
            }
        }
        boolean some = false;
        for (Definition each : wanted) {
            if (!each.expression().isEmpty() && !there.contains(each.name())) {
                execute(
                        connection,
                        "CREATE STATISTICS IF NOT EXISTS %s ON %s FROM %s"
                                .formatted(each.name(), each.expression(), table));
                execute(
                        connection,
                        "ALTER STATISTICS %s SET STATISTICS %d"
                                .formatted(each.name(), VALUES_KNOWN));
                some = true;
            }
        }
        return some;
    }

    private Set<String> statisticsPresent(Connection connection) throws SQLException {
        return Set.copyOf(
                Statements.query(
                        connection,
                        Sql.of(
                                """
                                SELECT stxname AS name FROM pg_statistic_ext
                                WHERE stxrelid = ?::regclass AND stxname ^@ ?""",
                                table,
                                prefix),
                        row -> row.text("name"),
                        true));
    }

    private static boolean isFirst(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        Sql.of("SELECT pg_try_advisory_lock(" + LOCK + ") AS mine"),
                        row -> row.flag("mine"),
                        true)
                .getFirst();
    }

    private record Present(String name, boolean usable) {}

    private List<Present> present(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                present(),
                row -> new Present(row.text("name"), row.flag("usable")),
                true);
    }

    private Sql present() {
        return Sql.of(
                """
                SELECT c.relname AS name, i.indisvalid AS usable
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = ?::regclass AND c.relname ^@ ? ORDER BY c.relname""",
                table,
                prefix);
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            building = statement;
            if (!closed) {
                statement.execute(sql);
            }
        } finally {
            building = null;
        }
    }

    /** Breaks off what is being built: the next start begins it anew. */
    @Override
    public void close() {
        closed = true;
        Statement statement = building;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw SqlErrors.translate(e);
            }
        }
    }
}
