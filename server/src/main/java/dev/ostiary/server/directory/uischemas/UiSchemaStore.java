package dev.ostiary.server.directory.uischemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.List;

/** The documents of kind {@code uiSchema}. */
final class UiSchemaStore {

    /** There is no paging (WIRE, "Lists and pages"), so there is a limit. */
    static final int MOST = 200;

    private static final Documents DOCUMENTS = new Documents("uiSchema");

    List<UiSchema> all(Reader reader) {
        return DOCUMENTS.page(reader, "", MOST).stream().map(UiSchemaStore::read).toList();
    }

    static boolean has(Reader reader, String id) {
        return DOCUMENTS.get(reader, id).isPresent();
    }

    UiSchema require(Reader reader, String id) {
        return DOCUMENTS.get(reader, id).map(UiSchemaStore::read).orElseThrow(() -> unknown(id));
    }

    /** The row, to be held until the end of the transaction. */
    UiSchema lock(Tx tx, String id) {
        return DOCUMENTS.lock(tx, id).map(UiSchemaStore::read).orElseThrow(() -> unknown(id));
    }

    void insert(Tx tx, UiSchema schema) {
        DOCUMENTS.insert(tx, schema.id(), json(schema), schema.created());
    }

    void update(Tx tx, UiSchema schema) {
        DOCUMENTS.put(tx, schema.id(), json(schema), schema.lastUpdated());
    }

    void delete(Tx tx, UiSchema schema) {
        DOCUMENTS.delete(tx, schema.id());
    }

    private static dev.ostiary.platform.store.Json json(UiSchema schema) {
        byte[] text = Json.bytes(out -> UiSchema.BODY.write(out, new UiSchema.Body(schema.form())));
        return dev.ostiary.platform.store.Json.ofUtf8(text);
    }

    private static UiSchema read(Document document) {
        return new UiSchema(
                document.id(),
                UiSchema.BODY.decode(Json.object(document.body())).uiSchema(),
                document.created(),
                document.lastUpdated());
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, UiSchema.TYPE);
    }
}
