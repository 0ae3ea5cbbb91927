package dev.ostiary.server.hooks.keys;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Documents of kind {@code hookKey}; a unique index stands on the name without case. */
final class HookKeyStore {

    private static final Documents DOCUMENTS = new Documents("hookKey");

    Optional<HookKey> find(Reader reader, String id) {
        return DOCUMENTS.get(reader, id).map(HookKeyStore::key);
    }

    Optional<HookKey> lock(Tx tx, String id) {
        return DOCUMENTS.lock(tx, id).map(HookKeyStore::key);
    }

    Optional<HookKey> byKeyId(Reader reader, String keyId) {
        return DOCUMENTS
                .find(reader, Sql.of("d.body ->> 'keyId' = ?", keyId), Sql.of("d.id"), 1)
                .stream()
                .map(HookKeyStore::key)
                .findFirst();
    }

    List<HookKey> all(Reader reader, int atMost) {
        return DOCUMENTS.page(reader, "", atMost).stream().map(HookKeyStore::key).toList();
    }

    void insert(Tx tx, HookKey key) {
        DOCUMENTS.insert(tx, key.id(), body(key), key.created());
    }

    void update(Tx tx, HookKey key) {
        DOCUMENTS.put(tx, key.id(), body(key), key.lastUpdated());
    }

    void delete(Tx tx, String id) {
        DOCUMENTS.delete(tx, id);
    }

    private static dev.ostiary.platform.store.Json body(HookKey key) {
        ObjectNode body =
                Json.object()
                        .put("name", key.name())
                        .put("nameKey", CaseFold.fold(key.name()))
                        .put("keyId", key.keyId())
                        .put("n", key.n())
                        .put("e", key.e())
                        .put("sealed", Base64.getEncoder().encodeToString(key.sealed()));
        return new dev.ostiary.platform.store.Json(Json.text(body));
    }

    private static HookKey key(Document row) {
        ObjectNode body = Json.object(row.body());
        return new HookKey(
                row.id(),
                body.path("keyId").stringValue(),
                body.path("name").stringValue(),
                body.path("n").stringValue(),
                body.path("e").stringValue(),
                Base64.getDecoder().decode(body.path("sealed").stringValue()),
                row.created(),
                row.lastUpdated());
    }
}
