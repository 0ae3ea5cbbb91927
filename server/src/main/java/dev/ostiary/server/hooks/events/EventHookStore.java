package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code event_hook}, as the API changes them. */
final class EventHookStore {

    private static final String COLUMNS =
            "id, active, verified, body, secret, source, created_by, created, last_updated";

    /**
     * A hook with what only deliveries need.
     *
     * @param secret the ciphertext of its secret, if it has one
     * @param source its own URL, as its maker reached this server
     */
    record Kept(EventHook hook, Optional<byte[]> secret, String source) {}

    Optional<Kept> find(Reader reader, String id) {
        return reader.one(byId(reader, id), EventHookStore::kept);
    }

    Optional<Kept> lock(Tx tx, String id) {
        return tx.one(byId(tx, id).then("FOR UPDATE"), EventHookStore::kept);
    }

    private static Sql byId(Reader reader, String id) {
        return Sql.of(
                "SELECT " + COLUMNS + " FROM event_hook WHERE org_id = ? AND id = ?",
                reader.org(),
                id);
    }

    List<EventHook> all(Reader reader, int atMost) {
        return reader.list(
                Sql.of(
                        "SELECT "
                                + COLUMNS
                                + " FROM event_hook WHERE org_id = ? ORDER BY id LIMIT ?",
                        reader.org(),
                        atMost),
                row -> kept(row).hook());
    }

    int count(Reader reader) {
        return reader.one(
                        Sql.of(
                                "SELECT count(*) AS n FROM event_hook WHERE org_id = ?",
                                reader.org()),
                        row -> (int) row.number("n"))
                .orElse(0);
    }

    /** How many hooks other than this one events go to. */
    int othersThatReceive(Reader reader, String id) {
        return reader.one(
                        Sql.of(
                                "SELECT count(*) AS n FROM event_hook"
                                        + " WHERE org_id = ? AND id <> ? AND active AND verified",
                                reader.org(),
                                id),
                        row -> (int) row.number("n"))
                .orElse(0);
    }

    void insert(Tx tx, Kept kept) {
        EventHook hook = kept.hook();
        tx.write(
                Sql.of(
                        """
                        INSERT INTO event_hook (org_id, id, active, verified, body, secret, source,
                            created_by, created, last_updated, position, due)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)""",
                        tx.org(),
                        hook.id(),
                        hook.active(),
                        hook.verified(),
                        body(hook),
                        kept.secret().orElse(null),
                        kept.source(),
                        hook.createdBy(),
                        hook.created(),
                        hook.lastUpdated(),
                        hook.created()));
    }

    void update(Tx tx, Kept kept) {
        EventHook hook = kept.hook();
        tx.write(
                Sql.of(
                        """
                        UPDATE event_hook SET active = ?, verified = ?, body = ?, secret = ?,
                            source = ?, last_updated = ? WHERE org_id = ? AND id = ?""",
                        hook.active(),
                        hook.verified(),
                        body(hook),
                        kept.secret().orElse(null),
                        kept.source(),
                        hook.lastUpdated(),
                        tx.org(),
                        hook.id()));
    }

    /** From here on the hook gets events; what it had begun it does not finish. */
    void begin(Tx tx, String id, long position, Instant now) {
        tx.run(
                Sql.of(
                        """
                        UPDATE event_hook
                        SET position = ?, batch_end = NULL, batch_id = NULL, due = ?
                        WHERE org_id = ? AND id = ?""",
                        position,
                        now,
                        tx.org(),
                        id));
    }

    void delete(Tx tx, String id) {
        tx.write(Sql.of("DELETE FROM event_hook WHERE org_id = ? AND id = ?", tx.org(), id));
    }

    private static dev.ostiary.platform.store.Json body(EventHook hook) {
        return dev.ostiary.platform.store.Json.ofUtf8(
                Json.bytes(out -> EventHookBody.SHAPE.write(out, hook.listing())));
    }

    static Kept kept(Row row) {
        byte[] secret = row.bytesOrNull("secret");
        return new Kept(
                new EventHook(
                        row.text("id"),
                        EventHookBody.SHAPE.decode(Json.object(row.json("body"))),
                        row.flag("active"),
                        row.flag("verified"),
                        row.textOrNull("created_by"),
                        row.instant("created"),
                        row.instant("last_updated")),
                Optional.ofNullable(secret),
                row.text("source"));
    }
}
