package dev.ostiary.server.identitysources;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.identitysources.Session.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Does the imports that were asked for, of every org, and ends the sessions that nobody goes on
 * with. Every node may have one; they share the work.
 *
 * <p>Each load is one transaction that holds the session's row, which others pass over meanwhile,
 * and moves it on. Of one source the session that was triggered first comes first, and the next one
 * after it (guide, "Identity source session process"). Thread-safe.
 */
public final class SourceRuns implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SourceRuns.class.getName());
    private static final Duration POLL = Duration.ofSeconds(5);

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Feeds feeds;
    private final LongFunction<Optional<Org>> orgs;
    private final AppStore apps = new AppStore();
    private final SessionStore store = new SessionStore();
    private final Rounds rounds = new Rounds("identity-sources", POLL, this::runOpen);

    /**
     * Not started yet.
     *
     * @param orgs finds an org by its number, with the versions of its configuration
     */
    public SourceRuns(
            Database database,
            InstantSource time,
            EventCatalogue events,
            Feeds feeds,
            LongFunction<Optional<Org>> orgs) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.feeds = feeds;
        this.orgs = orgs;
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        rounds.startAtOnce();
    }

    /** There is something to do now. */
    void wake() {
        rounds.soon();
    }

    /** Stops; a load under way is finished first. */
    @Override
    public void close() {
        rounds.close();
    }

    /** Does one load of every import after the other, until none is open. */
    public void runOpen() {
        Instant before = now().minus(Session.PATIENCE);
        database.acrossOrgs(tx -> store.stale(tx, before)).forEach(open -> as(open, this::expire));
        boolean busy = true;
        while (busy && !rounds.closing()) {
            busy = false;
            for (SessionStore.Open open : database.acrossOrgs(store::triggered)) {
                busy |= !rounds.closing() && as(open, this::stepOrGiveUp);
            }
        }
    }

    private static boolean as(SessionStore.Open open, Predicate<SessionStore.Open> work) {
        return RequestContext.bind(RequestContext.job(open.job())).call(() -> work.test(open));
    }

    private boolean expire(SessionStore.Open open) {
        return claimed(
                open,
                (tx, session) -> {
                    Session after = session.at(now());
                    if (after.status() == Status.EXPIRED) {
                        store.update(tx, after);
                        store.forget(tx, after);
                        tx.emit(event("system.import.session.expired", after));
                    }
                },
                Status.CREATED,
                Status.IN_PROGRESS);
    }

    /** Whether something was done: not if somebody else is at it. */
    private boolean stepOrGiveUp(SessionStore.Open open) {
        try {
            Optional<Org> org = orgs.apply(open.org());
            return org.isPresent()
                    && claimed(
                            open, (tx, session) -> step(tx, org.get(), session), Status.TRIGGERED);
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "import {0} waits: {1}", open.id(), e.toString());
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "import " + open.id() + " is given up", e);
            return claimed(open, this::giveUp, Status.TRIGGERED);
        }
    }

    private boolean claimed(
            SessionStore.Open open, BiConsumer<Tx, Session> work, Status... states) {
        return database.write(
                open.org(),
                tx -> {
                    Optional<Session> session = store.claim(tx, open.id(), states);
                    session.ifPresent(each -> work.accept(tx, each));
                    return session.isPresent();
                });
    }

    private Session step(Tx tx, Org org, Session session) {
        Instant now = now();
        App source = apps.held(tx, org, session.sourceId(), AppStore.Lock.STAYS);
        if (session.done() == 0) {
            tx.emit(event("system.import.start", session).target(source.target()));
        }
        Counts counts =
                store.next(tx, session)
                        .map(
                                load ->
                                        feeds.apply(
                                                tx,
                                                org,
                                                new Wording(events, source, false, session.id()),
                                                load,
                                                now))
                        .orElse(Counts.NONE);
        Session after = session.further(counts, now);
        store.update(tx, after);
        if (after.status() == Status.COMPLETED) {
            store.forget(tx, after);
            tx.emit(
                    after.counts()
                            .into(event("system.import.complete", after).target(source.target())));
        }
        return after;
    }

    private Session giveUp(Tx tx, Session session) {
        Session after = session.in(Status.ERROR, now());
        store.update(tx, after);
        store.forget(tx, after);
        tx.emit(
                event("system.import.complete", after)
                        .outcome(Outcome.failure("The import was given up")));
        return after;
    }

    private Event event(String type, Session session) {
        return events.event(type).target(session.target());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
