package dev.ostiary.server.systemlog;

import dev.ostiary.platform.event.EventOrder;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.event.FeedPage;
import dev.ostiary.platform.event.LoggedEvent;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.LogClock;
import dev.ostiary.platform.store.LogPartitions;
import dev.ostiary.platform.store.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/logs}: see the package for its two kinds of queries. What is older than the
 * retention is not shown, whether or not its partition is still there.
 */
public final class SystemLog implements Family {

    private final Feed feed;
    private final SystemLogStore store;
    private final InstantSource wall;
    private final LogClock published;
    private final EventOrder order = new EventOrder();

    /**
     * The operations on the log.
     *
     * @param wall real time: what persistence and retention go by
     * @param published each org's own time: what events show
     */
    public SystemLog(Database database, Feed feed, InstantSource wall, LogClock published) {
        this.feed = feed;
        this.store = new SystemLogStore(database);
        this.wall = wall;
        this.published = published;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("listLogEvents", this::list).answersMany(LoggedEvent.SCHEMA));
    }

    private Reply list(Request request) {
        long org = request.org().number();
        Instant now = published.now(org);
        LogQuery query = LogQuery.of(request.parameters(), now, request.org().settings().strict());
        Page<LoggedEvent> page =
                QueryTime.bounded(
                        () -> query.isPolling() ? polling(org, query) : bounded(org, now, query));
        return Reply.list(page.items(), (e, out) -> Json.raw(out, order.inOrder(e.body())))
                .with(request.links(page, query.page().limit(), Page.LinkPolicy.SELF));
    }

    /**
     * The next events in the order of persistence. Where to begin is a time only on the first page;
     * from then on it is a place in that order, and no clock has a say.
     */
    private Page<LoggedEvent> polling(long org, LogQuery query) {
        Optional<Long> after = query.page().after().map(FeedCursor::read);
        Instant now = wall.instant();
        Instant kept = now.minus(LogPartitions.RETENTION);
        Instant from =
                after.isPresent()
                        ? kept
                        : later(kept, query.since().orElse(now.minus(LogQuery.USUAL)));
        Sql recorded = Sql.of("system_log.recorded_at >= ?", from);
        long position = after.orElse(Feed.START);
        FeedPage found =
                feed.after(
                        org,
                        position,
                        query.page().limit(),
                        Sql.join(" AND ", List.of(recorded, query.condition())));
        return new Page<>(found.events(), Optional.of(FeedCursor.write(found.position())));
    }

    private Page<LoggedEvent> bounded(long org, Instant now, LogQuery query) {
        return store.between(org, since(now, query), query);
    }

    private static Instant since(Instant now, LogQuery query) {
        Instant usual = query.until().orElse(now).minus(LogQuery.USUAL);
        return later(now.minus(LogPartitions.RETENTION), query.since().orElse(usual));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
