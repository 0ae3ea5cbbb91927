package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.event.FeedPage;
import dev.ostiary.platform.event.LoggedEvent;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Header;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageUrl;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.LogClock;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.systemlog.FeedCursor;
import dev.ostiary.server.systemlog.QueryTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/v1/events}. */
public final class Events implements Family {

    private final Feed feed;
    private final InstantSource wall;
    private final LogClock published;
    private final EventAttributes attributes;

    /**
     * The view on the log.
     *
     * @param wall real time: what retention goes by
     * @param published each org's own time: what events show
     */
    public Events(Feed feed, InstantSource wall, LogClock published, EventCatalogue catalogue) {
        this.feed = feed;
        this.wall = wall;
        this.published = published;
        this.attributes = new EventAttributes(catalogue);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("listEvents", this::list).answersMany(LegacyEvent.SCHEMA));
    }

    private Reply list(Request request) {
        long org = request.org().number();
        EventsQuery query =
                EventsQuery.of(
                        request.query(),
                        published.now(org),
                        attributes.filter(request.org().settings().strict()));
        Page<LoggedEvent> page = QueryTime.bounded(() -> read(org, query));
        return Reply.ok(
                        out -> {
                            out.writeStartArray();
                            page.items().forEach(event -> LegacyEvent.of(event).write(out));
                            out.writeEndArray();
                        })
                .with(links(request, query, page));
    }

    /**
     * What follows the cursor, else what was published after the start, else all that is kept. Time
     * counts on the first page only: from then on it is a place in the order of persistence.
     */
    private Page<LoggedEvent> read(long org, EventsQuery query) {
        Instant kept = wall.instant().minus(LogPartitions.RETENTION);
        long position =
                query.after()
                        .map(FeedCursor::read)
                        .or(() -> query.start().map(start -> feed.since(org, start)))
                        .orElse(Feed.START);
        FeedPage found =
                feed.after(
                        org,
                        position,
                        query.limit(),
                        Sql.join(
                                " AND ",
                                List.of(
                                        Sql.of("system_log.recorded_at >= ?", kept),
                                        EventAttributes.SHOWN,
                                        query.condition())));
        return new Page<>(found.events(), Optional.of(FeedCursor.write(found.position())));
    }

    /** A next page has its place, and so no {@code startDate}. */
    private static List<Header> links(Request request, EventsQuery query, Page<LoggedEvent> page) {
        Map<String, List<String>> onwards = new LinkedHashMap<>(request.parameters());
        onwards.remove(EventsQuery.START_DATE);
        String self = link(request.parameters(), request, query, page).getFirst();
        String next = link(onwards, request, query, page).getLast();
        return List.of(new Header("Link", self), new Header("Link", next));
    }

    private static List<String> link(
            Map<String, List<String>> parameters,
            Request request,
            EventsQuery query,
            Page<LoggedEvent> page) {
        return page.links(new PageUrl(request.path(), parameters), query.limit(), LinkPolicy.SELF);
    }
}
