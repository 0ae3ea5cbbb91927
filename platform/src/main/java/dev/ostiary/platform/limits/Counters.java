package dev.ostiary.platform.limits;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What is counted for one org, or for one token of it. Lock-free. */
final class Counters {

    private final int size;
    private final AtomicLongArray counts;
    private final InFlight inFlight = new InFlight();
    private final Presence presence;
    private final ConcurrentMap<String, Counters> tokens = new ConcurrentHashMap<>(0);

    /** Null while there is no other node. */
    private volatile @Nullable Elsewhere elsewhere;

    private volatile boolean shared;

    /**
     * @param size how many buckets there are
     * @param kinds how many kinds of callers are counted apart
     */
    Counters(int size, int kinds, long second) {
        this.size = size;
        this.counts = new AtomicLongArray(size * kinds);
        this.presence = new Presence(second);
    }

    /** Asks for one request of a kind of callers. */
    long take(int kind, Bucket bucket, long second, int limit) {
        return Tally.take(
                counts, kind * size + bucket.index(), second, Limiter.WINDOW_SECONDS, limit);
    }

    /** What other nodes have let through of a bucket; null while there are none. */
    @Nullable Elsewhere elsewhere() {
        return elsewhere;
    }

    /** These count towards limits that somebody can reach, so that other nodes want to know. */
    void share() {
        if (!shared) {
            shared = true;
        }
    }

    /** Another node has told. */
    void learn(Count there) {
        Counters about = there.token().isEmpty() ? this : tokens.get(there.token());
        if (about != null && there.bucket() >= 0 && there.bucket() < size) {
            about.learn(there.bucket(), there.count(), there.ends());
        }
    }

    private synchronized void learn(int bucket, int count, long ends) {
        Elsewhere known = elsewhere;
        if (known == null) {
            known = new Elsewhere(size);
            elsewhere = known;
        }
        known.learn(bucket, count, ends);
    }

    /** Adds what proven callers were let through in windows that are open. */
    void collect(long org, String token, long second, List<Count> into) {
        if (shared) {
            for (int bucket = 0; bucket < size; bucket++) {
                long seen = Tally.look(counts, bucket, second, Limiter.WINDOW_SECONDS);
                if (Tally.count(seen) > 0) {
                    into.add(
                            new Count(
                                    org,
                                    token,
                                    bucket,
                                    Tally.count(seen),
                                    Tally.reset(seen, Limiter.WINDOW_SECONDS)));
                }
            }
        }
        tokens.forEach((id, own) -> own.collect(org, id, second, into));
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** False if these were forgotten. */
    boolean use(long second) {
        return presence.use(second);
    }

    /** The counters of a token. Only proven tokens get any, so there are not more than tokens. */
    Counters token(String id, long second) {
        while (true) {
            Counters known = tokens.get(id);
            if (known == null) {
                known = tokens.computeIfAbsent(id, key -> new Counters(size, 1, second));
            }
            if (known.use(second)) {
                return known;
            }
            tokens.remove(id, known);
        }
    }

    /** Forgets tokens that were not used since, and itself if the whole org was not. */
    boolean endIfUnusedSince(long second) {
        for (Iterator<Counters> each = tokens.values().iterator(); each.hasNext(); ) {
            if (each.next().endIfUnusedSince(second)) {
                each.remove();
            }
        }
        return presence.endIfUnusedSince(second);
    }
}
