package dev.ostiary.platform.store;

import java.time.Instant;

/**
 * Rows that count until they expire: a few of those that have go with each that comes, so that a
 * table stays small and nothing has to run for it. Thread-safe.
 *
 * @param table a constant of the program, with columns {@code org_id} and {@code expires}
 * @param key the column that names a row within its org
 */
public record ExpiredRows(String table, String key) {

    private static final int SWEPT = 10;

    /** A power of two. */
    private static final int SHARE = 8;

    /** Takes some of them away, with the next flush; rows that others hold are passed over. */
    public void sweep(Tx tx, Instant now) {
        sweep(tx, now, SWEPT);
    }

    /**
     * As {@link #sweep}, but for one new row of eight, with eight times as many: the other seven
     * may be committed together with those of others ({@link Tx#insert}), which a transaction that
     * deletes is not.
     *
     * @param key of the new row, of which every byte is as good as random
     */
    public void sweepAtTimes(Tx tx, byte[] key, Instant now) {
        if ((key[key.length - 1] & (SHARE - 1)) == 0) {
            sweep(tx, now, SHARE * SWEPT);
        }
    }

    private void sweep(Tx tx, Instant now, int most) {
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
                        most));
    }
}
