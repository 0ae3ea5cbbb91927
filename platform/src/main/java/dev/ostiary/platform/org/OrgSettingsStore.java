package dev.ostiary.platform.org;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;

/** The column {@code org.settings}. */
public final class OrgSettingsStore {

    private OrgSettingsStore() {}

    /** The settings of the reader's org. An org that was just deleted has the defaults. */
    public static OrgSettings read(Reader reader) {
        return reader.one(
                        Sql.of("SELECT settings FROM org WHERE org_id = ?", reader.org()),
                        row -> OrgSettings.parse(row.json("settings")))
                .orElse(OrgSettings.defaults());
    }

    /**
     * Writes the settings of the transaction's org; every node has them with its next request.
     * Holds the org's row until the commit, so it is the last thing that a transaction does.
     */
    public static void write(Tx tx, OrgSettings settings, Instant now) {
        tx.run(
                Sql.of(
                        "UPDATE org SET settings = settings || ?::jsonb, last_updated = ?"
                                + " WHERE org_id = ?",
                        Json.text(settings.json()),
                        now,
                        tx.org()));
        ConfigVersionStore.raise(tx, ConfigArea.SETTINGS);
    }
}
