package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Documents;
import dev.ostiary.platform.store.Documents.Document;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behaviours as documents. A default one has a row once somebody changed it; where it was deleted,
 * the row says so.
 *
 * <p>Who writes has raised the version of the area before and so is alone in the org.
 */
final class BehaviourStore {

    /** An org keeps this many beside the default ones; each sign-in is judged by all. */
    static final int MOST = 200;

    private static final Documents DOCUMENTS = new Documents("behavior");
    private static final String GONE = "{\"gone\":true}";

    /** Every behaviour, in the order of their names. */
    List<Behaviour> all(Reader reader, Org org) {
        return merged(org, rows(reader));
    }

    /** What an org has changed, made and deleted. */
    List<Document> rows(Reader reader) {
        return DOCUMENTS.page(reader, "", MOST + DefaultBehaviour.values().length);
    }

    /** Every behaviour of an org with these rows, in the order of their names. */
    List<Behaviour> merged(Org org, List<Document> rows) {
        List<Behaviour> all = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        for (Document row : rows) {
            touched.add(row.id());
            behaviour(org, row).ifPresent(all::add);
        }
        for (DefaultBehaviour standard : DefaultBehaviour.values()) {
            if (!touched.contains(standard.id(org))) {
                all.add(standard.untouched(org));
            }
        }
        all.sort(Comparator.comparing(Behaviour::name));
        return all;
    }

    Optional<Behaviour> find(Reader reader, Org org, String id) {
        Optional<Document> row = DOCUMENTS.get(reader, id);
        return row.isPresent()
                ? behaviour(org, row.get())
                : DefaultBehaviour.of(org, id).map(standard -> standard.untouched(org));
    }

    /** Writes one, whether it has a row or not. */
    void save(Tx tx, Behaviour behaviour) {
        DOCUMENTS.save(
                tx,
                behaviour.id(),
                dev.ostiary.platform.store.Json.ofUtf8(Json.bytes(behaviour::writeKept)),
                behaviour.lastUpdated());
    }

    void delete(Tx tx, Org org, Behaviour behaviour) {
        if (DefaultBehaviour.of(org, behaviour.id()).isPresent()) {
            DOCUMENTS.save(
                    tx,
                    behaviour.id(),
                    new dev.ostiary.platform.store.Json(GONE),
                    behaviour.lastUpdated());
        } else {
            DOCUMENTS.delete(tx, behaviour.id());
        }
    }

    private static Optional<Behaviour> behaviour(Org org, Document row) {
        ObjectNode body = Json.object(row.body());
        if (body.has("gone")) {
            return Optional.empty();
        }
        Reading reading = new Reading();
        Optional<? extends Measure> measure =
                BehaviourBody.measure(
                        Measure.Kind.valueOf(body.path("type").stringValue()),
                        body.get("settings"),
                        reading);
        reading.finish();
        return Optional.of(
                new Behaviour(
                        row.id(),
                        body.path("name").stringValue(),
                        body.path("status").stringValue().equals("ACTIVE"),
                        measure.orElseThrow(),
                        DefaultBehaviour.of(org, row.id()).isPresent()
                                ? org.created()
                                : row.created(),
                        row.lastUpdated()));
    }
}
