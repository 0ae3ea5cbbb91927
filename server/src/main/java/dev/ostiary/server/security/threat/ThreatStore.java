package dev.ostiary.server.security.threat;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code failing_address}: from where sign-ins failed of late. Thread-safe. */
final class ThreatStore {

    /** Forgotten with each new failure, so that attackers leave nothing behind for ever. */
    private static final int FORGOTTEN_AT_ONCE = 10;

    /** How often, and when the latest time. */
    record Failures(int count, Instant latest) {}

    Optional<Failures> find(Reader reader, String network) {
        return reader.one(
                Sql.of(
                        """
                        SELECT failures, latest FROM failing_address
                        WHERE org_id = ? AND network = ?""",
                        reader.org(),
                        network),
                row -> new Failures(row.integer("failures"), row.instant("latest")));
    }

    /**
     * One more. What is below the number that is suspected begins anew when its window has passed;
     * what has reached it stays until it is forgotten. Deferred: the two statements leave each
     * other's rows alone.
     */
    void count(Tx tx, String network, int suspected, Duration window, Duration kept, Instant now) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO failing_address (org_id, network, failures, since, latest)
                        VALUES (?, ?, 1, ?, ?)
                        ON CONFLICT (org_id, network) DO UPDATE SET
                            failures = CASE
                                WHEN failing_address.latest <= ?
                                    OR (failing_address.failures < ? AND failing_address.since <= ?)
                                THEN 1 ELSE failing_address.failures + 1 END,
                            since = CASE
                                WHEN failing_address.latest <= ?
                                    OR (failing_address.failures < ? AND failing_address.since <= ?)
                                THEN excluded.since ELSE failing_address.since END,
                            latest = excluded.latest""",
                        tx.org(),
                        network,
                        now,
                        now,
                        now.minus(kept),
                        suspected,
                        now.minus(window),
                        now.minus(kept),
                        suspected,
                        now.minus(window)));
        tx.write(
                Sql.of(
                        """
                        DELETE FROM failing_address WHERE org_id = ? AND network IN (
                            SELECT network FROM failing_address
                            WHERE org_id = ? AND latest <= ? AND network <> ?
                            ORDER BY latest LIMIT ? FOR UPDATE SKIP LOCKED)""",
                        tx.org(),
                        tx.org(),
                        now.minus(kept),
                        network,
                        FORGOTTEN_AT_ONCE));
    }

    /** Whether the log has not been told for a while; it is, from now on. */
    boolean isNews(Tx tx, String network, Instant now, Duration quiet) {
        return tx.run(
                        Sql.of(
                                """
                                UPDATE failing_address SET told = ?
                                WHERE org_id = ? AND network = ? AND (told IS NULL OR told <= ?)""",
                                now,
                                tx.org(),
                                network,
                                now.minus(quiet)))
                > 0;
    }
}
