package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The documents of kind {@code aaguid}. Whoever writes holds the org's row. Thread-safe. */
final class AaguidStore {

    /** An org knows as many models. */
    static final int MOST = 100;

    private static final Documents DOCUMENTS = new Documents("aaguid");

    List<Aaguid> all(Reader reader) {
        return DOCUMENTS.page(reader, "", MOST).stream().map(AaguidStore::read).toList();
    }

    Optional<Aaguid> find(Reader reader, UUID aaguid) {
        return DOCUMENTS.get(reader, aaguid.toString()).map(AaguidStore::read);
    }

    void save(Tx tx, Aaguid model, Instant now) {
        DOCUMENTS.save(
                tx,
                model.aaguid().toString(),
                new dev.ostiary.platform.store.Json(Json.text(model.body())),
                now);
    }

    boolean delete(Tx tx, UUID aaguid) {
        return DOCUMENTS.delete(tx, aaguid.toString());
    }

    private static Aaguid read(Document document) {
        return new Aaguid(UUID.fromString(document.id()), Json.object(document.body()));
    }
}
