package dev.ostiary.platform.store;

import java.util.ArrayList;
import java.util.List;

/** What a transaction leaves behind that makes rows and events, and does nothing else. */
record NewRows(long org, List<NewRow> rows, List<Sql> events) {

    private static final int MOST_ROWS = 8;
    private static final int MOST_EVENTS = 4;

    NewRows {
        rows = List.copyOf(rows);
        events = List.copyOf(events);
    }

    /** Whether others may come along: not with so much that they would wait for it. */
    boolean isSmall() {
        return rows.size() <= MOST_ROWS && events.size() <= MOST_EVENTS;
    }

    /** What is the same of those that one statement can write. */
    Kind kind() {
        List<String> tables = new ArrayList<>();
        for (NewRow row : rows) {
            tables.add(row.into());
            tables.add(row.values().text());
        }
        return new Kind(org, tables, events.size());
    }

    record Kind(long org, List<String> tables, int events) {}

    /** One statement for many of a kind. */
    static Sql statement(List<NewRows> many) {
        NewRows first = many.getFirst();
        List<Sql> writes = new ArrayList<>();
        for (int i = 0; i < first.rows().size(); i++) {
            List<Sql> values = new ArrayList<>();
            for (NewRows each : many) {
                values.add(each.rows().get(i).values());
            }
            writes.add(Sql.of(first.rows().get(i).into() + " VALUES").then(Sql.join(", ", values)));
        }
        List<Sql> events = many.stream().flatMap(each -> each.events().stream()).toList();
        return Flush.together(writes, events).getFirst();
    }
}
