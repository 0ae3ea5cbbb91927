package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.grouprules.SweepStore.Sweep;
import dev.ostiary.server.directory.users.User;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Applies an org's rules to all of its users, in the background: after a rule was activated, and
 * after anything else that may concern many at once.
 *
 * <p>A sweep goes through the users in the order of their ids, some at a time: they are held,
 * evaluated and written in one transaction, together with how far it has come. So a process that
 * dies loses the last few only, whoever comes next goes on behind them, and no user is ever half
 * done. It does not apply one rule, but all of them: what it does to a user is what a change of the
 * user would do, and doing it twice changes nothing. So several rules that are activated at once
 * cost one sweep, which begins anew with each.
 *
 * <p>A user who is being made while it goes on is evaluated with the rules of its transaction. That
 * may have begun before the rule was active and end after the sweep has passed; so a minute later
 * the users made since a minute before are looked at once more. Every node may run one of these;
 * the row of an org's sweep is locked by who works on it.
 */
public final class Sweeps implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Sweeps.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration AFTERMATH = Duration.ofMinutes(1);
    private static final int CHUNK = 500;

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final RuleEngine engine;
    private final SweepStore store = new SweepStore();
    private final GroupRuleStore rules = new GroupRuleStore();
    private final Rounds rounds = new Rounds("group-rules", PAUSE, this::round);

    Sweeps(Database database, Ids ids, InstantSource time, RuleEngine engine) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.engine = engine;
    }

    /** Begins to work in the background. Once only. */
    public void start() {
        rounds.startAtOnce();
    }

    @Override
    public void close() {
        rounds.close();
    }

    /** Lets all users be evaluated once this transaction is committed. */
    void begin(Tx tx) {
        store.begin(tx, now());
        tx.afterCommit(rounds::soon);
    }

    /** How far it is. */
    Optional<Sweep> progress(long org) {
        return database.read(org, store::find);
    }

    /** Does what is due, of every org a step in turn: neither size nor trouble delays others. */
    void round() {
        List<Long> due = database.acrossOrgs(tx -> store.due(tx, now()));
        while (!due.isEmpty() && !rounds.closing()) {
            due = due.stream().filter(this::hasMore).toList();
        }
    }

    private boolean hasMore(long org) {
        try {
            return !rounds.closing() && step(org);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the rules of org " + org + " wait for the next round", e);
            return false;
        }
    }

    /** Evaluates some users of an org. Whether there is more to do at once. */
    boolean step(long org) {
        return RequestContext.bind(RequestContext.job(ids.requestId()))
                .call(() -> database.write(org, this::step));
    }

    private boolean step(Tx tx) {
        Optional<Sweep> claimed = store.claim(tx, now());
        Optional<Org> org = store.org(tx);
        if (claimed.isEmpty() || org.isEmpty()) {
            return false;
        }
        Sweep sweep = claimed.get();
        List<User> users = engine.users().heldAfter(tx, sweep.cursor(), CHUNK);
        if (users.isEmpty()) {
            end(tx, sweep);
            return false;
        }
        engine.apply(tx, org.get(), users);
        store.advance(tx, users.getLast().id(), sweep.aftermath() ? 0 : users.size());
        return true;
    }

    private void end(Tx tx, Sweep sweep) {
        if (sweep.aftermath()) {
            rules.forget(tx, sweep.started());
            store.finish(tx, now());
            return;
        }
        String since = Ids.since("00u", sweep.started().minus(AFTERMATH));
        store.rest(tx, since, now().plus(AFTERMATH));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
