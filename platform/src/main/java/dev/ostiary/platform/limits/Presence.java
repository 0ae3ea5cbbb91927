package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When something was last used, so that what nobody uses can be forgotten without ever losing a
 * count: whoever uses it notes that first, and forgetting succeeds only if nobody has since.
 */
final class Presence {

    private static final long GONE = -1;

    private final AtomicLong minute;

    Presence(long second) {
        minute = new AtomicLong(second / 60);
    }

    /** Notes a use. False if it was forgotten in the meantime: look it up again. */
    boolean use(long second) {
        long now = second / 60;
        while (true) {
            long seen = minute.get();
            if (seen == now || seen == GONE) {
                return seen == now;
            }
            if (minute.compareAndSet(seen, now)) {
                return true;
            }
        }
    }

    /** Forgets it if it was last used before a moment. */
    boolean endIfUnusedSince(long second) {
        long seen = minute.get();
        return seen == GONE || seen < second / 60 && minute.compareAndSet(seen, GONE);
    }
}
