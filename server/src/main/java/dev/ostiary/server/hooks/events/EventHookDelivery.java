package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.EventOrder;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.event.FeedPage;
import dev.ostiary.platform.event.LoggedEvent;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.outbound.OutboundResult;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.server.hooks.events.DeliveryStore.Batch;
import dev.ostiary.server.hooks.events.DeliveryStore.Due;
import dev.ostiary.server.hooks.filter.EventFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Delivers events to hooks: each hook reads its org's log from its own place, and takes what it
 * subscribed to, as many as there are since the last time, in one request. Every node runs one;
 * they share the work. Thread-safe.
 *
 * <p>A slow receiver holds up nobody but itself: each hook is delivered to on a thread of its own.
 */
public final class EventHookDelivery implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EventHookDelivery.class.getName());

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Two attempts of three seconds, and the database's own time. */
    private static final Duration CLAIM = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HOOKS_AT_ONCE = 1000;
    private static final int DELIVERIES_AT_ONCE = 32;
    private static final int EVENTS_AT_ONCE = 100;

    private final DeliveryStore store;
    private final Feed feed;
    private final Receiver receiver;
    private final EventCatalogue events;
    private final Ids ids;
    private final InstantSource time;
    private final RandomGenerator random;
    private final EventOrder order = new EventOrder();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(DELIVERIES_AT_ONCE);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Rounds rounds;

    /** Not started yet. */
    public EventHookDelivery(
            Database database,
            Receiver receiver,
            EventCatalogue events,
            Ids ids,
            InstantSource time,
            RandomGenerator random) {
        this.store = new DeliveryStore(database);
        this.feed = new Feed(database);
        this.receiver = receiver;
        this.events = events;
        this.ids = ids;
        this.time = time;
        this.random = random;
        this.rounds = new Rounds("event hook delivery", PAUSE, this::round);
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        rounds.start();
    }

    /** Stops; deliveries under way are finished first. */
    @Override
    public void close() {
        rounds.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        for (Due hook : store.due(time.instant(), HOOKS_AT_ONCE)) {
            if (busy.contains(hook.id()) || !room.tryAcquire()) {
                continue;
            }
            busy.add(hook.id());
            threads.execute(
                    () -> {
                        try {
                            deliver(hook);
                        } catch (StoreException e) {
                            LOG.log(
                                    Level.WARNING,
                                    "an event hook has to wait for the database: {0}",
                                    e.toString());
                        } catch (RuntimeException e) {
                            LOG.log(Level.ERROR, "event hook " + hook.id() + " failed oddly", e);
                        } finally {
                            busy.remove(hook.id());
                            room.release();
                        }
                    });
        }
    }

    /** Delivers what a hook has not got yet, one request. For tests, too. */
    void deliver(Due hook) {
        Subscription subscription = hook.kept().hook().listing().events();
        FeedPage page = page(hook, subscription);
        Map<String, EventFilter> filters = subscription.filters();
        List<String> bodies =
                page.events().stream().flatMap(event -> passed(filters, event).stream()).toList();
        Batch begun = hook.batch();
        if (bodies.isEmpty() && begun == null) {
            if (page.position() != hook.position()) {
                store.pass(hook, page.position());
            }
            return;
        }
        Batch batch = begun == null ? new Batch(page.position(), name()) : begun;
        Instant now = time.instant();
        if (store.claim(hook, batch, now, now.plus(CLAIM))) {
            send(hook, batch, bodies);
        }
    }

    /** The event as it is shown, which is what filters are asked about. */
    private Optional<String> passed(Map<String, EventFilter> filters, LoggedEvent event) {
        String shown = order.inOrder(event.body());
        return Subscription.passes(filters, event.eventType(), Json.parse(shown))
                ? Optional.of(shown)
                : Optional.empty();
    }

    /** A random UUID (RFC 9562, version 4). */
    private String name() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low).toString();
    }

    private FeedPage page(Due hook, Subscription subscription) {
        Sql wanted =
                Sql.of("event_type = ANY(?)", (Object) subscription.items().toArray(String[]::new));
        Batch begun = hook.batch();
        return feed.after(
                hook.org(),
                hook.position(),
                EVENTS_AT_ONCE,
                begun == null ? wanted : wanted.then("AND seq <= ?", begun.end()));
    }

    private void send(Due hook, Batch batch, List<String> bodies) {
        if (bodies.isEmpty()) {
            store.finish(hook, batch, time.instant(), tx -> {});
            return;
        }
        byte[] payload = payload(hook, batch, bodies);
        OutboundResult result = receiver.deliver(hook.org(), hook.kept(), payload);
        boolean taken = result instanceof OutboundResult.Answered answered && answered.successful();
        RequestContext.bind(RequestContext.job(ids.requestId()))
                .run(
                        () ->
                                store.finish(
                                        hook,
                                        batch,
                                        time.instant(),
                                        tx -> {
                                            if (!taken) {
                                                tx.emit(
                                                        events.event("event_hook.delivery")
                                                                .target(hook.kept().hook().target())
                                                                .severity(Severity.WARN)
                                                                .debug("eventId", batch.id())
                                                                .outcome(
                                                                        Outcome.failure(
                                                                                result.words())));
                                            }
                                        }));
    }

    /** The documented envelope (page about event hooks, "Sample event delivery payload"). */
    private byte[] payload(Due hook, Batch batch, List<String> bodies) {
        return Json.bytes(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("eventType", "com.okta.event_hook");
                    out.writeStringProperty("eventTypeVersion", "1.0");
                    out.writeStringProperty("cloudEventsVersion", "0.1");
                    out.writeStringProperty("source", hook.kept().source());
                    out.writeStringProperty("eventId", batch.id());
                    out.writeObjectPropertyStart("data");
                    out.writeArrayPropertyStart("events");
                    bodies.forEach(body -> Json.raw(out, body));
                    out.writeEndArray();
                    out.writeEndObject();
                    out.writeStringProperty("eventTime", Dates.text(time.instant()));
                    out.writeStringProperty("contentType", "application/json");
                    out.writeEndObject();
                });
    }
}
