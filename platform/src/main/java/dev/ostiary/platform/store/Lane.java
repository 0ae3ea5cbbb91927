package dev.ostiary.platform.store;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The leaders and followers of one org; why and how stands above {@link BatchedLookup}. */
final class Lane<K, V> {

    private final Function<Set<K>, Map<K, V>> loader;
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether there is a leader; guarded by the lock. */
    private boolean busy;

    /** Who waits for the next query; guarded by the lock. */
    private Set<Waiter<K, V>> gathering = new LinkedHashSet<>();

    Lane(Function<Set<K>, Map<K, V>> loader) {
        this.loader = loader;
    }

    /** The answer to a query that was sent after this call began, with this key among others. */
    Map<K, V> values(K key) {
        while (true) {
            Waiter<K, V> me = new Waiter<>(key);
            Signal<K, V> signal = enter(me) ? new Lead<>(Set.of(me)) : await(me);
            if (signal instanceof Lead<K, V>(Set<Waiter<K, V>> batch)) {
                signal = lead(me, batch);
            }
            switch (signal) {
                case Loaded<K, V>(Map<K, V> values) -> {
                    return values;
                }
                case Failed<K, V>(RuntimeException e) -> throw e;
                case Broken<K, V>(Error e) -> throw e;
                case Again<K, V> _, Lead<K, V> _ -> {}
            }
        }
    }

    int waiting() {
        lock.lock();
        try {
            return gathering.size();
        } finally {
            lock.unlock();
        }
    }

    /** What ends a wait. */
    private sealed interface Signal<K, V> {}

    /** Ask for all of these. */
    private record Lead<K, V>(Set<Waiter<K, V>> batch) implements Signal<K, V> {}

    private record Loaded<K, V>(Map<K, V> values) implements Signal<K, V> {}

    private record Failed<K, V>(RuntimeException cause) implements Signal<K, V> {}

    private record Broken<K, V>(Error cause) implements Signal<K, V> {}

    /** The leader was interrupted: nothing is known. */
    private record Again<K, V>() implements Signal<K, V> {}

    /** Compared by identity: many may wait for the same key. */
    private static final class Waiter<K, V> {

        final K key;
        final CompletableFuture<Signal<K, V>> signal = new CompletableFuture<>();

        Waiter(K key) {
            this.key = key;
        }
    }

    /** Whether this one leads at once, alone; else it waits. */
    private boolean enter(Waiter<K, V> me) {
        lock.lock();
        try {
            if (busy) {
                gathering.add(me);
                return false;
            }
            busy = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Signal<K, V> await(Waiter<K, V> me) {
        try {
            Signal<K, V> signal = me.signal.get();
            if (signal instanceof Lead<K, V> && Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return signal;
        } catch (InterruptedException e) {
            leave(me);
            Thread.currentThread().interrupt();
            throw new BatchedLookup.LookupInterrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException("signals are values", e);
        }
    }

    /** Signals to lead are given under the lock, so here it is certain whether one was. */
    private void leave(Waiter<K, V> me) {
        lock.lock();
        try {
            if (!gathering.remove(me)
                    && me.signal.getNow(new Again<>())
                            instanceof Lead<K, V>(Set<Waiter<K, V>> batch)) {
                batch.remove(me);
                appoint(batch);
            }
        } finally {
            lock.unlock();
        }
    }

    private Signal<K, V> lead(Waiter<K, V> me, Set<Waiter<K, V>> batch) {
        Signal<K, V> outcome = load(batch);
        lock.lock();
        try {
            appoint(Set.of());
        } finally {
            lock.unlock();
        }
        boolean interrupted =
                !(outcome instanceof Loaded<K, V>) && Thread.currentThread().isInterrupted();
        Signal<K, V> forOthers = interrupted ? new Again<>() : outcome;
        for (Waiter<K, V> waiter : batch) {
            if (waiter != me) {
                waiter.signal.complete(forOthers);
            }
        }
        return outcome;
    }

    private Signal<K, V> load(Set<Waiter<K, V>> batch) {
        Set<K> keys = new LinkedHashSet<>();
        batch.forEach(waiter -> keys.add(waiter.key));
        try {
            return new Loaded<>(loader.apply(keys));
        } catch (RuntimeException e) {
            return new Failed<>(e);
        } catch (Error e) {
            return new Broken<>(e);
        }
    }

    /**
     * Makes the first of a batch its leader; an empty one gives way to those who gather. Called
     * with the lock.
     */
    private void appoint(Set<Waiter<K, V>> batch) {
        Set<Waiter<K, V>> next = batch;
        if (next.isEmpty()) {
            next = gathering;
            gathering = new LinkedHashSet<>();
        }
        if (next.isEmpty()) {
            busy = false;
        } else {
            next.iterator().next().signal.complete(new Lead<>(next));
        }
    }
}
