package dev.ostiary.platform.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

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

    /** Those of these hashes that are there, expired or not. */
    public List<byte[]> among(Reader reader, Collection<byte[]> hashes) {
        return reader.list(
                Sql.of(
                        "SELECT hash FROM " + table + " WHERE org_id = ? AND hash = ANY(?)",
                        reader.org(),
                        hashes),
                row -> row.bytes("hash"));
    }
}
