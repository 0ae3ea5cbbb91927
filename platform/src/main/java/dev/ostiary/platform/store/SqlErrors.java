package dev.ostiary.platform.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * From SQL states to exceptions that callers can tell apart. States are those of PostgreSQL's
 * documentation, appendix A.
 */
final class SqlErrors {

    private SqlErrors() {}

    static StoreException translate(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (isLost(state)) {
            return DatabaseUnavailable.lost(e);
        }
        return switch (state) {
            case "23505" -> new UniqueViolation(constraint(e), e);
            case "23503" -> new ForeignKeyViolation(constraint(e), e);
            case "40001", "40P01" -> new WriteConflict("a transaction was chosen to give way", e);
            case "53100" -> new OutOfSpace(e);
            case "57014" -> new StatementTimeout(e);
            case "0A000", "26000" ->
                    // a migration of another node changed a table under a prepared statement
                    "RevalidateCachedQuery".equals(routine(e)) || state.equals("26000")
                            ? new WriteConflict("a prepared statement went stale", e)
                            : new StoreException(describe(e), e);
            default -> new StoreException(describe(e), e);
        };
    }

    /** Class 08 is the connection; 57P01 to 57P03 are a server that goes down or comes up. */
    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
    }

    private static String describe(SQLException e) {
        return "the database refused a statement (" + e.getSQLState() + "): " + e.getMessage();
    }

    private static String constraint(SQLException e) {
        ServerErrorMessage message = serverMessage(e);
        String name = message == null ? null : message.getConstraint();
        return name == null ? "" : name;
    }

    private static @Nullable String routine(SQLException e) {
        ServerErrorMessage message = serverMessage(e);
        return message == null ? null : message.getRoutine();
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }
}
