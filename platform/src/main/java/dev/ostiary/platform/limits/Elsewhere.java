package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What other nodes have let through, as far as they have told: a bucket's count and the end of its
 * window in one {@code long}, which is worth nothing once the window is over. Lock-free.
 */
final class Elsewhere {

    private final AtomicLongArray counts;
    private final AtomicLongArray warned;
    private final AtomicLongArray burst;

    /**
     * @param size how many buckets there are
     */
    Elsewhere(int size) {
        this.counts = new AtomicLongArray(size);
        this.warned = new AtomicLongArray(size);
        this.burst = new AtomicLongArray(size);
    }

    /** From now on this is what others have let through. */
    void learn(int bucket, int count, long ends) {
        counts.set(bucket, ends << 32 | count);
    }

    /** What is known of a bucket, for {@link #count} and {@link #ends}. */
    long of(int bucket, long second) {
        long known = counts.get(bucket);
        return ends(known) > second ? known : 0;
    }

    static int count(long known) {
        return (int) known;
    }

    /** When the last of the others' windows is over; 0 where nothing is known. */
    static long ends(long known) {
        return known >>> 32;
    }

    /** Whether nobody was warned of this window yet: once here, whatever others tell. */
    boolean warns(int bucket, long reset) {
        return isFirst(warned, bucket, reset);
    }

    /** The same of bursts. */
    boolean bursts(int bucket, long reset) {
        return isFirst(burst, bucket, reset);
    }

    private static boolean isFirst(AtomicLongArray told, int bucket, long reset) {
        long before = told.get(bucket);
        return before != reset && told.compareAndSet(bucket, before, reset);
    }
}
