package dev.ostiary.platform.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Work}. */
final class Transaction implements Tx {

    private static final Logger LOG = System.getLogger(Transaction.class.getName());

    private final Connection connection;
    private final long org;
    private final LogRows log;
    private final List<Sql> writes = new ArrayList<>();
    private final List<Sql> events = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean begun;
    private @Nullable StoreException failure;

    Transaction(Connection connection, long org, LogRows log) {
        this.connection = connection;
        this.org = org;
        this.log = log;
    }

    @Override
    public long org() {
        return org;
    }

    @Override
    public <T> Optional<T> one(Sql sql, RowMapper<T> row) {
        return DirectReader.only(list(sql, row));
    }

    @Override
    public <T> List<T> list(Sql sql, RowMapper<T> row) {
        return query(sql, row, false);
    }

    @Override
    public <T> List<T> search(Sql sql, RowMapper<T> row) {
        return query(sql, row, true);
    }

    @Override
    public void write(Sql statement) {
        writes.add(statement);
    }

    @Override
    public int run(Sql statement) {
        begin();
        flushWrites();
        return execute(statement);
    }

    @Override
    public void emit(LogEntry entry) {
        emit(org, entry);
    }

    @Override
    public void emit(long otherOrg, LogEntry entry) {
        events.add(log.row(otherOrg, entry, events.size()));
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * Writes what is left and makes it all stand.
     *
     * @throws OutcomeUnknown if the connection was lost when it was too late to know
     */
    void commit() {
        if (failure != null) {
            throw failure;
        }
        List<Sql> last = Flush.together(writes, events);
        if (!begun && last.size() <= 1) {
            last.forEach(this::executeAlone);
            return;
        }
        begin();
        last.forEach(this::execute);
        try {
            connection.commit();
        } catch (SQLException e) {
            throw unknownIfLost(SqlErrors.translate(e));
        }
    }

    /** Undoes what was begun; a connection that is lost has undone it already. */
    void rollback() {
        if (!begun) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "rollback on a lost connection", e);
        }
    }

    void runAfterCommit() {
        for (Runnable action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "an action after a commit failed", e);
            }
        }
    }

    private <T> List<T> query(Sql sql, RowMapper<T> row, boolean planAnew) {
        begin();
        flushWrites();
        try {
            return Statements.query(connection, sql, row, planAnew);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void flushWrites() {
        List<Sql> out = Flush.together(writes, List.of());
        writes.clear();
        out.forEach(this::execute);
    }

    /** The driver sends BEGIN along with the next statement. */
    private void begin() {
        if (begun) {
            return;
        }
        try {
            connection.setAutoCommit(false);
            begun = true;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private int execute(Sql statement) {
        try {
            return Statements.update(connection, statement);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void executeAlone(Sql statement) {
        try {
            Statements.update(connection, statement);
        } catch (SQLException e) {
            throw unknownIfLost(SqlErrors.translate(e));
        }
    }

    private StoreException failed(SQLException e) {
        StoreException translated = SqlErrors.translate(e);
        failure = translated;
        return translated;
    }

    private static StoreException unknownIfLost(StoreException e) {
        return e instanceof DatabaseUnavailable ? new OutcomeUnknown(e) : e;
    }
}
