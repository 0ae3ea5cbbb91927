package dev.ostiary.server.customization.pictures;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code picture}. Thread-safe. */
final class PictureStore {

    /** A picture as it is served. */
    record Kept(String type, byte[] bytes) {}

    Optional<Kept> find(Reader reader, String name) {
        return reader.one(
                Sql.of(
                        "SELECT type, bytes FROM picture WHERE org_id = ? AND name = ?",
                        reader.org(),
                        name),
                row -> new Kept(row.text("type"), row.bytes("bytes")));
    }

    /** The names of the pictures that owners have, by owner. */
    Map<String, String> names(Reader reader, Collection<String> owners) {
        Map<String, String> names = new HashMap<>();
        reader.list(
                        Sql.of(
                                "SELECT owner, name FROM picture WHERE org_id = ? AND owner = ANY(?)",
                                reader.org(),
                                owners),
                        row -> Map.entry(row.text("owner"), row.text("name")))
                .forEach(each -> names.put(each.getKey(), each.getValue()));
        return names;
    }

    /** Gives an owner a picture instead of the one that it had. */
    void put(Tx tx, String owner, String name, Picture picture, Instant now) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO picture (org_id, name, owner, type, bytes, created)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (org_id, owner) DO UPDATE SET name = excluded.name,
                            type = excluded.type, bytes = excluded.bytes,
                            created = excluded.created""",
                        tx.org(),
                        name,
                        owner,
                        picture.kind().mediaType(),
                        picture.bytes(),
                        now));
    }

    /** Whether there was one. */
    boolean delete(Tx tx, String owner) {
        return tx.run(Sql.of("DELETE FROM picture WHERE org_id = ? AND owner = ?", tx.org(), owner))
                > 0;
    }
}
