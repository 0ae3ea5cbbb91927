package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/**
 * Takes away rows that have expired, a few with each that comes, so that a table stays small and
 * nothing has to run for it. Thread-safe.
 *
 * @param table a constant of the program, with columns {@code org_id} and {@code expires}
 * @param key the column that names a row within its org
 */
record ExpiredRowStore(String table, String key) {

    private static final int SWEPT = 10;

    void sweep(Tx tx, Instant now) {
        tx.write(
                Sql.of(
                        """
                        DELETE FROM %1$s WHERE org_id = ? AND %2$s IN (
                            SELECT %2$s FROM %1$s WHERE org_id = ? AND expires < ?
                            LIMIT ? FOR UPDATE SKIP LOCKED)"""
                                .formatted(table, key),
                        tx.org(),
                        tx.org(),
                        now,
                        SWEPT));
    }
}
