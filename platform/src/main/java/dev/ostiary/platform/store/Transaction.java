package dev.ostiary.platform.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Work}. It takes a connection when it needs one. */
final class Transaction implements Tx, AutoCloseable {

    private static final Logger LOG = System.getLogger(Transaction.class.getName());

    private final Supplier<Connections.Lease> connections;
    private final long org;
    private final LogRows log;
    private final Optional<SharedCommits> shared;
    private final List<Sql> writes = new ArrayList<>();
    private final List<NewRow> rows = new ArrayList<>();
    private final List<Sql> events = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int emitted;
    private boolean begun;
    private boolean configured;
    private Connections.@Nullable Lease lease;
    private @Nullable StoreException failure;

    /**
     * @param shared where rows that nobody has seen may be committed with those of others; empty if
     *     they may not
     */
    Transaction(
            Supplier<Connections.Lease> connections,
            long org,
            LogRows log,
            Optional<SharedCommits> shared) {
        this.connections = connections;
        this.org = org;
        this.log = log;
        this.shared = shared;
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
    public void insert(NewRow row) {
        rows.add(row);
        writes.add(row.alone());
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
        events.add(log.row(otherOrg, entry, emitted++));
    }

    @Override
    public void flush() {
        begin();
        send(events);
        events.clear();
    }

    @Override
    public void changesConfiguration() {
        configured = true;
    }

    /** Whether it has changed the configuration of its org. */
    boolean hasChangedConfiguration() {
        return configured;
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
        if (shared.isPresent() && hasOnlyRows()) {
            NewRows all = new NewRows(org, rows, events);
            if (all.isSmall()) {
                shared.get().commit(all);
                return;
            }
        }
        List<Sql> last = Flush.together(writes, events);
        if (!begun && last.size() <= 1) {
            last.forEach(this::executeAlone);
            return;
        }
        begin();
        last.forEach(this::execute);
        try {
            connection().commit();
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
            connection().rollback();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "rollback on a lost connection", e);
        }
    }

    /** Gives the connection back, if one was taken. */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
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
            return Statements.query(connection(), sql, row, planAnew);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void flushWrites() {
        send(List.of());
    }

    /** Everything that was deferred, with these events. */
    private void send(List<Sql> logged) {
        List<Sql> out = Flush.together(writes, logged);
        writes.clear();
        out.forEach(this::execute);
    }

    /** The driver sends BEGIN along with the next statement. */
    private void begin() {
        if (begun) {
            return;
        }
        try {
            connection().setAutoCommit(false);
            begun = true;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private int execute(Sql statement) {
        try {
            return Statements.update(connection(), statement);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void executeAlone(Sql statement) {
        alone(connection(), statement);
    }

    /**
     * Executes a statement that is a transaction of its own.
     *
     * @throws OutcomeUnknown if the connection was lost meanwhile
     */
    static void alone(Connection connection, Sql statement) {
        try {
            Statements.update(connection, statement);
        } catch (SQLException e) {
            throw unknownIfLost(SqlErrors.translate(e));
        }
    }

    /** Nothing was executed so far, and nothing but rows and events waits for it. */
    private boolean hasOnlyRows() {
        return !begun && writes.size() == rows.size() && !(rows.isEmpty() && events.isEmpty());
    }

    private Connection connection() {
        Connections.Lease taken = lease;
        if (taken == null) {
            taken = connections.get();
            lease = taken;
        }
        return taken.connection();
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
