package dev.ostiary.server.apps.grants;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of {@code app_grant}. */
final class ScopeGrantStore {

    private static final String SELECT = "SELECT id, scope, created_by, created FROM app_grant";

    List<ScopeGrant> all(Reader reader, String appId) {
        return reader.list(
                Sql.of(
                        SELECT + " WHERE org_id = ? AND app_id = ? ORDER BY id",
                        reader.org(),
                        appId),
                ScopeGrantStore::read);
    }

    Optional<ScopeGrant> find(Reader reader, String appId, String id) {
        return reader.one(
                Sql.of(
                        SELECT + " WHERE org_id = ? AND app_id = ? AND id = ?",
                        reader.org(),
                        appId,
                        id),
                ScopeGrantStore::read);
    }

    void insert(Tx tx, String appId, ScopeGrant grant) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_grant (org_id, app_id, id, scope, created_by, created)
                        VALUES (?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        appId,
                        grant.id(),
                        grant.scope(),
                        grant.createdBy(),
                        grant.created()));
    }

    void delete(Tx tx, String appId, String id) {
        tx.write(
                Sql.of(
                        "DELETE FROM app_grant WHERE org_id = ? AND app_id = ? AND id = ?",
                        tx.org(),
                        appId,
                        id));
    }

    private static ScopeGrant read(Row row) {
        return new ScopeGrant(
                row.text("id"), row.text("scope"), row.text("created_by"), row.instant("created"));
    }
}
