package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;

/** The rows of {@code app_feature}. Thread-safe. */
final class FeatureStore {

    /** A feature of an app, touched or not. */
    Feature find(Reader reader, String appId, Feature.Name name) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT capabilities FROM app_feature
                                WHERE org_id = ? AND app_id = ? AND name = ?""",
                                reader.org(),
                                appId,
                                name),
                        row ->
                                new Feature(
                                        name,
                                        dev.ostiary.platform.json.Json.object(
                                                row.json("capabilities"))))
                .orElseGet(name::untouched);
    }

    /** Writes a feature of an app that is held. */
    void put(Tx tx, String appId, Feature feature) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO app_feature (org_id, app_id, name, capabilities)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (org_id, app_id, name)
                            DO UPDATE SET capabilities = excluded.capabilities""",
                        tx.org(),
                        appId,
                        feature.name(),
                        new Json(dev.ostiary.platform.json.Json.text(feature.capabilities()))));
    }
}
