package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/**
 * The documents of kind {@code schema}. The schemas that an org is born with stand here once they
 * were changed; that of another user type from the type's first day.
 */
final class SchemaStore {

    private static final Documents DOCUMENTS = new Documents("schema");

    /** More than user types and groups have. */
    private static final int MOST = 100;

    /** What the schema of the default user type is called. */
    private static final String DEFAULT_TITLE = "User";

    List<StoredSchema> all(Reader reader) {
        return DOCUMENTS.page(reader, "", MOST).stream().map(SchemaStore::read).toList();
    }

    Optional<StoredSchema> find(Reader reader, Org org, String id) {
        return DOCUMENTS.get(reader, id).map(SchemaStore::read).or(() -> born(org, id));
    }

    /** The schema, which nobody else changes before the transaction ends: the org's row is held. */
    Optional<StoredSchema> held(Tx tx, Org org, String id) {
        return DOCUMENTS.lock(tx, id).map(SchemaStore::read).or(() -> born(org, id));
    }

    void insert(Tx tx, StoredSchema schema) {
        DOCUMENTS.insert(tx, schema.id(), json(schema), schema.created());
    }

    /** Writes a schema that was {@linkplain #held held}. */
    void save(Tx tx, StoredSchema schema) {
        DOCUMENTS.save(tx, schema.id(), json(schema), schema.lastUpdated());
    }

    void delete(Tx tx, String id) {
        DOCUMENTS.delete(tx, id);
    }

    /** The schemas that every org has. */
    static Optional<StoredSchema> born(Org org, String id) {
        if (id.equals(StoredSchema.GROUP)) {
            return Optional.of(StoredSchema.untouched(id, "group", "Okta group", org.created()));
        }
        return id.equals(SchemaSet.defaultId(org))
                ? Optional.of(StoredSchema.untouched(id, "user", DEFAULT_TITLE, org.created()))
                : Optional.empty();
    }

    private static dev.ostiary.platform.store.Json json(StoredSchema schema) {
        return new dev.ostiary.platform.store.Json(Json.text(schema.body()));
    }

    private static StoredSchema read(Document document) {
        return StoredSchema.of(
                document.id(),
                Json.object(document.body()),
                document.created(),
                document.lastUpdated());
    }
}
