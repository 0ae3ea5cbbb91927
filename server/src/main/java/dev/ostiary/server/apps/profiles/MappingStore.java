package dev.ostiary.server.apps.profiles;

import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code profile_mapping}. */
final class MappingStore {

    private static final String SELECT =
            "SELECT p.id, p.app_id, p.into_app, p.properties FROM profile_mapping p";

    void insert(Tx tx, ProfileMapping mapping, Instant now) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO profile_mapping (org_id, id, app_id, into_app, properties,
                            last_updated)
                        VALUES (?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        mapping.id(),
                        mapping.appId(),
                        mapping.intoApp(),
                        new Json(mapping.properties()),
                        now));
    }

    Optional<ProfileMapping> find(Reader reader, String id) {
        return reader.one(
                Sql.of(SELECT + " WHERE p.org_id = ? AND p.id = ?", reader.org(), id),
                MappingStore::read);
    }

    /** The mapping of an id, which nobody else changes before the transaction ends. */
    Optional<ProfileMapping> lock(Tx tx, String id) {
        return tx.one(
                Sql.of(SELECT + " WHERE p.org_id = ? AND p.id = ? FOR UPDATE", tx.org(), id),
                MappingStore::read);
    }

    /** The mapping that makes profiles in an app, or the one that makes users' of those. */
    Optional<ProfileMapping> ofApp(Reader reader, String appId, boolean intoApp) {
        return reader.one(
                Sql.of(
                        SELECT + " WHERE p.org_id = ? AND p.app_id = ? AND p.into_app = ?",
                        reader.org(),
                        appId,
                        intoApp),
                MappingStore::read);
    }

    List<ProfileMapping> list(Reader reader, Sql condition, Sql order, int most) {
        return reader.search(
                Sql.of(SELECT + " WHERE p.org_id = ? AND", reader.org())
                        .then(condition.grouped())
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                MappingStore::read);
    }

    void update(Tx tx, ProfileMapping mapping, Instant now) {
        tx.write(
                Sql.of(
                        """
                        UPDATE profile_mapping SET properties = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?\
                        """,
                        new Json(mapping.properties()),
                        now,
                        tx.org(),
                        mapping.id()));
    }

    private static ProfileMapping read(Row row) {
        return new ProfileMapping(
                row.text("id"), row.text("app_id"), row.flag("into_app"), row.json("properties"));
    }
}
