package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.SchemaSet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Does the runs that were asked for, of every org. Every node may have one; they share the work.
 *
 * <p>A run is a row that says how far it has come. Each step is one transaction: it holds the row,
 * which others pass over meanwhile, gives some users their turn, and writes down the last of them.
 * So a node that dies loses its step and no more, and any other one goes on with the run. A step
 * goes by the realms and assignments that there are at that moment.
 *
 * <p>A user moves to where the first assignment that it meets leads; a run of one assignment moves
 * those only whom that one decides about. Whom no realm would admit stays. Thread-safe.
 */
public final class RealmRuns implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RealmRuns.class.getName());

    private static final Duration POLL = Duration.ofSeconds(5);
    private static final int STEP = 200;

    private final Database database;
    private final OrgRealms realms;
    private final OrgSchemas schemas;
    private final Residents residents;
    private final Orgs orgs;
    private final InstantSource time;
    private final EventCatalogue events;
    private final RealmOperationStore store = new RealmOperationStore();
    private final Rounds rounds = new Rounds("realm-runs", POLL, this::runOpen);

    /** Finds orgs. */
    @FunctionalInterface
    public interface Orgs {
        /** The org of a number, with the versions of its configuration; none if it is gone. */
        Optional<Org> byNumber(long number);
    }

    /** Not started yet. */
    public RealmRuns(
            Database database,
            InstantSource time,
            EventCatalogue events,
            OrgRealms realms,
            OrgSchemas schemas,
            Residents residents,
            Orgs orgs) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.realms = realms;
        this.schemas = schemas;
        this.residents = residents;
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

    /** Stops; a step under way is finished first. */
    @Override
    public void close() {
        rounds.close();
    }

    /** Takes a step of every run after the other, until none is open. */
    public void runOpen() {
        boolean busy = true;
        while (busy && !rounds.closing()) {
            busy = false;
            for (RealmOperationStore.Open open : database.acrossOrgs(store::open)) {
                busy |= !rounds.closing() && step(open);
            }
        }
    }

    /** Whether something was done: not if somebody else is at it. */
    private boolean step(RealmOperationStore.Open open) {
        return RequestContext.bind(RequestContext.job(open.job())).call(() -> stepOrGiveUp(open));
    }

    private boolean stepOrGiveUp(RealmOperationStore.Open open) {
        try {
            Optional<Org> org = orgs.byNumber(open.org());
            return org.isPresent() && step(org.get(), open.id());
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "run {0} waits: {1}", open.id(), e.toString());
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "run " + open.id() + " is given up", e);
            return database.write(open.org(), tx -> giveUp(tx, open.id()));
        }
    }

    private boolean step(Org org, String id) {
        SchemaSet known = schemas.of(org);
        return database.write(
                org.number(),
                tx -> {
                    Optional<RealmOperation> claimed = store.claim(tx, id);
                    claimed.ifPresent(operation -> step(tx, org, known, operation));
                    return claimed.isPresent();
                });
    }

    private void step(Tx tx, Org org, SchemaSet known, RealmOperation operation) {
        RealmSet set = realms.read(tx);
        Instant now = now();
        Residents.Progress progress =
                residents.move(
                        tx,
                        org,
                        set,
                        operation.seenId(),
                        STEP,
                        profile ->
                                set.target(
                                        operation.what().assignmentId(),
                                        new RealmCandidate(org, known, profile, now)));
        write(tx, operation.with(progress, now));
    }

    private boolean giveUp(Tx tx, String id) {
        Optional<RealmOperation> claimed = store.claim(tx, id);
        claimed.ifPresent(operation -> write(tx, operation.failed(now())));
        return claimed.isPresent();
    }

    private void write(Tx tx, RealmOperation operation) {
        store.update(tx, operation);
        if (operation.completed() != null) {
            tx.emit(
                    events.event("directory.realm.assignment.execution_completed")
                            .outcome(operation.outcome())
                            .target(operation.target()));
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
