package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code factor_transaction}. Thread-safe. */
final class PushStore {

    private static final Duration KEPT = Duration.ofHours(1);

    private static final String SELECT =
            """
            SELECT id, factor_id, result, number, message, created, expires FROM factor_transaction
            WHERE org_id = ? AND factor_id = ? """;

    Optional<PushTransaction> find(Reader reader, String factorId, String id) {
        return one(reader, factorId, id, "");
    }

    /** As {@link #find}; nobody else changes it before the transaction ends. */
    Optional<PushTransaction> lock(Tx tx, String factorId, String id) {
        return one(tx, factorId, id, "FOR UPDATE");
    }

    private Optional<PushTransaction> one(Reader reader, String factorId, String id, String lock) {
        return Ids.isId(id)
                ? reader.one(
                        Sql.of(SELECT + " AND id = ? " + lock, reader.org(), factorId, id),
                        PushStore::transaction)
                : Optional.empty();
    }

    /** Those that nobody has answered, the newest first. */
    List<PushTransaction> waiting(Reader reader, String factorId, Instant now) {
        return reader.list(
                Sql.of(
                        SELECT + " AND result = 'WAITING' AND expires > ? ORDER BY created DESC",
                        reader.org(),
                        factorId,
                        now),
                PushStore::transaction);
    }

    /** Writes a new one; what is an hour old goes. */
    void insert(Tx tx, PushTransaction transaction) {
        tx.run(
                Sql.of(
                        "DELETE FROM factor_transaction WHERE org_id = ? AND factor_id = ?"
                                + " AND created < ?",
                        tx.org(),
                        transaction.factorId(),
                        transaction.created().minus(KEPT)));
        tx.run(
                Sql.of(
                        """
                        INSERT INTO factor_transaction (org_id, id, factor_id, result, number,
                            message, created, expires)
                        VALUES (?, ?, ?, ?, ?, ?::text, ?, ?)""",
                        tx.org(),
                        transaction.id(),
                        transaction.factorId(),
                        transaction.result(),
                        transaction.number(),
                        transaction.message(),
                        transaction.created(),
                        transaction.expires()));
    }

    void answer(Tx tx, PushTransaction transaction) {
        tx.run(
                Sql.of(
                        "UPDATE factor_transaction SET result = ? WHERE org_id = ? AND id = ?",
                        transaction.result(),
                        tx.org(),
                        transaction.id()));
    }

    /** Whether a success counts: it does once. */
    boolean redeem(Tx tx, PushTransaction transaction) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE factor_transaction SET redeemed = TRUE
                                WHERE org_id = ? AND id = ? AND NOT redeemed""",
                                tx.org(),
                                transaction.id()))
                > 0;
    }

    private static PushTransaction transaction(Row row) {
        return new PushTransaction(
                row.text("id"),
                row.text("factor_id"),
                PushTransaction.Result.valueOf(row.text("result")),
                row.integerOrNull("number"),
                row.textOrNull("message"),
                row.instant("created"),
                row.instant("expires"));
    }
}
