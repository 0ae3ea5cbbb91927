package dev.ostiary.platform.limits;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes notices into the System Log, behind the requests that caused them: a refused request waits
 * for no database, and a flood is not made worse by what is told of it. There is at most one notice
 * of a kind for a bucket and a window, and what waits is bounded; what does not fit is counted and
 * left out. Thread-safe.
 */
public final class LimitJournal implements Notices, AutoCloseable {

    private static final Logger LOG = System.getLogger(LimitJournal.class.getName());
    private static final int MOST_WAITING = 4096;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Database database;
    private final LimitEvents events;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;

    /**
     * @param org the org's number; 0 for the end
     */
    private record Entry(long org, RequestContext context, @Nullable Event event) {}

    /** Not started yet. */
    public LimitJournal(Database database, EventCatalogue events) {
        this.database = database;
        this.events = new LimitEvents(events);
        this.writer = Thread.ofVirtual().name("limit-journal").unstarted(this::run);
    }

    /** Begins to write. Once only. */
    public void start() {
        writer.start();
    }

    @Override
    public void note(
            long org,
            RequestContext context,
            Notice notice,
            @Nullable String user,
            @Nullable String token) {
        if (!waiting.offer(new Entry(org, context, events.of(notice, user, token)))) {
            leftOut.incrementAndGet();
        }
    }

    /** How many notices wait to be written. */
    public int waiting() {
        return waiting.size();
    }

    /** Writes what waits, for a few seconds at most, and ends. */
    @Override
    public void close() {
        if (writer.getState() == Thread.State.NEW) {
            return;
        }
        try {
            waiting.put(new Entry(0, RequestContext.job("end"), null));
            writer.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Entry entry = waiting.take(); entry.event() != null; entry = waiting.take()) {
                write(entry.org(), entry.context(), entry.event());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(long org, RequestContext context, Event event) {
        try {
            RequestContext.bind(context)
                    .run(
                            () ->
                                    database.write(
                                            org,
                                            tx -> {
                                                tx.emit(event);
                                                return event;
                                            }));
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "a notice of a rate limit was not written: {0}", e.toString());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a notice of a rate limit was not written", e);
        }
        long lost = leftOut.getAndSet(0);
        if (lost > 0) {
            LOG.log(Level.WARNING, "{0} notices of rate limits were left out", lost);
        }
    }
}
