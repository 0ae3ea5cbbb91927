package dev.ostiary.server.transfer;

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
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of {@code bulk_import} and {@code bulk_import_seen}. */
final class BulkImportStore {

    /** One of a name is open. */
    static final String IS_OPEN = "bulk_import_open";

    private static final String TYPE = "Import";

    private static final String COLUMNS =
            "id, name, dry_run, texts, existing, status, position, digest, users, groups,"
                    + " memberships, updated, skipped, bad, created, last_updated";

    private static final Keyset NEWEST_FIRST =
            Keyset.byId(SortKey.id("id", Direction.DESC), PagingErrors.PAGING);

    Page<BulkImport> page(Reader reader, PageRequest asked) {
        return NEWEST_FIRST.page(
                asked,
                (beyond, order, atMost) ->
                        reader.list(
                                Sql.of("SELECT " + COLUMNS + " FROM bulk_import")
                                        .then("WHERE org_id = ? AND", reader.org())
                                        .then(beyond)
                                        .then("ORDER BY")
                                        .then(order)
                                        .then("LIMIT ?", atMost),
                                BulkImportStore::read),
                each -> List.of(Optional.of(each.id())));
    }

    /**
     * The import of an id.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    BulkImport require(Reader reader, String id) {
        return require(reader, id, "");
    }

    /** As {@link #require}, and nobody else goes on with it before the transaction ends. */
    BulkImport lock(Tx tx, String id) {
        return require(tx, id, "FOR UPDATE");
    }

    private static BulkImport require(Reader reader, String id, String lock) {
        Optional<BulkImport> found =
                Ids.isId(id) ? one(reader, Sql.of("AND id = ?", id).then(lock)) : Optional.empty();
        return found.orElseThrow(() -> ApiException.notFound(id, TYPE));
    }

    /** The one of a name that is under way. */
    Optional<BulkImport> open(Reader reader, String name, boolean dryRun) {
        return one(
                reader, Sql.of("AND name = ? AND dry_run = ? AND status = 'OPEN'", name, dryRun));
    }

    private static Optional<BulkImport> one(Reader reader, Sql which) {
        return reader.one(
                Sql.of("SELECT " + COLUMNS + " FROM bulk_import WHERE org_id = ?", reader.org())
                        .then(which),
                BulkImportStore::read);
    }

    void insert(Tx tx, BulkImport made) {
        tx.write(
                Sql.of(
                        "INSERT INTO bulk_import (org_id, "
                                + COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        tx.org(),
                        made.id(),
                        made.name(),
                        made.options().dryRun(),
                        made.options().texts(),
                        made.options().existing(),
                        made.status(),
                        made.position(),
                        made.digest(),
                        made.counts().users(),
                        made.counts().groups(),
                        made.counts().memberships(),
                        made.counts().updated(),
                        made.counts().skipped(),
                        made.counts().bad(),
                        made.created(),
                        made.lastUpdated()));
    }

    /** Writes how far one that is locked has come. */
    void update(Tx tx, BulkImport after) {
        tx.write(
                Sql.of(
                        """
                        UPDATE bulk_import SET status = ?, position = ?, digest = ?, users = ?,
                            groups = ?, memberships = ?, updated = ?, skipped = ?, bad = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        after.status(),
                        after.position(),
                        after.digest(),
                        after.counts().users(),
                        after.counts().groups(),
                        after.counts().memberships(),
                        after.counts().updated(),
                        after.counts().skipped(),
                        after.counts().bad(),
                        after.lastUpdated(),
                        tx.org(),
                        after.id()));
    }

    /** Removes one at once, so that another of its name can be made. */
    void delete(Tx tx, String id) {
        tx.run(Sql.of("DELETE FROM bulk_import WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    /** Those of the keys that earlier lines of a dry run have seen. */
    Set<String> seen(Reader reader, String importId, String kind, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(
                reader.list(
                        Sql.of(
                                """
                                SELECT convert_from(key, 'UTF8') AS key FROM bulk_import_seen
                                WHERE org_id = ? AND import_id = ? AND kind = ? AND key = ANY(?)""",
                                reader.org(),
                                importId,
                                kind,
                                bytes(keys)),
                        row -> row.text("key")));
    }

    /** Remembers keys for later lines of a dry run. */
    void see(Tx tx, String importId, String kind, Collection<String> keys) {
        if (!keys.isEmpty()) {
            tx.write(
                    Sql.of(
                            """
                            INSERT INTO bulk_import_seen (org_id, import_id, kind, key)
                            SELECT ?::bigint, ?::text, ?::text, unnest(?::bytea[])
                            ON CONFLICT DO NOTHING""",
                            tx.org(),
                            importId,
                            kind,
                            bytes(keys)));
        }
    }

    /** Forgets what a dry run has seen. */
    void forget(Tx tx, String importId) {
        tx.write(
                Sql.of(
                        "DELETE FROM bulk_import_seen WHERE org_id = ? AND import_id = ?",
                        tx.org(),
                        importId));
    }

    private static List<byte[]> bytes(Collection<String> keys) {
        return keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static BulkImport read(Row row) {
        return new BulkImport(
                row.text("id"),
                row.text("name"),
                new BulkImport.Options(
                        row.flag("dry_run"),
                        row.flag("texts"),
                        BulkImport.Existing.valueOf(row.text("existing"))),
                BulkImport.Status.valueOf(row.text("status")),
                row.number("position"),
                row.bytes("digest"),
                new BulkImport.Counts(
                        row.number("users"),
                        row.number("groups"),
                        row.number("memberships"),
                        row.number("updated"),
                        row.number("skipped"),
                        row.number("bad")),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
