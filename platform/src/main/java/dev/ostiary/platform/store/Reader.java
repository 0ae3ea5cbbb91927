package dev.ostiary.platform.store;

import java.util.List;
import java.util.Optional;

/**
 * Reads rows of one org. Every call is one statement and at most one round trip. Not thread-safe,
 * valid only during the {@link Query} or {@link Work} that received it.
 *
 * <p>All methods throw {@link StoreException}.
 */
public interface Reader {

    /** The org whose rows are seen; 0 where all are ({@link Database#acrossOrgs}). */
    long org();

    /**
     * The only row, or none.
     *
     * @throws IllegalStateException if there are two: the statement does not ask by a key
     */
    <T> Optional<T> one(Sql sql, RowMapper<T> row);

    /** All rows in the statement's order. */
    <T> List<T> list(Sql sql, RowMapper<T> row);

    /**
     * All rows of a statement that is planned for its values each time. Prepared statements get one
     * plan for all values in the end, which is right for keys and ruinous for searches (a generic
     * plan turned 0.03 ms into 1.8 s); the planning costs 0.1 ms, and of a table with twenty
     * indexes 0.6 ms. On the connections of {@link Database#lookUp} it keeps the plan all the same:
     * whoever searches there knows that one is the best.
     */
    <T> List<T> search(Sql sql, RowMapper<T> row);
}
