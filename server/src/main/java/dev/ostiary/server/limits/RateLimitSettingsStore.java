package dev.ostiary.server.limits;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;

/** The row of {@code rate_limit_settings} that an org has once it has chosen something. */
final class RateLimitSettingsStore {

    Chosen read(Reader reader) {
        return read(reader, "");
    }

    /** The same; whoever changes something waits for the end of the transaction. */
    Chosen readForUpdate(Tx tx) {
        tx.run(
                Sql.of(
                        "INSERT INTO rate_limit_settings (org_id) VALUES (?) ON CONFLICT DO NOTHING",
                        tx.org()));
        return read(tx, "FOR UPDATE");
    }

    private static Chosen read(Reader reader, String lock) {
        return reader.one(
                        Sql.of(
                                        """
                                        SELECT notifications, warning_threshold, per_client, profile
                                        FROM rate_limit_settings WHERE org_id = ?""",
                                        reader.org())
                                .then(lock),
                        RateLimitSettingsStore::chosen)
                .orElse(Chosen.NOTHING);
    }

    /** Replaces what was {@linkplain #readForUpdate read}. */
    void write(Tx tx, Chosen now) {
        tx.write(
                Sql.of(
                        """
                        UPDATE rate_limit_settings SET notifications = ?, warning_threshold = ?,
                            per_client = ?, profile = ? WHERE org_id = ?""",
                        now.notifications(),
                        now.warningThreshold(),
                        new Json(now.perClient().json()),
                        now.profile(),
                        tx.org()));
        ConfigVersionStore.raise(tx, ConfigArea.LIMITS);
    }

    private static Chosen chosen(Row row) {
        Boolean notifications = row.flagOrNull("notifications");
        Integer threshold = row.integerOrNull("warning_threshold");
        String perClient = row.textOrNull("per_client");
        return new Chosen(
                notifications == null ? Chosen.NOTHING.notifications() : notifications,
                threshold == null ? Chosen.NOTHING.warningThreshold() : threshold,
                perClient == null ? Chosen.NOTHING.perClient() : PerClient.parse(perClient),
                row.textOrNull("profile"));
    }
}
