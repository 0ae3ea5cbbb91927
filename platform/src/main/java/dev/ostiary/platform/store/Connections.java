package dev.ostiary.platform.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Pooled connections that know their org.
 *
 * <p>The second wall: row-level security compares each row's org with the setting {@code
 * ostiary.org}. It is sent only when a connection changes org, and before the transaction begins,
 * because a rollback would take it back unnoticed. A connection whose setting was never sent sees
 * no rows but an error.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Connections.class.getName());

    /** Lookups are gathered into few statements. */
    private static final int MOST_LOOKUPS = 6;

    /** Each of them keeps what it knows of the indexes of large tables. */
    private static final int MOST_SEARCHES = 8;

    private static final int STATEMENTS_KEPT = 512;

    /** Of searches there are as many shapes as clients think of, and each takes 100 kB. */
    private static final int SEARCHES_KEPT = 64;

    private final Use use;

    private final HikariDataSource pool;

    /** The org that was last sent, by physical connection (weak keys compare by identity). */
    private final Cache<PGConnection, Long> orgs = Caffeine.newBuilder().weakKeys().build();

    /** What statements of a pool do. */
    enum Use {
        /** Anything: PostgreSQL chooses plans by the values that it is given. */
        ANYTHING("ostiary", ""),

        /**
         * They find rows by keys that have an index. The best plan never depends on the keys, nor
         * on what PostgreSQL believes of a table that was empty a moment ago; to plan such a
         * statement takes longer than to run it, so that it is done once a connection.
         */
        LOOKUPS(
                "ostiary-lookups",
                "; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off"),

        /**
         * Their best plan depends on what is looked for. To read and to rewrite such a statement
         * takes a quarter of the time that planning takes, and is done once a connection. There is
         * no connection before the first search.
         */
        SEARCHES("ostiary-searches", "; SET plan_cache_mode = force_custom_plan");

        private final String name;
        private final String more;

        Use(String name, String more) {
            this.name = name;
            this.more = more;
        }

        private int most(DatabaseSettings settings) {
            return switch (this) {
                case ANYTHING -> settings.poolSize();
                case LOOKUPS -> Math.min(MOST_LOOKUPS, settings.poolSize());
                case SEARCHES -> Math.min(MOST_SEARCHES, settings.poolSize());
            };
        }

        private int idle(DatabaseSettings settings) {
            return switch (this) {
                case ANYTHING, LOOKUPS -> Math.min(2, most(settings));
                case SEARCHES -> 0;
            };
        }

        private int statements() {
            return switch (this) {
                case ANYTHING, LOOKUPS -> STATEMENTS_KEPT;
                case SEARCHES -> SEARCHES_KEPT;
            };
        }

        /**
         * Whether a statement that wants a plan for its values has to ask for it: by being sent
         * anew each time.
         */
        boolean asksForPlans() {
            return this == ANYTHING;
        }
    }

    Connections(ConnectionFacts facts, DatabaseSettings settings, Use use) {
        this.use = use;
        HikariConfig config = new HikariConfig();
        config.setPoolName(use.name);
        config.setJdbcUrl(facts.jdbcUrl());
        config.setUsername(facts.appUser());
        config.setPassword(facts.appPassword());
        config.setMaximumPoolSize(use.most(settings));
        config.setMinimumIdle(use.idle(settings));
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(
                "SET statement_timeout = " + settings.statementTimeout().toMillis() + use.more);
        config.addDataSourceProperty("ApplicationName", "ostiary");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty(
                "preparedStatementCacheQueries", String.valueOf(use.statements()));
        this.pool = new HikariDataSource(config);
    }

    Use use() {
        return use;
    }

    /**
     * A connection in autocommit mode that sees this org; 0 sees all.
     *
     * @throws DatabaseUnavailable if there is none within the time that the settings allow
     */
    Lease lease(long org) {
        Connection connection = take();
        try {
            PGConnection physical = connection.unwrap(PGConnection.class);
            Long current = orgs.getIfPresent(physical);
            if (current == null || current != org) {
                enter(connection, org);
                orgs.put(physical, org);
            }
            return new Lease(connection);
        } catch (SQLException e) {
            pool.evictConnection(connection);
            throw SqlErrors.translate(e);
        }
    }

    /**
     * Forgets all connections that nobody uses: where one was lost the others are too, usually, and
     * finding that out one by one would fail a request for each.
     */
    void mistrust() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private Connection take() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw DatabaseUnavailable.unreachable(e);
        }
    }

    private static void enter(Connection connection, long org) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ostiary.org = '" + org + "'");
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /**
     * A connection that goes back when closed. That it cannot is no failure of what was done with
     * it: a committed transaction must not look like one that has to be repeated.
     */
    record Lease(Connection connection) implements AutoCloseable {

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "a connection was lost on its way back", e);
            }
        }
    }
}
