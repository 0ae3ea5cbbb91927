package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Many objects, some at a time in the order of their ids: the database lets no statement run for
 * ever, however many an org has. Immutable and thread-safe.
 *
 * @param size how many at a time
 */
public record Shares(int size) {

    /** A statement for each takes a second at most. */
    public static final Shares USUAL = new Shares(2_000);

    /**
     * Does something with each share, within the transaction.
     *
     * @param after a query of the {@code id}s after one
     * @param work what is done with those after one, as far as another
     */
    public void each(Tx tx, Function<String, Sql> after, BiConsumer<String, String> work) {
        String last = "";
        for (Optional<String> end = end(tx, after.apply(last));
                end.isPresent();
                end = end(tx, after.apply(last))) {
            work.accept(last, end.get());
            last = end.get();
        }
    }

    private Optional<String> end(Tx tx, Sql ids) {
        return tx.one(
                        Sql.of("SELECT max(id) AS last FROM (")
                                .then(ids)
                                .then("ORDER BY id LIMIT ?) share", size),
                        row -> Optional.ofNullable(row.textOrNull("last")))
                .flatMap(Function.identity());
    }
}
