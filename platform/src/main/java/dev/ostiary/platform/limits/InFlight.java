package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests are under way. Lock-free. */
final class InFlight {

    private static final long TOLD_AT_MOST_EVERY = 60;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicLong told = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * One more, unless there are as many as may be; every entry is followed by one {@link #leave}.
     */
    boolean enter(int most) {
        while (true) {
            int seen = now.get();
            if (seen >= most) {
                return false;
            }
            if (now.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
    }

    /** One fewer. */
    void leave() {
        now.decrementAndGet();
    }

    /** Whether this refusal is to be told: the first, then one a minute. */
    boolean tellAt(long second) {
        long before = told.get();
        return second >= before + TOLD_AT_MOST_EVERY && told.compareAndSet(before, second);
    }

    int count() {
        return now.get();
    }
}
