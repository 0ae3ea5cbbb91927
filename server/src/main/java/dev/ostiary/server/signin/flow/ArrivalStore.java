package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code step_up_arrival}. Thread-safe. */
final class ArrivalStore {

    private static final String KIND = "step-up-arrival";

    /** Forgotten with each new one, so that nothing stays behind for ever. */
    private static final ExpiredRows EXPIRED = new ExpiredRows("step_up_arrival", "hash");

    /**
     * A browser that has come.
     *
     * @param way where to
     */
    record Arrived(String appId, String way, Instant expires) {}

    private static byte[] hash(String stateToken) {
        return TokenHash.of(KIND, stateToken).bytes();
    }

    /**
     * Adds one.
     *
     * @param network where it came from; empty where nobody knows
     */
    void insert(Tx tx, String stateToken, Arrived arrived, String network, Instant now) {
        EXPIRED.sweep(tx, now);
        tx.write(
                Sql.of(
                        """
                        INSERT INTO step_up_arrival (org_id, hash, app_id, way, expires, network)
                        VALUES (?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        hash(stateToken),
                        arrived.appId(),
                        arrived.way(),
                        arrived.expires(),
                        network));
    }

    /** Whether so many wait that came from a network; no more of them are read. */
    boolean areWaiting(Reader reader, String network, int count, Instant now) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT 1 AS one FROM step_up_arrival
                                WHERE org_id = ? AND network = ? AND expires > ?
                                OFFSET ? LIMIT 1""",
                                reader.org(),
                                network,
                                now,
                                count - 1),
                        row -> true)
                .isPresent();
    }

    /** Whether so many wait in the org. */
    boolean areWaiting(Reader reader, int count, Instant now) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT 1 AS one FROM step_up_arrival
                                WHERE org_id = ? AND expires > ? OFFSET ? LIMIT 1""",
                                reader.org(),
                                now,
                                count - 1),
                        row -> true)
                .isPresent();
    }

    Optional<Arrived> find(Reader reader, String stateToken, Instant now) {
        return reader.one(
                Sql.of(
                        """
                        SELECT app_id, way, expires FROM step_up_arrival
                        WHERE org_id = ? AND hash = ? AND expires > ?""",
                        reader.org(),
                        hash(stateToken),
                        now),
                ArrivalStore::arrived);
    }

    /** Its time starts again. */
    void extend(Tx tx, String stateToken, Instant until) {
        tx.write(
                Sql.of(
                        "UPDATE step_up_arrival SET expires = ? WHERE org_id = ? AND hash = ?",
                        until,
                        tx.org(),
                        hash(stateToken)));
    }

    /** It is gone with this; whether it was there: of several who take it, one does. */
    boolean take(Tx tx, String stateToken, Instant now) {
        return tx
                .list(
                        Sql.of(
                                """
                                DELETE FROM step_up_arrival WHERE org_id = ? AND hash = ?
                                RETURNING app_id, way, expires""",
                                tx.org(),
                                hash(stateToken)),
                        ArrivalStore::arrived)
                .stream()
                .anyMatch(arrived -> arrived.expires().isAfter(now));
    }

    private static Arrived arrived(Row row) {
        return new Arrived(row.text("app_id"), row.text("way"), row.instant("expires"));
    }
}
