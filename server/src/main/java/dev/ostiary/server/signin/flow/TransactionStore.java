package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code authn_transaction}. Thread-safe. */
public final class TransactionStore {

    private static final String SELECT =
            """
            SELECT user_id, version, status, facts, expires FROM authn_transaction
            WHERE org_id = ? AND hash = ? AND expires > ?""";

    private static final String KIND = "state-token";

    private static TokenHash hash(String stateToken) {
        return TokenHash.of(KIND, stateToken);
    }

    Optional<Transaction> find(Reader reader, String stateToken, Instant now) {
        return reader.one(
                Sql.of(SELECT, reader.org(), hash(stateToken).bytes(), now),
                TransactionStore::transaction);
    }

    /** As {@link #find}; nobody else moves it until the database's transaction ends. */
    Optional<Transaction> lock(Tx tx, String stateToken, Instant now) {
        return tx.one(
                Sql.of(SELECT + " FOR UPDATE", tx.org(), hash(stateToken).bytes(), now),
                TransactionStore::transaction);
    }

    /** Begins one; those of its user that nobody has finished in time are forgotten. */
    void insert(Tx tx, String stateToken, Transaction transaction, Instant now) {
        tx.write(
                Sql.of(
                        "DELETE FROM authn_transaction WHERE org_id = ? AND user_id = ? AND expires <= ?",
                        tx.org(),
                        transaction.userId(),
                        now));
        tx.write(
                Sql.of(
                        """
                        INSERT INTO authn_transaction
                            (org_id, hash, user_id, version, status, facts, expires)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        hash(stateToken).bytes(),
                        transaction.userId(),
                        transaction.version(),
                        transaction.state().status(),
                        new Json(TransactionFacts.write(transaction)),
                        transaction.expires()));
    }

    void update(Tx tx, String stateToken, Transaction transaction) {
        tx.write(
                Sql.of(
                        """
                        UPDATE authn_transaction
                        SET version = ?, status = ?, facts = ?, expires = ?
                        WHERE org_id = ? AND hash = ?""",
                        transaction.version(),
                        transaction.state().status(),
                        new Json(TransactionFacts.write(transaction)),
                        transaction.expires(),
                        tx.org(),
                        hash(stateToken).bytes()));
    }

    void delete(Tx tx, String stateToken) {
        tx.write(
                Sql.of(
                        "DELETE FROM authn_transaction WHERE org_id = ? AND hash = ?",
                        tx.org(),
                        hash(stateToken).bytes()));
    }

    /** Ends every one of a user, who is being signed out. */
    public void signOut(Tx tx, Org org, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM authn_transaction WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }

    private static Transaction transaction(Row row) {
        return TransactionFacts.read(
                row.text("user_id"),
                row.number("version"),
                Status.valueOf(row.text("status")),
                row.json("facts"),
                row.instant("expires"));
    }
}
