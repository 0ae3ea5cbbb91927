package dev.ostiary.platform.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The role that owns the tables: makes partitions and builds indexes. Opens a connection for each
 * use, because it is seldom used, and sees all orgs. Thread-safe.
 */
public final class SchemaOwner {

    private final ConnectionFacts facts;

    public SchemaOwner(ConnectionFacts facts) {
        this.facts = facts;
    }

    /** One transaction of the owner. */
    public void transaction(OwnerWork work) {
        connected(
                connection -> {
                    connection.setAutoCommit(false);
                    work.run(connection);
                    connection.commit();
                });
    }

    /** A connection in autocommit mode, for what cannot be in a transaction. */
    public void connected(OwnerWork work) {
        try (Connection connection =
                open(facts.jdbcUrl(), facts.ownerUser(), facts.ownerPassword())) {
            execute(connection, "SET ostiary.org = '0'");
            work.run(connection);
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    /** Executes a statement without values. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static Connection open(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "ostiary");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(url, properties);
    }

    /** Work on a raw connection. */
    @FunctionalInterface
    public interface OwnerWork {

        void run(Connection connection) throws SQLException;
    }
}
