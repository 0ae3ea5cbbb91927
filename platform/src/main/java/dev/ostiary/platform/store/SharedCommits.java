package dev.ostiary.platform.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Commits the new rows of many threads together: durable for each, with few statements.
 * Thread-safe.
 *
 * <p>Most of what an API writes is made of rows that nobody has seen before: a user with its search
 * document and its events, a token with its event. Such transactions read nothing and lock nothing
 * that another one wants, so it makes no difference to anybody whether ten of them commit one after
 * the other or all at once. It does to PostgreSQL: of the time that a row takes, more than half
 * goes into setting up a statement, switching between processes and flushing a commit, and all of
 * that is paid once a statement, however many rows it has.
 *
 * <p>As with {@link BatchedLookup}, nobody ever waits for company. Of each {@linkplain NewRows#kind
 * kind} a few statements may be in flight; who finds fewer sends its own rows at once, on its own
 * thread. Who comes later waits for the first that returns, and the one who has waited longest then
 * takes the others along. So a lonely request is as fast as ever, and under load a statement is as
 * large as the load. Sizes are powers of two, so that the database keeps the plans of five
 * statements a kind, not of sixteen.
 *
 * <p><b>All or nothing, for each.</b> One statement is one transaction: either every row of it
 * stands or none. If PostgreSQL refuses it (a login is taken, a group has gone), that is the fault
 * of one of them, so nothing of it stands, and each is told to try {@linkplain Alone by itself}:
 * the guilty one gets its own error, the others get their rows. Only a connection that is lost on
 * the way is everybody's: nobody can know what stands.
 *
 * <p><b>Orgs never share a statement</b>: the wall between them is a setting of the connection, and
 * one that fails costs only its own org the second try.
 *
 * <p><b>No lost wake-ups.</b> Whether to fly or to wait is decided where a landing takes the next
 * ones, under the lock of the kind's entry in the map; an entry that nobody uses is gone.
 */
final class SharedCommits {

    /** How many transactions a statement takes at most. */
    static final int MOST = 16;

    /** While one waits for the disk, another one uses the processor. */
    private static final int FLIGHTS = 2;

    private final Consumer<List<NewRows>> sender;
    private final Map<NewRows.Kind, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param sender writes all of these, of one kind, in one transaction; throws a {@link
     *     StoreException} otherwise
     */
    SharedCommits(Consumer<List<NewRows>> sender) {
        this.sender = sender;
    }

    /**
     * Returns when the rows stand.
     *
     * @throws StoreException what the database has against these rows
     */
    void commit(NewRows rows) {
        NewRows.Kind kind = rows.kind();
        Waiter me = new Waiter(rows);
        Signal signal = enter(kind, me) ? new Lead(List.of(me)) : me.signal.join();
        if (signal instanceof Lead(List<Waiter> batch)) {
            signal = fly(kind, me, batch);
        }
        switch (signal) {
            case Stands _, Lead _ -> {}
            case Alone _ -> sender.accept(List.of(rows));
            case Failed(StoreException cause) -> throw cause;
            case Broken(Throwable cause) ->
                    throw new IllegalStateException(
                            "the thread that wrote for others broke", cause);
        }
    }

    /** How many wait, of all kinds. */
    int waiting() {
        return lanes.values().stream().mapToInt(lane -> lane.gathering.size()).sum();
    }

    /** What ends a wait. */
    private sealed interface Signal {}

    /** Write all of these. */
    private record Lead(List<Waiter> batch) implements Signal {}

    private record Stands() implements Signal {}

    /** Nothing stands: try by yourself. */
    private record Alone() implements Signal {}

    private record Failed(StoreException cause) implements Signal {}

    private record Broken(Throwable cause) implements Signal {}

    private static final class Waiter {
        final NewRows rows;
        final CompletableFuture<Signal> signal = new CompletableFuture<>();

        Waiter(NewRows rows) {
            this.rows = rows;
        }
    }

    /** Changed only inside of {@code compute} for its kind. */
    private static final class Lane {
        int flying;
        final Queue<Waiter> gathering = new ArrayDeque<>();

        List<Waiter> next() {
            List<Waiter> batch = new ArrayList<>();
            int size = Integer.highestOneBit(Math.min(MOST, gathering.size()));
            while (batch.size() < size) {
                batch.add(gathering.remove());
            }
            return batch;
        }
    }

    /** Whether this one flies at once, alone; else it waits. */
    private boolean enter(NewRows.Kind kind, Waiter me) {
        boolean[] first = new boolean[1];
        lanes.compute(
                kind,
                (_, there) -> {
                    Lane lane = there == null ? new Lane() : there;
                    if (lane.flying < FLIGHTS) {
                        lane.flying++;
                        first[0] = true;
                    } else {
                        lane.gathering.add(me);
                    }
                    return lane;
                });
        return first[0];
    }

    /** Sends a batch, makes somebody send the next one, and only then tells how it went. */
    private Signal fly(NewRows.Kind kind, Waiter me, List<Waiter> batch) {
        Signal outcome = send(batch);
        List<Waiter> next = land(kind);
        if (!next.isEmpty()) {
            next.getFirst().signal.complete(new Lead(next));
        }
        for (Waiter waiter : batch) {
            if (waiter != me) {
                waiter.signal.complete(outcome);
            }
        }
        return outcome;
    }

    private Signal send(List<Waiter> batch) {
        try {
            sender.accept(batch.stream().map(waiter -> waiter.rows).toList());
            return new Stands();
        } catch (OutcomeUnknown | DatabaseUnavailable lost) {
            return new Failed(lost);
        } catch (StoreException refused) {
            return batch.size() == 1 ? new Failed(refused) : new Alone();
        } catch (RuntimeException | Error broken) {
            return new Broken(broken);
        }
    }

    private List<Waiter> land(NewRows.Kind kind) {
        List<Waiter> next = new ArrayList<>();
        lanes.computeIfPresent(
                kind,
                (_, lane) -> {
                    if (!lane.gathering.isEmpty()) {
                        next.addAll(lane.next());
                        return lane;
                    }
                    lane.flying--;
                    return lane.flying == 0 ? null : lane;
                });
        return next;
    }
}
