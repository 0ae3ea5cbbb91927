package dev.ostiary.platform.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes few statements of many. Deferred writes and events leave as
 *
 * <pre>WITH w0 AS (…), w1 AS (…) INSERT INTO system_log … VALUES …</pre>
 *
 * so that a typical change costs one round trip: measured, 5324 against 2963 creates a second. The
 * text depends on nothing but the writes' texts and the number of events, if they are few, which
 * keeps the driver's cache of prepared statements small.
 */
final class Flush {

    /** The protocol counts parameters in 16 bits. */
    private static final int MAX_PARAMETERS = 30_000;

    private static final int MAX_WRITES = 64;

    /**
     * More events than these travel as arrays: one statement, and one round trip, for thousands.
     */
    private static final int FEW_EVENTS = 64;

    private static final int MAX_EVENTS = 4096;

    private Flush() {}

    /** One statement wherever the protocol's limits allow it, none if there is nothing. */
    static List<Sql> together(List<Sql> writes, List<Sql> events) {
        List<Sql> out = new ArrayList<>();
        List<Sql> parts = new ArrayList<>();
        int parameters = 0;
        for (Sql write : writes) {
            int more = write.parameters().size();
            if (parts.size() == MAX_WRITES || parameters + more > MAX_PARAMETERS) {
                out.add(statement(parts));
                parts.clear();
                parameters = 0;
            }
            parts.add(write);
            parameters += more;
        }
        for (int from = 0; from < events.size(); from += MAX_EVENTS) {
            int to = Math.min(events.size(), from + MAX_EVENTS);
            List<Sql> rows = events.subList(from, to);
            parts.add(rows.size() > FEW_EVENTS ? LogRows.insertMany(rows) : LogRows.insert(rows));
            out.add(statement(parts));
            parts.clear();
        }
        if (!parts.isEmpty()) {
            out.add(statement(parts));
        }
        return out;
    }

    private static Sql statement(List<Sql> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        List<Sql> named = new ArrayList<>();
        for (int i = 0; i < parts.size() - 1; i++) {
            Sql part = parts.get(i);
            named.add(new Sql("w" + i + " AS (" + part.text() + ")", part.parameters()));
        }
        return Sql.of("WITH").then(Sql.join(", ", named)).then(parts.getLast());
    }
}
