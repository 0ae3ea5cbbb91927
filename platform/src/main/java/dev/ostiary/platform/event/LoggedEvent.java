package dev.ostiary.platform.event;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.store.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it.
 *
 * @param seq its place in the org's log; null if nobody has followed the log so far yet
 * @param published the org's clock
 * @param recordedAt the wall clock
 * @param body the whole event as JSON, in no particular order and without nulls; {@link EventOrder}
 *     gives it the original's
 */
public record LoggedEvent(
        @Nullable Long seq,
        UUID uuid,
        Instant published,
        Instant recordedAt,
        String eventType,
        @Nullable String actorId,
        String body) {

    /** What a body looks like once it is shown. */
    public static final Schema SCHEMA = EventSchema.EVENT;

    /** What a statement selects to make {@link #of} work; of table {@code system_log}. */
    public static final String COLUMNS =
            "seq, uuid, published, recorded_at, event_type, actor_id, body";

    /** Reads a row that has {@link #COLUMNS}. */
    public static LoggedEvent of(Row row) {
        return new LoggedEvent(
                row.numberOrNull("seq"),
                row.uuid("uuid"),
                row.instant("published"),
                row.instant("recorded_at"),
                row.text("event_type"),
                row.textOrNull("actor_id"),
                row.json("body"));
    }
}
