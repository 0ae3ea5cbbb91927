package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/** The table {@code used_once}. Thread-safe. */
public final class UsedOnceStore {

    /** How many that expired go with each that comes, so that the table stays small. */
    private static final int SWEPT = 10;

    /** Uses something. False if somebody has done so before; of two at once, one does. */
    public boolean use(Tx tx, UsedOnce once, Instant now) {
        tx.write(
                Sql.of(
                        """
                        DELETE FROM used_once WHERE org_id = ? AND hash IN (
                            SELECT hash FROM used_once WHERE org_id = ? AND expires < ?
                            LIMIT ? FOR UPDATE SKIP LOCKED)""",
                        tx.org(),
                        tx.org(),
                        now,
                        SWEPT));
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO used_once (org_id, hash, expires) VALUES (?, ?, ?)
                                ON CONFLICT DO NOTHING""",
                                tx.org(),
                                once.hash().bytes(),
                                once.expires()))
                == 1;
    }
}
