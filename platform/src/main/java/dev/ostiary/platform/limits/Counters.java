package dev.ostiary.platform.limits;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** What is counted for one org, or for one token of it. Lock-free. */
final class Counters {

    private final int size;
    private final AtomicLongArray counts;
    private final InFlight inFlight = new InFlight();
    private final Presence presence;
    private final ConcurrentMap<String, Counters> tokens = new ConcurrentHashMap<>(0);

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
