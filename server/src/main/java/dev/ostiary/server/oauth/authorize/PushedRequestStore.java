package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Requests that clients have pushed (RFC 9126), in the table {@code authorization_request}: each is
 * good for one browser. Thread-safe.
 */
final class PushedRequestStore {

    /** OpenID Connect API, {@code /par}. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final String KIND = "pushedRequest";
    private static final ExpiredRows EXPIRED = new ExpiredRows("authorization_request", "hash");

    /**
     * A request that was pushed.
     *
     * @param server id of the custom server, or of the org for its own
     */
    record Pushed(String server, Parameters parameters) {}

    void insert(Tx tx, String reference, Pushed pushed, Instant now) {
        EXPIRED.sweep(tx, now);
        tx.write(
                Sql.of(
                        """
                        INSERT INTO authorization_request (org_id, hash, server, parameters, created,
                            expires)
                        VALUES (?, ?, ?, ?::jsonb, ?, ?)""",
                        tx.org(),
                        hash(reference),
                        pushed.server(),
                        pushed.parameters().json(),
                        now,
                        now.plus(LIFE)));
    }

    /** Reads a request that waits, for who holds its row. */
    Optional<Pushed> lock(Tx tx, String reference, Instant now) {
        return tx.one(
                Sql.of(
                        """
                        SELECT server, parameters FROM authorization_request
                        WHERE org_id = ? AND hash = ? AND expires > ? FOR UPDATE""",
                        tx.org(),
                        hash(reference),
                        now),
                PushedRequestStore::read);
    }

    /** It is used up. False if somebody was faster. */
    boolean delete(Tx tx, String reference) {
        return tx.run(
                        Sql.of(
                                "DELETE FROM authorization_request WHERE org_id = ? AND hash = ?",
                                tx.org(),
                                hash(reference)))
                == 1;
    }

    private static Pushed read(Row row) {
        return new Pushed(row.text("server"), Parameters.parse(row.json("parameters")));
    }

    private static byte[] hash(String reference) {
        return TokenHash.of(KIND, reference).bytes();
    }
}
