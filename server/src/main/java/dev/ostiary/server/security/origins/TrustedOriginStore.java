package dev.ostiary.server.security.origins;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.security.origins.TrustedOrigin.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of kind {@code trustedOrigin}. Beside what the wire shows, a body holds two keys
 * that are made once, at writing: {@code originKey}, the origin as browsers write it, and {@code
 * nameKey}, the name without case. Unique indexes stand on both.
 */
final class TrustedOriginStore {

    private static final Documents DOCUMENTS = new Documents("trustedOrigin");

    /** The row, to be held until the end of the transaction. */
    TrustedOrigin lock(Tx tx, String id) {
        return DOCUMENTS.lock(tx, id).map(TrustedOriginStore::read).orElseThrow(() -> unknown(id));
    }

    TrustedOrigin require(Reader reader, String id) {
        return DOCUMENTS
                .get(reader, id)
                .map(TrustedOriginStore::read)
                .orElseThrow(() -> unknown(id));
    }

    void insert(Tx tx, TrustedOrigin origin) {
        DOCUMENTS.insert(tx, origin.id(), body(origin), origin.created());
    }

    /** Writes a row that is {@linkplain #lock held}. */
    void update(Tx tx, TrustedOrigin origin) {
        DOCUMENTS.put(tx, origin.id(), body(origin), origin.lastUpdated());
    }

    void delete(Tx tx, TrustedOrigin origin) {
        DOCUMENTS.delete(tx, origin.id());
    }

    /** Rows for which a condition on the document {@code d} holds. */
    List<TrustedOrigin> find(Reader reader, Sql condition, Sql order, int atMost) {
        return DOCUMENTS.find(reader, condition, order, atMost).stream()
                .map(TrustedOriginStore::read)
                .toList();
    }

    /** The origins, as browsers write them, that are active and trusted for CORS. */
    List<String> trustedForCors(Reader reader) {
        return trusted(reader, "[{\"type\": \"CORS\"}]");
    }

    /** The origins that are active and trusted for redirects. */
    List<String> trustedForRedirects(Reader reader) {
        return trusted(reader, "[{\"type\": \"REDIRECT\"}]");
    }

    private static List<String> trusted(Reader reader, String scope) {
        return reader.list(
                Sql.of(
                        """
                        SELECT body ->> 'originKey' AS origin FROM document
                        WHERE org_id = ? AND kind = 'trustedOrigin' AND body ->> 'status' = 'ACTIVE'
                          AND body -> 'scopes' @> ?::jsonb""",
                        reader.org(),
                        scope),
                row -> row.text("origin"));
    }

    private static dev.ostiary.platform.store.Json body(TrustedOrigin origin) {
        byte[] text =
                Json.bytes(
                        out -> {
                            out.writeStartObject();
                            TrustedOrigin.LISTING.writeFields(out, origin.listing());
                            out.writeStringProperty("originKey", origin.listing().canonical());
                            out.writeStringProperty(
                                    "nameKey", CaseFold.fold(origin.listing().name()));
                            out.writeStringProperty("status", origin.status().name());
                            by(out, "createdBy", origin.createdBy());
                            by(out, "lastUpdatedBy", origin.lastUpdatedBy());
                            out.writeEndObject();
                        });
        return dev.ostiary.platform.store.Json.ofUtf8(text);
    }

    private static void by(JsonGenerator out, String name, @Nullable String userId) {
        if (userId != null) {
            out.writeStringProperty(name, userId);
        }
    }

    private static TrustedOrigin read(Document document) {
        ObjectNode body = Json.object(document.body());
        return new TrustedOrigin(
                document.id(),
                TrustedOrigin.LISTING.decode(body),
                Status.valueOf(body.path("status").asString()),
                document.created(),
                text(body, "createdBy"),
                document.lastUpdated(),
                text(body, "lastUpdatedBy"));
    }

    private static @Nullable String text(ObjectNode body, String name) {
        return Optional.ofNullable(body.get(name)).map(node -> node.stringValue()).orElse(null);
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, "TrustedOrigin");
    }
}
