package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.systemlog.EachValue;
import dev.ostiary.server.systemlog.TargetId;
import java.time.Instant;

/** What the Events API can be filtered by (Events API, "Filters"), as columns of the log. */
final class EventAttributes {

    /** Whether the Events API has the event at all. */
    static final Sql SHOWN = Sql.of("system_log.body ->> 'legacyEventType' IS NOT NULL");

    private final Attributes all;

    EventAttributes(EventCatalogue catalogue) {
        all =
                Attributes.of(
                        Attribute.of("action.objectType", Kind.TEXT, new ObjectType(catalogue))
                                .documented(Operator.EQ),
                        Attribute.of(
                                        "target.objectType",
                                        Kind.TEXT,
                                        new EachValue("$.target[*].type"))
                                .documented(Operator.EQ),
                        Attribute.of("target.id", Kind.TEXT, new TargetId())
                                .documented(Operator.EQ),
                        Attribute.of("published", Kind.INSTANT, new PublishedSecond())
                                .documented(Operator.LT, Operator.EQ, Operator.GT));
    }

    /**
     * How filters are read.
     *
     * @param strict whether only what is documented is allowed (P28)
     */
    SqlFilter filter(boolean strict) {
        return new SqlFilter(all, FilterErrors.SEARCH, strict);
    }

    /** What was published in this second or later. */
    static Sql from(Instant second) {
        return Sql.of("system_log.published >= ?", second);
    }
}
