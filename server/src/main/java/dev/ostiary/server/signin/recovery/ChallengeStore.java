package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code recovery_challenge}. Thread-safe. */
final class ChallengeStore {

    private static final String SELECT =
            """
            SELECT user_id, purpose, way, relay_state, code_hash, sent, failures, expires
            FROM recovery_challenge WHERE org_id = ? AND hash = ? AND expires > ?""";

    /** Forgotten with each new one, so that nothing stays behind for ever. */
    private static final ExpiredRows EXPIRED = new ExpiredRows("recovery_challenge", "hash");

    Optional<Challenge> find(Reader reader, TokenHash token, Instant now) {
        return reader.one(
                Sql.of(SELECT, reader.org(), token.bytes(), now), ChallengeStore::challenge);
    }

    /** As {@link #find}; nobody else comes with it until the transaction ends. */
    Optional<Challenge> lock(Tx tx, TokenHash token, Instant now) {
        return tx.one(
                Sql.of(SELECT + " FOR UPDATE", tx.org(), token.bytes(), now),
                ChallengeStore::challenge);
    }

    /** Whether a user was sent a code since. */
    boolean sentSince(Reader reader, String userId, Reach way, Instant since) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT EXISTS (SELECT FROM recovery_challenge
                                WHERE org_id = ? AND user_id = ? AND way = ? AND sent > ?) AS sent""",
                                reader.org(),
                                userId,
                                way,
                                since),
                        row -> row.flag("sent"))
                .orElse(false);
    }

    void insert(Tx tx, TokenHash token, Challenge challenge) {
        EXPIRED.sweep(tx, challenge.sent());
        tx.write(
                Sql.of(
                        """
                        INSERT INTO recovery_challenge (org_id, hash, user_id, purpose, way,
                            relay_state, code_hash, sent, failures, expires)
                        VALUES (?, ?, ?, ?, ?, ?, ?::bytea, ?, ?, ?)""",
                        tx.org(),
                        token.bytes(),
                        challenge.userId().orElse(null),
                        challenge.purpose(),
                        challenge.way(),
                        challenge.relayState().orElse(null),
                        challenge.code(),
                        challenge.sent(),
                        challenge.failures(),
                        challenge.expires()));
    }

    void update(Tx tx, TokenHash token, Challenge challenge) {
        tx.write(
                Sql.of(
                        """
                        UPDATE recovery_challenge
                        SET code_hash = ?::bytea, sent = ?, failures = ?, expires = ?
                        WHERE org_id = ? AND hash = ?""",
                        challenge.code(),
                        challenge.sent(),
                        challenge.failures(),
                        challenge.expires(),
                        tx.org(),
                        token.bytes()));
    }

    void delete(Tx tx, TokenHash token) {
        tx.write(
                Sql.of(
                        "DELETE FROM recovery_challenge WHERE org_id = ? AND hash = ?",
                        tx.org(),
                        token.bytes()));
    }

    private static Challenge challenge(Row row) {
        return new Challenge(
                Optional.ofNullable(row.textOrNull("user_id")),
                Purpose.valueOf(row.text("purpose")),
                Reach.valueOf(row.text("way")),
                Optional.ofNullable(row.textOrNull("relay_state")),
                row.bytesOrNull("code_hash"),
                row.instant("sent"),
                row.integer("failures"),
                row.instant("expires"));
    }
}
