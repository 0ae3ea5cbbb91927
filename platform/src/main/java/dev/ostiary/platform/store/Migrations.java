package dev.ostiary.platform.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Brings the database to the program's version at start: forward only, one node at a time. Where
 * nothing is to be done, which is every start but the first of a version, that is found out by one
 * query, without Flyway.
 */
public final class Migrations {

    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    private static final int OLDEST_POSTGRESQL = 15;

    /** Any number that nobody else uses as a lock in this database. */
    private static final long LOCK = 0x0571A2DBL;

    private final ConnectionFacts facts;
    private final PackedMigrations packed;
    private final LogPartitions partitions;

    /**
     * @param loader where the modules' {@code db/V…__….sql} are found
     * @param wall real time: the log's partitions are made ahead of it
     */
    public Migrations(ConnectionFacts facts, ClassLoader loader, InstantSource wall) {
        this(facts, PackedMigrations.find(loader), new LogPartitions(new SchemaOwner(facts), wall));
    }

    Migrations(ConnectionFacts facts, PackedMigrations packed, LogPartitions partitions) {
        this.facts = facts;
        this.packed = packed;
        this.partitions = partitions;
    }

    /**
     * Returns when the database is ready for use.
     *
     * @throws DatabaseTooNew if a newer version of the program was here
     * @throws DatabaseDiffers if another program was, whose migrations are not this one's
     * @throws DatabaseUnavailable if the database cannot be reached
     * @throws StoreException if PostgreSQL is too old, or a migration fails; a failed one leaves
     *     nothing behind
     */
    public void run() {
        if (isReady()) {
            return;
        }
        new SchemaOwner(facts)
                .connected(
                        connection -> {
                            // held until the connection closes, so that two nodes take turns
                            SchemaOwner.execute(
                                    connection, "SELECT pg_advisory_lock(" + LOCK + ")");
                            State state = State.read(connection);
                            refuse(connection, state);
                            if (!state.isAt(packed)) {
                                admitApplication(connection);
                                migrate();
                            }
                        });
        partitions.maintain();
    }

    /** Asked as the application: whoever cannot even do that has a database to set up. */
    private boolean isReady() {
        try (Connection connection =
                SchemaOwner.open(facts.jdbcUrl(), facts.appUser(), facts.appPassword())) {
            State state = State.read(connection);
            refuse(connection, state);
            if (state.bypassesWall()) {
                LOG.log(
                        Level.WARNING,
                        "the database role {0} is not subject to row-level security, so the"
                                + " second wall between orgs is down; give it neither SUPERUSER"
                                + " nor BYPASSRLS",
                        facts.appUser());
            }
            return state.isAt(packed) && partitions.areAhead(connection);
        } catch (SQLException e) {
            String sqlState = e.getSQLState() == null ? "" : e.getSQLState();
            if (!facts.oneRole() && sqlState.startsWith("28")) {
                return false;
            }
            throw sqlState.startsWith("08") ? DatabaseUnavailable.unreachable(e) : refused(e);
        }
    }

    private void refuse(Connection connection, State state) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_POSTGRESQL) {
            throw new StoreException(
                    "PostgreSQL "
                            + major
                            + " is too old; version "
                            + OLDEST_POSTGRESQL
                            + " or newer is needed",
                    null);
        }
        if (state.newest() > packed.newest()) {
            throw new DatabaseTooNew(state.newest(), packed.newest());
        }
    }

    /** Makes the application's role where there is none, and lets it use future tables. */
    private void admitApplication(Connection owner) throws SQLException {
        if (facts.oneRole()) {
            return;
        }
        List<Boolean> known =
                Statements.query(
                        owner,
                        Sql.of("SELECT true FROM pg_roles WHERE rolname = ?", facts.appUser()),
                        row -> row.flag(1),
                        false);
        if (known.isEmpty()) {
            SchemaOwner.execute(owner, quoted(owner, "CREATE ROLE %I LOGIN"));
            owner.unwrap(PGConnection.class)
                    .alterUserPassword(facts.appUser(), facts.appPassword().toCharArray(), null);
        }
        SchemaOwner.execute(owner, quoted(owner, "GRANT USAGE ON SCHEMA public TO %I"));
        SchemaOwner.execute(
                owner,
                quoted(
                        owner,
                        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
                                + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I"));
        SchemaOwner.execute(
                owner,
                quoted(
                        owner,
                        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
                                + " GRANT USAGE, SELECT ON SEQUENCES TO %I"));
    }

    private String quoted(Connection owner, String statement) throws SQLException {
        return Statements.query(
                        owner,
                        Sql.of("SELECT format(?, ?)", statement, facts.appUser()),
                        row -> row.text(1),
                        false)
                .getFirst();
    }

    private void migrate() {
        try {
            flyway();
        } catch (FlywayValidateException e) {
            throw new DatabaseDiffers(secondLine(e), e);
        }
    }

    /** The first says that something is wrong, the last ones what Flyway's own program would do. */
    private static String secondLine(FlywayValidateException e) {
        return String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse("it does not say");
    }

    private void flyway() {
        Flyway.configure()
                .dataSource(facts.jdbcUrl(), facts.ownerUser(), facts.ownerPassword())
                .outputQueryResults(false)
                .schemas("public")
                .createSchemas(false)
                .locations("classpath:" + PackedMigrations.FOLDER)
                .load()
                .migrate();
    }

    private static StoreException refused(SQLException e) {
        return new StoreException("the database refused: " + e.getMessage(), e);
    }

    /** What the database says about itself. */
    private record State(int newest, int count, boolean bypassesWall) {

        static State read(Connection connection) throws SQLException {
            boolean bypasses =
                    Statements.query(
                                    connection,
                                    Sql.of(
                                            "SELECT rolsuper OR rolbypassrls FROM pg_roles"
                                                    + " WHERE rolname = current_user"),
                                    row -> row.flag(1),
                                    true)
                            .getFirst();
            State nothing = new State(0, 0, bypasses);
            @Nullable State applied = applied(connection, bypasses);
            return applied == null ? nothing : applied;
        }

        boolean isAt(PackedMigrations packed) {
            return newest == packed.newest() && count == packed.count();
        }

        private static @Nullable State applied(Connection connection, boolean bypasses)
                throws SQLException {
            try {
                return Statements.query(
                                connection,
                                Sql.of(
                                        "SELECT coalesce(max(version::int), 0), count(*)"
                                                + " FROM flyway_schema_history"
                                                + " WHERE success AND version IS NOT NULL"),
                                row ->
                                        new State(
                                                (int) row.number(1), (int) row.number(2), bypasses),
                                true)
                        .getFirst();
            } catch (SQLException e) {
                if ("42P01".equals(e.getSQLState())) {
                    return null; // no such table: nothing was ever migrated
                }
                throw e;
            }
        }
    }
}
