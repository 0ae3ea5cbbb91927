package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.ExpiredRows;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The table {@code authorization_request}. Thread-safe. */
final class PendingRequestStore {

    /** As long as anybody may take to sign in. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final String KIND = "authorizationRequest";
    private static final ExpiredRows EXPIRED = new ExpiredRows("authorization_request", "hash");

    /**
     * A request that waits.
     *
     * @param server id of the custom server, or of the org for its own
     * @param created after which whoever has to prove itself anew has to do so
     * @param consentedBy the user who was asked for it, and has just consented
     */
    record Pending(
            String server, Parameters parameters, Instant created, Optional<String> consentedBy) {}

    void insert(Tx tx, String key, Pending pending) {
        EXPIRED.sweep(tx, pending.created());
        tx.write(
                Sql.of(
                        """
                        INSERT INTO authorization_request (org_id, hash, server, parameters, created,
                            expires)
                        VALUES (?, ?, ?, ?::jsonb, ?, ?)""",
                        tx.org(),
                        hash(key),
                        pending.server(),
                        pending.parameters().json(),
                        pending.created(),
                        pending.created().plus(LIFE)));
    }

    Optional<Pending> find(Reader reader, String key, Instant now) {
        return reader.one(
                Sql.of(
                        """
                        SELECT server, parameters, created FROM authorization_request
                        WHERE org_id = ? AND hash = ? AND expires > ?""",
                        reader.org(),
                        hash(key),
                        now),
                row ->
                        new Pending(
                                row.text("server"),
                                Parameters.parse(row.json("parameters")),
                                row.instant("created"),
                                Optional.empty()));
    }

    /** It waits no more. */
    void delete(Tx tx, String key) {
        tx.write(
                Sql.of(
                        "DELETE FROM authorization_request WHERE org_id = ? AND hash = ?",
                        tx.org(),
                        hash(key)));
    }

    private static byte[] hash(String key) {
        return TokenHash.of(KIND, key).bytes();
    }
}
