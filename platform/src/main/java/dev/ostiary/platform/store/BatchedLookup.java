package dev.ostiary.platform.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds rows by key for many threads at once: strictly fresh, with few queries. Thread-safe.
 *
 * <p>Every request looks up its token. A cache would answer from yesterday: a revoked token must be
 * dead on every node with the next request. A query for each request is fresh, but under load the
 * server and the database then spend most of their time on small packets. The way between rests on
 * one observation: while a query is under way, the requests that arrive have to wait anyway if the
 * two sides are busy, so let them wait together.
 *
 * <p>In each org at most one query is in flight. Who finds none becomes the leader: it asks at
 * once, for its own key alone, on its own thread; so a lonely request pays nothing for the company
 * it does not have. Who finds one in flight joins the waiting ones. When the leader's answer is
 * there, it makes the first of those who wait the leader of all of them, and only then hands out
 * its own results. So under load two queries' time passes for a request at most, and a batch is as
 * large as the load: 32 callers at once cost about two queries instead of 32.
 *
 * <p><b>Freshness.</b> A key never joins a query that has been sent: it waits for one that begins
 * later. So what is returned was read after it was asked for, and a change that was committed
 * before the question is always in the answer.
 *
 * <p><b>No lost wake-ups.</b> There is always exactly one leader while anybody waits: leadership is
 * given up or passed on under the lock under which others decide whether to wait. Who is
 * interrupted while waiting leaves; if it had just been made leader it passes that on.
 *
 * <p><b>Errors</b> reach everybody whose key was in the failed query. Only the interruption of a
 * leader during its query is its own affair: the others ask again.
 */
public final class BatchedLookup<K, V> {

    private final Loader<K, V> loader;
    private final Map<Long, Lane<K, V>> lanes = new ConcurrentHashMap<>();

    /**
     * Reads the rows of some keys of one org.
     *
     * @param <K> with {@code equals} and {@code hashCode}
     */
    @FunctionalInterface
    public interface Loader<K, V> {

        /** The values that there are; keys without a value are left out. */
        Map<K, V> load(long org, Set<K> keys);
    }

    public BatchedLookup(Loader<K, V> loader) {
        this.loader = loader;
    }

    /**
     * The value of a key, read after this call began.
     *
     * @throws LookupInterrupted if the thread is interrupted while it waits for others
     * @throws RuntimeException what the loader threw
     */
    public Optional<V> get(long org, K key) {
        return Optional.ofNullable(lane(org).values(key).get(key));
    }

    /** How many wait for the next query of an org. */
    int waiting(long org) {
        return lane(org).waiting();
    }

    private Lane<K, V> lane(long org) {
        return lanes.computeIfAbsent(org, o -> new Lane<>(keys -> loader.load(o, keys)));
    }

    /** The thread was interrupted while it waited for others; its interrupt flag is set. */
    public static final class LookupInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
