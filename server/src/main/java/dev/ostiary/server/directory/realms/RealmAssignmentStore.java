package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The documents of kind {@code realmAssignment}; the catch-all stands nowhere. Thread-safe. */
final class RealmAssignmentStore {

    private static final Documents DOCUMENTS = new Documents("realmAssignment");

    private static final Sql BY_PRIORITY = Sql.of("(d.body ->> 'priority')::int");

    /** All of an org in their order, the catch-all last. */
    List<RealmAssignment> all(Reader reader, Org org) {
        List<RealmAssignment> all = new ArrayList<>(made(reader));
        all.add(RealmAssignment.catchAll(org));
        return all;
    }

    /** All but the catch-all, in their order. */
    List<RealmAssignment> made(Reader reader) {
        return DOCUMENTS.find(reader, Sql.of("TRUE"), BY_PRIORITY, RealmRule.LAST_PRIORITY).stream()
                .map(RealmAssignmentStore::read)
                .toList();
    }

    Optional<RealmAssignment> find(Reader reader, Org org, String id) {
        return id.equals(RealmAssignment.catchAllId(org))
                ? Optional.of(RealmAssignment.catchAll(org))
                : DOCUMENTS.get(reader, id).map(RealmAssignmentStore::read);
    }

    /** Writes an assignment; the org's row is held, so that nobody else does. */
    void save(Tx tx, RealmAssignment assignment) {
        DOCUMENTS.save(
                tx,
                assignment.id(),
                new dev.ostiary.platform.store.Json(Json.text(assignment.body())),
                assignment.lastUpdated());
    }

    void delete(Tx tx, String id) {
        DOCUMENTS.delete(tx, id);
    }

    private static RealmAssignment read(Document document) {
        return RealmAssignment.of(
                document.id(),
                Json.object(document.body()),
                document.created(),
                document.lastUpdated());
    }
}
