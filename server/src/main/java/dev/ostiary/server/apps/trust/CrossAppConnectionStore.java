package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of {@code app_cross_access}. Thread-safe. */
final class CrossAppConnectionStore {

    /** The constraint that a pair of apps is connected once. */
    static final String CONNECTED = "app_cross_access_pair";

    private static final String COLUMNS =
            "c.id, c.requesting_id, c.resource_id, c.status, c.created, c.last_updated";

    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("c.id", Direction.ASC), PagingErrors.PAGING);

    /**
     * Those of an app.
     *
     * @param filter on {@code c} and the apps {@code q} (requesting) and {@code r} (resource)
     */
    Page<CrossAppConnection> page(Reader reader, String appId, Sql filter, PageRequest request) {
        return BY_ID.page(
                request,
                (beyond, order, most) ->
                        reader.list(
                                Sql.of(
                                                "SELECT "
                                                        + COLUMNS
                                                        + """
                                                           FROM app_cross_access c
                                                          JOIN app q ON q.org_id = c.org_id
                                                              AND q.id = c.requesting_id
                                                          JOIN app r ON r.org_id = c.org_id
                                                              AND r.id = c.resource_id
                                                          WHERE c.org_id = ? AND (c.requesting_id = ?
                                                              OR c.resource_id = ?) AND\
                                                          """,
                                                reader.org(),
                                                appId,
                                                appId)
                                        .then(filter.grouped())
                                        .then("AND")
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", most),
                                CrossAppConnectionStore::read),
                connection -> List.of(Optional.of(connection.id())));
    }

    /** The active apps that active connections lead from an app. */
    static List<String> open(Reader reader, String requestingId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT c.resource_id FROM app_cross_access c
                        JOIN app r ON r.org_id = c.org_id AND r.id = c.resource_id
                        WHERE c.org_id = ? AND c.requesting_id = ?
                            AND c.status = 'ACTIVE' AND r.status = 'ACTIVE'
                        ORDER BY c.id""",
                        reader.org(),
                        requestingId),
                row -> row.text("resource_id"));
    }

    /**
     * A connection of an app, held.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    CrossAppConnection lock(Tx tx, String appId, String id) {
        return find(tx, appId, id, "FOR UPDATE OF c");
    }

    /** As {@link #lock}, to be read alone. */
    CrossAppConnection require(Reader reader, String appId, String id) {
        return find(reader, appId, id, "");
    }

    private static CrossAppConnection find(Reader reader, String appId, String id, String lock) {
        return (Ids.isId(id)
                        ? reader.one(
                                Sql.of(
                                        "SELECT "
                                                + COLUMNS
                                                + " FROM app_cross_access c WHERE c.org_id = ?"
                                                + " AND c.id = ?"
                                                + " AND (c.requesting_id = ? OR c.resource_id = ?) "
                                                + lock,
                                        reader.org(),
                                        id,
                                        appId,
                                        appId),
                                CrossAppConnectionStore::read)
                        : Optional.<CrossAppConnection>empty())
                .orElseThrow(() -> ApiException.notFound(id, CrossAppConnection.TYPE));
    }

    void insert(Tx tx, CrossAppConnection connection) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO app_cross_access (org_id, id, requesting_id, resource_id,
                            status, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        connection.id(),
                        connection.requestingId(),
                        connection.resourceId(),
                        connection.status(),
                        connection.created(),
                        connection.lastUpdated()));
    }

    void update(Tx tx, CrossAppConnection connection) {
        tx.write(
                Sql.of(
                        """
                        UPDATE app_cross_access SET status = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        connection.status(),
                        connection.lastUpdated(),
                        tx.org(),
                        connection.id()));
    }

    void delete(Tx tx, CrossAppConnection connection) {
        tx.write(
                Sql.of(
                        "DELETE FROM app_cross_access WHERE org_id = ? AND id = ?",
                        tx.org(),
                        connection.id()));
    }

    private static CrossAppConnection read(Row row) {
        return new CrossAppConnection(
                row.text("id"),
                row.text("requesting_id"),
                row.text("resource_id"),
                CrossAppConnection.Status.valueOf(row.text("status")),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
