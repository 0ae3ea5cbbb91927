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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Applies an org's rules to all of its users, in the background: after a rule was activated, and
 * after anything else that may concern many at once.
 *
 * <p>A sweep goes through the users in the order of their ids, some thousand at a time, which are
 * shared out among transactions, a few of them beside each other, since what a membership costs is
 * mostly the database's work: its row, its grant, its event and their indexes. In each of them
 * users are held, evaluated and written together. When all have ended well, the sweep moves on
 * behind them; the more quickly they end, the more are taken up together, so that the last of them
 * are seldom waited for. So a process that dies loses the last second at most, whoever comes next
 * evaluates those users once more, and no user is ever half done. A sweep does not apply one rule,
 * but all of them: what it does to a user is what a change of the user would do, and doing it twice
 * changes nothing. So several rules that are activated at once cost one sweep, which begins anew
 * with each.
 *
 * <p>Whoever works on an org's sweep has put off when it is looked at next, and holds nothing while
 * the transactions run: a request that changes rules waits for none of them. The moment to which it
 * was put off is also how it is known in the end that nobody else went on meanwhile and no rule
 * made it begin anew.
 *
 * <p>A user who is being made while it goes on is evaluated with the rules of its transaction. That
 * may have begun before the rule was active and end after the sweep has passed; so a minute later
 * the users made since a minute before are looked at once more. Every node may run one of these.
 */
public final class Sweeps implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Sweeps.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    /** How long nobody else takes up what a node has begun; a dead node's work waits for that. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    /** How many users one transaction holds, and with them those who want to change these. */
    private static final int CHUNK = 500;

    /** How many transactions run beside each other. */
    private static final int LANES = 3;

    /** How many are taken up together at most, and how long they may take to become more. */
    private static final int MOST_SHARES = 8 * LANES;

    private static final Duration QUICK = CLAIM.dividedBy(10);

    private static final ThreadFactory LANE =
            Thread.ofVirtual().name("group-rules-lane-", 0).factory();

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final RuleEngine engine;
    private final SweepStore store = new SweepStore();
    private final GroupRuleStore rules = new GroupRuleStore();
    private final Rounds rounds = new Rounds("group-rules", PAUSE, this::round);

    /**
     * How many transactions are taken up together, by org; more than a few where they are quick.
     */
    private final Map<Long, Integer> shares = new ConcurrentHashMap<>();

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
        Instant until = now().plus(CLAIM);
        int most = shares.getOrDefault(org, LANES);
        Optional<Stretch> stretch = database.write(org, tx -> claim(tx, until, most));
        if (stretch.isEmpty()) {
            shares.remove(org);
            return false;
        }
        int evaluated = evaluate(org, stretch.get());
        boolean quick = now().isBefore(until.minus(CLAIM).plus(QUICK));
        shares.put(org, quick ? Math.min(2 * most, MOST_SHARES) : LANES);
        boolean counts = !stretch.get().aftermath();
        database.write(
                org,
                tx -> {
                    String last = stretch.get().ends().getLast();
                    store.advance(tx, until, last, counts ? evaluated : 0, now());
                    return true;
                });
        return true;
    }

    /**
     * A part of an org's users.
     *
     * @param after the last user before them
     * @param ends the last user of each transaction's share
     */
    private record Stretch(String after, List<String> ends, boolean aftermath) {}

    private Optional<Stretch> claim(Tx tx, Instant until, int most) {
        Optional<Sweep> claimed = store.claim(tx, now(), until);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        Sweep sweep = claimed.get();
        List<String> ids = engine.users().idsAfter(tx, sweep.cursor(), CHUNK * most);
        if (ids.isEmpty()) {
            end(tx, sweep);
            return Optional.empty();
        }
        List<String> ends = new ArrayList<>();
        for (int last = CHUNK - 1; last < ids.size() - 1; last += CHUNK) {
            ends.add(ids.get(last));
        }
        ends.add(ids.getLast());
        return Optional.of(new Stretch(sweep.cursor(), ends, sweep.aftermath()));
    }

    /** How many users there were; what fails in one share fails all, once the others have ended. */
    private int evaluate(long org, Stretch stretch) {
        List<Callable<Integer>> all = new ArrayList<>();
        String after = stretch.after();
        for (String last : stretch.ends()) {
            String from = after;
            all.add(() -> evaluate(org, from, last));
            after = last;
        }
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES, LANE)) {
            int evaluated = 0;
            for (Future<Integer> share : lanes.invokeAll(all)) {
                evaluated += share.get();
            }
            return evaluated;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while users were evaluated", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("users could not be evaluated", e.getCause());
        }
    }

    private int evaluate(long org, String after, String last) {
        return RequestContext.bind(RequestContext.job(ids.requestId()))
                .call(() -> database.write(org, tx -> evaluate(tx, after, last)));
    }

    private int evaluate(Tx tx, String after, String last) {
        Optional<Org> org = store.org(tx);
        if (org.isEmpty()) {
            return 0;
        }
        List<User> users = engine.users().heldBetween(tx, after, last);
        engine.apply(tx, org.get(), users);
        return users.size();
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
