package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of {@code group_push_mapping}. Thread-safe. */
final class PushMappingStore {

    /** The constraints that a group is pushed to an app once, and that a target has one source. */
    static final String SOURCE_TAKEN = "group_push_mapping_source";

    static final String TARGET_TAKEN = "group_push_mapping_target";

    private static final String SELECT =
            "SELECT m.id, m.app_id, m.source_id, m.target_id, m.status, m.app_config, m.created,"
                    + " m.last_updated, m.last_push FROM group_push_mapping m"
                    + " WHERE m.org_id = ? AND m.app_id = ? AND";

    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("m.id", Direction.ASC), PagingErrors.PAGING);

    /**
     * Those of an app.
     *
     * @param filter on {@code m}
     */
    Page<PushMapping> page(Reader reader, String appId, Sql filter, PageRequest request) {
        return BY_ID.page(
                request,
                (beyond, order, most) ->
                        reader.list(
                                Sql.of(SELECT, reader.org(), appId)
                                        .then(filter.grouped())
                                        .then("AND")
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", most),
                                PushMappingStore::read),
                mapping -> List.of(Optional.of(mapping.id())));
    }

    /**
     * A mapping of an app.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    PushMapping require(Reader reader, String appId, String id) {
        return find(reader, appId, id, "");
    }

    /** As {@link #require}, held. */
    PushMapping lock(Tx tx, String appId, String id) {
        return find(tx, appId, id, "FOR UPDATE OF m");
    }

    private static PushMapping find(Reader reader, String appId, String id, String lock) {
        return (Ids.isId(id)
                        ? reader.one(
                                Sql.of(SELECT + " m.id = ? " + lock, reader.org(), appId, id),
                                PushMappingStore::read)
                        : Optional.<PushMapping>empty())
                .orElseThrow(() -> ApiException.notFound(id, PushMapping.TYPE));
    }

    void insert(Tx tx, PushMapping mapping) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO group_push_mapping (org_id, app_id, id, source_id, target_id,
                            status, app_config, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)""",
                        tx.org(),
                        mapping.appId(),
                        mapping.id(),
                        mapping.sourceId(),
                        mapping.targetId(),
                        mapping.status(),
                        mapping.appConfig() == null ? null : new Json(mapping.appConfig()),
                        mapping.created(),
                        mapping.lastUpdated()));
    }

    void update(Tx tx, PushMapping mapping) {
        tx.write(
                Sql.of(
                        """
                        UPDATE group_push_mapping SET status = ?, last_updated = ?
                        WHERE org_id = ? AND app_id = ? AND id = ?""",
                        mapping.status(),
                        mapping.lastUpdated(),
                        tx.org(),
                        mapping.appId(),
                        mapping.id()));
    }

    /** Deletes at once: its target may follow. */
    void delete(Tx tx, PushMapping mapping) {
        tx.run(
                Sql.of(
                        """
                        DELETE FROM group_push_mapping
                        WHERE org_id = ? AND app_id = ? AND id = ?""",
                        tx.org(),
                        mapping.appId(),
                        mapping.id()));
    }

    private static PushMapping read(Row row) {
        return new PushMapping(
                row.text("id"),
                row.text("app_id"),
                row.text("source_id"),
                row.text("target_id"),
                PushMapping.Status.valueOf(row.text("status")),
                row.textOrNull("app_config"),
                row.instant("created"),
                row.instant("last_updated"),
                row.instantOrNull("last_push"));
    }
}
