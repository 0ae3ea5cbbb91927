package dev.ostiary.server.limits;

import dev.ostiary.platform.background.Rounds;
import dev.ostiary.platform.limits.Count;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings the nodes' counters together: every second each tells the others what it has let through,
 * and learns what they have. So all nodes together let through what a limit says, and beyond it at
 * most what comes between two rounds. A node at which nobody asks costs the database nothing; while
 * the database is away each goes on by what it knows.
 */
public final class SharedCounts implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TIDIED_EVERY = 60;

    private final Database database;
    private final Limiter limiter;
    private final RateCountStore store;
    private final InstantSource time;
    private final Rounds rounds;
    private Set<Count> told = Set.of();
    private int round;

    /**
     * Not started yet.
     *
     * @param node a name that no other node has
     */
    public SharedCounts(
            Database database, Limiter limiter, RateTable table, String node, InstantSource time) {
        this.database = database;
        this.limiter = limiter;
        this.store = new RateCountStore(node, table.edition());
        this.time = time;
        this.rounds = new Rounds("shared-counts", PAUSE, this::exchange);
    }

    public void start() {
        rounds.start();
    }

    /** One round. */
    void exchange() {
        List<Count> here = limiter.counts();
        if (here.isEmpty()) {
            return;
        }
        List<Count> news = here.stream().filter(count -> !told.contains(count)).toList();
        List<Long> orgs = here.stream().map(Count::org).distinct().toList();
        long second = time.millis() / 1000;
        boolean tidies = ++round % TIDIED_EVERY == 0;
        List<Count> elsewhere =
                database.acrossOrgs(
                        tx -> {
                            if (!news.isEmpty()) {
                                store.tell(tx, news);
                            }
                            if (tidies) {
                                store.tidy(tx, second);
                            }
                            return store.elsewhere(tx, orgs, second);
                        });
        told = new HashSet<>(here);
        limiter.learn(elsewhere);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
