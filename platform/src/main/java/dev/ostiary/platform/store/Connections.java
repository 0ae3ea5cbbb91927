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

    private final HikariDataSource pool;

    /** The org that was last sent, by physical connection (weak keys compare by identity). */
    private final Cache<PGConnection, Long> orgs = Caffeine.newBuilder().weakKeys().build();

    Connections(ConnectionFacts facts, DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ostiary");
        config.setJdbcUrl(facts.jdbcUrl());
        config.setUsername(facts.appUser());
        config.setPassword(facts.appPassword());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(2, settings.poolSize()));
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(
                "SET statement_timeout = " + settings.statementTimeout().toMillis());
        config.addDataSourceProperty("ApplicationName", "ostiary");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("preparedStatementCacheQueries", "512");
        this.pool = new HikariDataSource(config);
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
