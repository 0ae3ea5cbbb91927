package dev.ostiary.platform.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rows of the log. Thread-safe. */
final class LogRows {

    private static final String COLUMNS =
            "INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type,"
                    + " actor_id, target_id, second_target_id, more_targets, body)";

    private static final int WIDTH = 11;

    private static final String FROM_ARRAYS =
            """
             SELECT e.org_id, e.uuid, e.published, e.recorded_at, e.ordinal, e.event_type,
                e.actor_id, e.target_id, e.second_target_id, e.more_targets, e.body::jsonb
            FROM unnest(?::bigint[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::integer[],
                ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[])
                AS e(org_id, uuid, published, recorded_at, ordinal, event_type, actor_id,
                    target_id, second_target_id, more_targets, body)""";

    private final InstantSource wall;
    private final LogClock published;
    private final TimeUuids uuids;

    LogRows(InstantSource wall, LogClock published, TimeUuids uuids) {
        this.wall = wall;
        this.published = published;
        this.uuids = uuids;
    }

    /**
     * The row's place in an INSERT.
     *
     * @param ordinal the event's place among those of its transaction
     */
    Sql row(long org, LogEntry entry, int ordinal) {
        if (org == 0) {
            throw new IllegalStateException("an event belongs to one org");
        }
        UUID uuid = uuids.next();
        // finer parts would be rounded, maybe up: into a millisecond that the body does not show
        Instant at = published.now(org).truncatedTo(ChronoUnit.MICROS);
        List<@Nullable String> targets = entry.targetIds();
        return Sql.of(
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                org,
                uuid,
                at,
                wall.instant(),
                ordinal,
                entry.eventType(),
                entry.actorId(),
                targets.isEmpty() ? null : targets.get(0),
                targets.size() < 2 ? null : targets.get(1),
                targets.size() > 2,
                new Json(entry.body(uuid, at)));
    }

    /** One statement for a few rows, of which each is written out. */
    static Sql insert(List<Sql> rows) {
        return Sql.of(COLUMNS + " VALUES").then(Sql.join(", ", rows));
    }

    /** One statement for however many rows, with a parameter a column. */
    static Sql insertMany(List<Sql> rows) {
        List<@Nullable Object> columns = new ArrayList<>();
        for (int column = 0; column < WIDTH; column++) {
            @Nullable Object[] values = new Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row).parameters().get(column);
            }
            columns.add(values);
        }
        return new Sql(COLUMNS + FROM_ARRAYS, columns);
    }
}
