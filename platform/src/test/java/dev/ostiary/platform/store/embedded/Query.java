package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.DatabaseAccess.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement, one connection. */
final class Query {

    private Query() {}

    static void run(DatabaseAccess access, Login login, String text) throws SQLException {
        try (Connection connection = connect(access, login);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    static String ask(DatabaseAccess access, Login login, String text) throws SQLException {
        try (Connection connection = connect(access, login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
        }
    }

    /** Commits a word that {@link #kept} finds again. */
    static void keep(DatabaseAccess access, String word) throws SQLException {
        run(access, access.owner(), "CREATE TABLE kept AS SELECT '" + word + "' AS word");
    }

    static String kept(DatabaseAccess access) throws SQLException {
        return ask(access, access.owner(), "SELECT word FROM kept");
    }

    private static Connection connect(DatabaseAccess access, Login login) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), login.user(), login.password());
    }
}
