package dev.ostiary.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads in autocommit mode: each statement sees the newest committed rows. */
final class DirectReader implements Reader {

    private final Connection connection;
    private final long org;
    private final Connections.Use use;

    DirectReader(Connection connection, long org, Connections.Use use) {
        this.connection = connection;
        this.org = org;
        this.use = use;
    }

    @Override
    public long org() {
        return org;
    }

    @Override
    public <T> Optional<T> one(Sql sql, RowMapper<T> row) {
        return only(list(sql, row));
    }

    @Override
    public <T> List<T> list(Sql sql, RowMapper<T> row) {
        return query(sql, row, false);
    }

    @Override
    public <T> List<T> search(Sql sql, RowMapper<T> row) {
        return query(sql, row, use.asksForPlans());
    }

    static <T> Optional<T> only(List<T> rows) {
        return switch (rows.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(rows.getFirst());
            default -> throw new IllegalStateException("one row was expected, more came");
        };
    }

    private <T> List<T> query(Sql sql, RowMapper<T> row, boolean planAnew) {
        try {
            return Statements.query(connection, sql, row, planAnew);
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }
}
