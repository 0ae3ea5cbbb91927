package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.DatabaseAccess.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The database {@code ostiary} and its two roles, made by the superuser, who is needed for nothing
 * else. Making them again changes nothing, so a start that was interrupted is simply repeated.
 *
 * @param access where to connect, and the roles' passwords
 */
record Roles(DatabaseAccess access, String superuserPassword) {

    static final String DATABASE = "ostiary";
    static final String OWNER = "ostiary_owner";
    static final String APP = "ostiary_app";
    private static final String PLAIN = " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS";

    static Roles on(int port, Credentials credentials) {
        return new Roles(
                new DatabaseAccess(
                        "127.0.0.1",
                        port,
                        DATABASE,
                        new Login(OWNER, credentials.owner()),
                        new Login(APP, credentials.app())),
                credentials.superuser());
    }

    void ensure() throws SQLException {
        try (Connection connection = superuser()) {
            if (exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                renewVerifiers(connection);
                return;
            }
            ensureRole(connection, access.owner());
            ensureRole(connection, access.app());
            // Made last: its presence says that all of it is there.
            createDatabase(connection, DATABASE);
        }
    }

    /** Databases of earlier releases hold verifiers of more rounds than {@link Settings} says. */
    private void renewVerifiers(Connection connection) throws SQLException {
        String others =
                "SELECT 1 FROM pg_authid WHERE rolpassword LIKE 'SCRAM-SHA-256$%' AND rolpassword NOT LIKE ?";
        if (exists(connection, others, "SCRAM-SHA-256$" + Settings.SCRAM_ITERATIONS + ":%")) {
            setPassword(connection, new Login(Cluster.SUPERUSER, superuserPassword));
            setPassword(connection, access.owner());
            setPassword(connection, access.app());
        }
    }

    void createDatabase(Connection connection, String name) throws SQLException {
        execute(connection, "CREATE DATABASE " + name + " OWNER " + OWNER);
    }

    /** Whether the server at this address knows our superuser, and serves these files. */
    boolean serves(Cluster cluster) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT current_setting('data_directory')")) {
            return row.next() && row.getString(1).equals(cluster.files().toString());
        } catch (SQLException notOurs) {
            return false;
        }
    }

    Connection superuser() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", Cluster.SUPERUSER);
        login.setProperty("password", superuserPassword);
        login.setProperty("connectTimeout", "5");
        login.setProperty("loginTimeout", "10");
        login.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(access.onDatabase("postgres").jdbcUrl(), login);
    }

    /** Names are constants; passwords are base64url of our own making. */
    private static void ensureRole(Connection connection, Login login) throws SQLException {
        boolean known =
                exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.user());
        execute(connection, (known ? "ALTER ROLE " : "CREATE ROLE ") + login.user() + PLAIN);
        setPassword(connection, login);
    }

    private static void setPassword(Connection connection, Login login) throws SQLException {
        execute(connection, "ALTER ROLE " + login.user() + " PASSWORD '" + login.password() + "'");
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
