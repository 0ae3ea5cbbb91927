package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tables in one transaction, which is taken back at the end. */
final class TemporaryTables implements AutoCloseable {

    private final Connection connection;

    TemporaryTables(DatabaseAccess access, String... statements) throws SQLException {
        connection =
                DriverManager.getConnection(
                        access.jdbcUrl(), access.owner().user(), access.owner().password());
        connection.setAutoCommit(false);
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm");
        run("CREATE EXTENSION IF NOT EXISTS btree_gin");
        run("SET plan_cache_mode = force_custom_plan");
        run(migration("/db/V140__array_ends.sql"));
        for (String statement : statements) {
            run(statement);
        }
    }

    private static String migration(String resource) {
        try (InputStream text =
                Objects.requireNonNull(TemporaryTables.class.getResourceAsStream(resource))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
