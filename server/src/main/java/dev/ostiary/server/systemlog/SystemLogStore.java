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
        Keyset keyset = byTime(query.direction());
        Sql span =
                Sql.of("org_id = ? AND published >= ?", org, since)
                        .then(
                                query.until()
                                        .map(u -> Sql.of("AND published < ?", u.plusMillis(1)))
                                        .orElse(Sql.nothing()));
        return keyset.<Placed>page(
                        query.page(),
                        (beyond, order, atMost) ->
                                database.read(
                                        org,
                                        reader ->
                                                reader.search(
                                                        Sql.of("SELECT " + LoggedEvent.COLUMNS)
                                                                .then(",")
                                                                .then(keyset.selection())
                                                                .then("FROM system_log WHERE")
                                                                .then(span)
                                                                .then(and(query.condition()))
                                                                .then(and(beyond))
                                                                .then("ORDER BY")
                                                                .then(order)
                                                                .then("LIMIT ?", atMost),
                                                        Placed::of)),
                        Placed::keys)
                .map(Placed::event);
    }

    private static Sql and(Sql condition) {
        return condition.isEmpty() ? condition : Sql.of("AND").then(condition.grouped());
    }

    private static Keyset byTime(Direction direction) {
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
