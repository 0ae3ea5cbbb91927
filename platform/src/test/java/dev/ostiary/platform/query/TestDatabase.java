package dev.ostiary.platform.query;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.platform.store.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for one test class, in a transaction that is taken back. */
final class TestDatabase implements AutoCloseable {

    /** Where the database is: an owner's JDBC URL. */
    static final Supplier<String> URL =
            () -> {
                String url = System.getenv("OSTIARY_TEST_DB");
                assumeTrue(url != null, "OSTIARY_TEST_DB names no database");
                return url;
            };

    private final Connection connection;

    TestDatabase(Supplier<String> url, String... statements) throws SQLException {
        connection = DriverManager.getConnection(url.get());
        connection.setAutoCommit(false);
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm");
        run("CREATE EXTENSION IF NOT EXISTS btree_gin");
        run("SET plan_cache_mode = force_custom_plan");
        for (String statement : statements) {
            run(statement);
        }
    }

    void run(String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(Sql.of(statement, parameters))) {
            prepared.execute();
        }
    }

    /** The rows of a query, each column as text, null for NULL. */
    List<List<String>> rows(Sql query) throws SQLException {
        try (PreparedStatement prepared = prepare(query);
                ResultSet found = prepared.executeQuery()) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private PreparedStatement prepare(Sql sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.parameters().size(); i++) {
            prepared.setObject(i + 1, sql.parameters().get(i));
        }
        return prepared;
    }

    /** Nothing was committed: closing takes it all back. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
