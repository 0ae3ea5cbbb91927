package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.hooks.events.EventHookStore.Kept;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code event_hook}, as deliveries move them on. Thread-safe.
 *
 * <p>Whoever claims a row puts its {@code due} off until well after the delivery must have ended,
 * in a short statement of its own: so nothing is held while a receiver thinks, no two nodes deliver
 * the same, and what a dead node had begun is made again when the time has passed. Every statement
 * names the place that it starts from, so that it does nothing where somebody else was faster.
 */
final class DeliveryStore {

    private final Database database;

    DeliveryStore(Database database) {
        this.database = database;
    }

    /**
     * A hook to look at.
     *
     * @param batch a delivery that somebody began and did not live to end; null for none
     */
    record Due(long org, Kept kept, long position, @Nullable Batch batch) {
        String id() {
            return kept.hook().id();
        }
    }

    /**
     * A delivery.
     *
     * @param end the number of its last event
     * @param id the same however often it is made
     */
    record Batch(long end, String id) {}

    /** Hooks of all orgs that it is time to look at. */
    List<Due> due(Instant now, int atMost) {
        return database.acrossOrgs(
                tx ->
                        tx.list(
                                Sql.of(
                                        """
                                        SELECT * FROM event_hook
                                        WHERE active AND verified AND due <= ?
                                        ORDER BY due LIMIT ?""",
                                        now,
                                        atMost),
                                DeliveryStore::due));
    }

    /** Goes past events that a hook does not get. */
    void pass(Due hook, long position) {
        database.write(
                hook.org(),
                tx ->
                        tx.run(
                                Sql.of(
                                        """
                                        UPDATE event_hook SET position = ?
                                        WHERE org_id = ? AND id = ? AND position = ?
                                          AND batch_end IS NULL""",
                                        position,
                                        hook.org(),
                                        hook.id(),
                                        hook.position())));
    }

    /** Whether a delivery is ours to make until a time. */
    boolean claim(Due hook, Batch batch, Instant now, Instant until) {
        return database.write(
                        hook.org(),
                        tx ->
                                tx.run(
                                        Sql.of(
                                                """
                                                UPDATE event_hook
                                                SET batch_end = ?, batch_id = ?, due = ?
                                                WHERE org_id = ? AND id = ? AND position = ?
                                                  AND due <= ? AND active AND verified
                                                  AND batch_id IS NOT DISTINCT FROM ?::text""",
                                                batch.end(),
                                                batch.id(),
                                                until,
                                                hook.org(),
                                                hook.id(),
                                                hook.position(),
                                                now,
                                                hook.batch() == null ? null : hook.batch().id())))
                == 1;
    }

    /**
     * A delivery is over, well or not; what the log has to say of it is in the same transaction.
     */
    void finish(Due hook, Batch batch, Instant now, Consumer<Tx> log) {
        database.write(
                hook.org(),
                tx -> {
                    int rows =
                            tx.run(
                                    Sql.of(
                                            """
                                            UPDATE event_hook SET position = batch_end,
                                                batch_end = NULL, batch_id = NULL, due = ?
                                            WHERE org_id = ? AND id = ? AND batch_id = ?""",
                                            now,
                                            hook.org(),
                                            hook.id(),
                                            batch.id()));
                    if (rows == 1) {
                        log.accept(tx);
                    }
                    return rows;
                });
    }

    private static Due due(Row row) {
        Long end = row.numberOrNull("batch_end");
        String id = row.textOrNull("batch_id");
        return new Due(
                row.number("org_id"),
                EventHookStore.kept(row),
                row.number("position"),
                end == null || id == null ? null : new Batch(end, id));
    }
}
