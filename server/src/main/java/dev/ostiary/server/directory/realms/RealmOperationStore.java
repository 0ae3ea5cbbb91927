package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.json.Json;
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

/** The table of runs. Thread-safe. */
final class RealmOperationStore {

    /** Runs that an org keeps (listRealmAssignmentOperations: "the upper limit is 200"). */
    private static final int KEPT = 200;

    private static final int OPEN_AT_ONCE = 50;

    private static final String COLUMNS =
            "id, assignment_id, body, status, created, started, completed, seen_id, moved";

    private static final Keyset NEWEST_FIRST =
            Keyset.byId(SortKey.id("id", Direction.DESC), PagingErrors.PAGING);

    /**
     * A run that is not over, and its org.
     *
     * @param job the transaction that its events name
     */
    record Open(long org, String id, String job) {}

    /** A page of an org's runs, the newest first. */
    Page<RealmOperation> page(Reader reader, PageRequest request) {
        return NEWEST_FIRST.page(
                request,
                (beyond, order, atMost) ->
                        reader.list(
                                Sql.of(
                                                "SELECT "
                                                        + COLUMNS
                                                        + " FROM realm_operation WHERE org_id = ? AND",
                                                reader.org())
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", atMost),
                                RealmOperationStore::operation),
                operation -> List.of(Optional.of(operation.id())));
    }

    /** Adds a run; of those that are over the oldest go when there are too many. */
    void insert(Tx tx, RealmOperation operation) {
        tx.run(
                Sql.of(
                        """
                        DELETE FROM realm_operation WHERE org_id = ? AND completed IS NOT NULL
                          AND id <= (SELECT id FROM realm_operation WHERE org_id = ?
                            ORDER BY id DESC OFFSET ? LIMIT 1)""",
                        tx.org(),
                        tx.org(),
                        KEPT - 1));
        tx.write(
                Sql.of(
                        """
                        INSERT INTO realm_operation (org_id, id, assignment_id, body, status,
                            created, seen_id, moved)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                        tx.org(),
                        operation.id(),
                        operation.what().assignmentId(),
                        new dev.ostiary.platform.store.Json(Json.text(operation.what().body())),
                        operation.status(),
                        operation.created(),
                        operation.seenId(),
                        operation.moved()));
    }

    /** The runs of all orgs that are not over, those that wait for the longest time first. */
    List<Open> open(Tx acrossOrgs) {
        return acrossOrgs.list(
                Sql.of(
                        "SELECT org_id, id, body ->> 'job' AS job FROM realm_operation"
                                + " WHERE completed IS NULL"
                                + " ORDER BY created LIMIT ?",
                        OPEN_AT_ONCE),
                row -> new Open(row.number("org_id"), row.text("id"), row.text("job")));
    }

    /** The run, if it is not over and nobody else is at it; held until the transaction ends. */
    Optional<RealmOperation> claim(Tx tx, String id) {
        return tx.one(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM realm_operation WHERE org_id = ? AND id = ?"
                                + " AND completed IS NULL FOR UPDATE SKIP LOCKED",
                        tx.org(),
                        id),
                RealmOperationStore::operation);
    }

    /** Writes how far a run has come. */
    void update(Tx tx, RealmOperation operation) {
        tx.write(
                Sql.of(
                        """
                        UPDATE realm_operation SET status = ?, started = ?::timestamptz,
                            completed = ?::timestamptz, seen_id = ?, moved = ?
                        WHERE org_id = ? AND id = ?""",
                        operation.status(),
                        operation.started(),
                        operation.completed(),
                        operation.seenId(),
                        operation.moved(),
                        tx.org(),
                        operation.id()));
    }

    private static RealmOperation operation(Row row) {
        return new RealmOperation(
                row.text("id"),
                RealmOperation.What.of(row.text("assignment_id"), Json.object(row.json("body"))),
                RealmOperation.Status.valueOf(row.text("status")),
                row.instant("created"),
                row.instantOrNull("started"),
                row.instantOrNull("completed"),
                row.text("seen_id"),
                row.number("moved"));
    }
}
