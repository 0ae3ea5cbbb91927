package dev.ostiary.platform.store;

import java.time.Instant;

/**
 * A table of hashes that count until they expire: columns {@code org_id}, {@code hash}, {@code
 * expires}, the first two its key. Thread-safe.
 *
 * @param table its name, a constant of the program
 */
public record ExpiringHashes(String table) {

    /** Puts a hash in. False if it is there already; of two at once, one puts it in. */
    public boolean add(Tx tx, byte[] hash, Instant expires, Instant now) {
        new ExpiredRows(table, "hash").sweep(tx, now);
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO %s (org_id, hash, expires) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING"""
                                        .formatted(table),
                                tx.org(),
                                hash,
                                expires))
                == 1;
    }

    /** Whether a hash is there, expired or not. */
    public boolean contains(Reader reader, byte[] hash) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS one FROM " + table + " WHERE org_id = ? AND hash = ?",
                                reader.org(),
                                hash),
                        row -> row.number("one"))
                .isPresent();
    }
}
