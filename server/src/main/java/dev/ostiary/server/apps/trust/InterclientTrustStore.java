package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/** The rows of {@code app_interclient_trust}. Thread-safe. */
final class InterclientTrustStore {

    /** The constraint that a pair of apps is there once. */
    static final String THERE = "app_interclient_trust_pkey";

    /** Ids of the apps that may ask for sign-on into an app, the oldest first. */
    List<String> allowed(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT allowed_id FROM app_interclient_trust
                        WHERE org_id = ? AND app_id = ? ORDER BY id""",
                        reader.org(),
                        appId),
                row -> row.text(1));
    }

    /** Ids of the apps into which an app may ask for sign-on. */
    List<String> targets(Reader reader, String allowedId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT app_id FROM app_interclient_trust
                        WHERE org_id = ? AND allowed_id = ? ORDER BY id""",
                        reader.org(),
                        allowedId),
                row -> row.text(1));
    }

    void insert(Tx tx, InterclientTrust trust) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_interclient_trust (org_id, app_id, allowed_id, id,
                            last_updated_by, created)
                        VALUES (?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        trust.appId(),
                        trust.allowedId(),
                        trust.id(),
                        trust.by(),
                        trust.created()));
    }

    /** Whether there was one. */
    boolean delete(Tx tx, String appId, String allowedId) {
        return tx.run(
                        Sql.of(
                                """
                                DELETE FROM app_interclient_trust
                                WHERE org_id = ? AND app_id = ? AND allowed_id = ?""",
                                tx.org(),
                                appId,
                                allowedId))
                == 1;
    }

    /** Deletes all that is said of an app; whether there was anything. */
    boolean deleteAll(Tx tx, String appId) {
        return tx.run(
                        Sql.of(
                                """
                                DELETE FROM app_interclient_trust
                                WHERE org_id = ? AND (app_id = ? OR allowed_id = ?)""",
                                tx.org(),
                                appId,
                                appId))
                > 0;
    }
}
