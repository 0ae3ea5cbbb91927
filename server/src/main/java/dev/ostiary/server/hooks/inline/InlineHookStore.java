package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents of kind {@code inlineHook}; beside the hook they hold its secret, encrypted. */
final class InlineHookStore {

    private static final Documents DOCUMENTS = new Documents("inlineHook");

    /** A hook with the ciphertext of its secret, if it has one. */
    record Kept(InlineHook hook, Optional<byte[]> secret) {}

    Optional<Kept> find(Reader reader, String id) {
        return DOCUMENTS.get(reader, id).map(InlineHookStore::kept);
    }

    Optional<Kept> lock(Tx tx, String id) {
        return DOCUMENTS.lock(tx, id).map(InlineHookStore::kept);
    }

    List<InlineHook> list(Reader reader, Optional<HookType> type, int atMost) {
        Sql condition =
                type.map(only -> Sql.of("d.body ->> 'type' = ?", only.wire()))
                        .orElse(Sql.of("TRUE"));
        return DOCUMENTS.find(reader, condition, Sql.of("d.id"), atMost).stream()
                .map(row -> kept(row).hook())
                .toList();
    }

    int count(Reader reader, int atMost) {
        return DOCUMENTS.page(reader, "", atMost).size();
    }

    /** Whether a hook of the reader's org signs with a key. */
    boolean anyUses(Reader reader, String hookKeyId) {
        return !DOCUMENTS
                .find(
                        reader,
                        Sql.of("d.body #>> '{channel,config,hookKeyId}' = ?", hookKeyId),
                        Sql.of("d.id"),
                        1)
                .isEmpty();
    }

    void insert(Tx tx, Kept kept) {
        DOCUMENTS.insert(tx, kept.hook().id(), body(kept), kept.hook().created());
    }

    void update(Tx tx, Kept kept) {
        DOCUMENTS.put(tx, kept.hook().id(), body(kept), kept.hook().lastUpdated());
    }

    void delete(Tx tx, String id) {
        DOCUMENTS.delete(tx, id);
    }

    private static dev.ostiary.platform.store.Json body(Kept kept) {
        byte[] text =
                Json.bytes(
                        out -> {
                            out.writeStartObject();
                            kept.hook().writeFields(out);
                            kept.secret()
                                    .ifPresent(
                                            bytes ->
                                                    out.writeStringProperty(
                                                            "sealed",
                                                            Base64.getEncoder()
                                                                    .encodeToString(bytes)));
                            out.writeEndObject();
                        });
        return dev.ostiary.platform.store.Json.ofUtf8(text);
    }

    private static Kept kept(Document row) {
        ObjectNode body = Json.object(row.body());
        Reading reading = new Reading();
        Optional<Channel> channel =
                ChannelJson.read(
                        body.get("channel"), Path.root("inlineHook").field("channel"), reading);
        reading.finish();
        JsonNode sealed = body.get("sealed");
        return new Kept(
                new InlineHook(
                        row.id(),
                        body.path("name").stringValue(),
                        HookType.of(body.path("type").stringValue()).orElseThrow(),
                        body.path("version").stringValue(),
                        body.path("status").stringValue().equals("ACTIVE"),
                        channel.orElseThrow(),
                        row.created(),
                        row.lastUpdated()),
                sealed == null
                        ? Optional.empty()
                        : Optional.of(Base64.getDecoder().decode(sealed.stringValue())));
    }
}
