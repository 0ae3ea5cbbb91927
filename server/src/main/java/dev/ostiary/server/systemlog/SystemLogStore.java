package dev.ostiary.server.systemlog;

import dev.ostiary.platform.event.LoggedEvent;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the log by the time of events. Thread-safe. */
final class SystemLogStore {

    private final Database database;

    SystemLogStore(Database database) {
        this.database = database;
    }

    private record Placed(LoggedEvent event, List<Optional<String>> keys) {

        static Placed of(Row row) {
            return new Placed(
                    LoggedEvent.of(row),
                    List.of(Optional.of(row.text("key_0")), Optional.of(row.text("key_1"))));
        }
    }

    /**
     * The events from a moment on until the one that the query names, both ends included, to the
     * millisecond that is shown.
     */
    Page<LoggedEvent> between(long org, Instant since, LogQuery query) {
        return byTime(query.direction())
                .page(
                        query.page(),
                        (beyond, order, atMost) -> {
                            Sql sql = select(org, since, query, beyond, order, atMost);
                            return database.read(org, reader -> reader.search(sql, Placed::of));
                        },
                        Placed::keys)
                .map(Placed::event);
    }

    static Sql select(long org, Instant since, LogQuery query, Sql beyond, Sql order, int atMost) {
        return Sql.of("SELECT " + LoggedEvent.COLUMNS + ",")
                .then(byTime(query.direction()).selection())
                .then("FROM system_log WHERE org_id = ? AND published >= ?", org, since)
                .then(
                        query.until()
                                .map(until -> Sql.of("AND published < ?", until.plusMillis(1)))
                                .orElse(Sql.nothing()))
                .then(and(query.condition()))
                .then(and(beyond))
                .then("ORDER BY")
                .then(order)
                .then("LIMIT ?", atMost);
    }

    private static Sql and(Sql condition) {
        return condition.isEmpty() ? condition : Sql.of("AND").then(condition.grouped());
    }

    static Keyset byTime(Direction direction) {
        return Keyset.of(
                List.of(
                        SortKey.column(
                                "published",
                                "system_log.published",
                                SortValue.Type.INSTANT,
                                direction),
                        SortKey.column(
                                "uuid", "system_log.uuid::text", SortValue.Type.TEXT, direction)),
                PagingErrors.PAGING);
    }
}
