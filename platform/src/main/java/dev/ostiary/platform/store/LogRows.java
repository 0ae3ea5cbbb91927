package dev.ostiary.platform.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rows of the log. Thread-safe. */
final class LogRows {

    private static final String COLUMNS =
            "INSERT INTO system_log (org_id, uuid, published, recorded_at, ordinal, event_type,"
                    + " actor_id, target_id, second_target_id, more_targets, body) VALUES";

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

    static Sql insert(List<Sql> rows) {
        return Sql.of(COLUMNS).then(Sql.join(", ", rows));
    }
}
