package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts by keys that clients make up, such as user names, in a fixed amount of memory. Keys whose
 * hashes fall together share a counter: so a key may be refused too early, never too late, and no
 * flood of invented keys makes room for one. Who wants to keep another from its quota does not need
 * a collision, since that takes only the key itself. Lock-free.
 */
final class HashedCounts {

    private static final int SLOTS = 1 << 15;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final int window;
    private final int limit;

    /**
     * @param window the length of a window in seconds
     * @param limit the most that a key is let through in a window
     */
    HashedCounts(int window, int limit) {
        this.window = window;
        this.limit = limit;
    }

    /** Four sign-ins a second for one user name, in every org of the original. */
    static HashedCounts ofUserNames() {
        return new HashedCounts(1, 4);
    }

    void count(Admission admission, long org, String key, long second) {
        long mixed = (org * 0x9e37_79b9_7f4a_7c15L + key.hashCode()) * 0xbf58_476d_1ce4_e5b9L;
        int slot = (int) (mixed >>> 40) & SLOTS - 1;
        admission.counted(Tally.take(slots, slot, second, window, limit), limit, window);
    }
}
