package dev.ostiary.platform.limits;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters of fixed windows, each in one {@code long}: lock-free, and never more than the limit is
 * let through in a window, however many threads ask.
 *
 * <p>A window opens with the first request after the one before has ended, so windows are not
 * aligned to the clock ("they aren't necessarily synchronized with wall clock minutes"), and a
 * client that has been quiet always finds a whole window before it. The upper 32 bits hold the
 * second in which the window opened, counted from 2020 (31 bits last until 2088); the lower ones
 * how many were let through (30 bits), and whether somebody was refused (bit 30). What {@link
 * #take} answers is the counter after the request, with two more bits that are never stored: the
 * request was refused (the sign), and it was the first to be (bit 31).
 */
final class Tally {

    private static final long EPOCH = 1_577_836_800L;
    private static final long COUNT = (1L << 30) - 1;
    private static final long TOLD = 1L << 30;
    private static final long FIRST = 1L << 31;
    private static final long REFUSED = 1L << 63;
    private static final long UNUSED = 0;

    private Tally() {}

    /**
     * Asks for one request.
     *
     * @param now the time in epoch seconds; one before 2020 counts as 2020
     * @param window the length of a window in seconds
     * @param limit the most that are let through in a window; below 2^30, and 0 or less where
     *     others have let through all of it
     */
    static long take(AtomicLongArray counters, int at, long now, int window, int limit) {
        long second = Math.max(now, EPOCH);
        while (true) {
            long seen = counters.get(at);
            if (isOver(seen, second, window)) {
                long opened = second - EPOCH << 32 | (limit > 0 ? 1 : TOLD);
                if (counters.compareAndSet(at, seen, opened)) {
                    return limit > 0 ? opened : opened | FIRST | REFUSED;
                }
            } else if ((seen & COUNT) < limit) {
                if (counters.compareAndSet(at, seen, seen + 1)) {
                    return seen + 1;
                }
            } else if ((seen & TOLD) != 0) {
                return seen | REFUSED;
            } else if (counters.compareAndSet(at, seen, seen | TOLD)) {
                return seen | TOLD | FIRST | REFUSED;
            }
        }
    }

    /** A window that lies ahead was opened before somebody set the clock back. */
    private static boolean isOver(long state, long second, int window) {
        long opened = opened(state);
        return state == UNUSED || second >= opened + window || second < opened - window;
    }

    private static long opened(long state) {
        return (state >>> 32 & 0x7fff_ffffL) + EPOCH;
    }

    /** The counter as it stands: how many were let through in a window that is open, or 0. */
    static long look(AtomicLongArray counters, int at, long now, int window) {
        long seen = counters.get(at);
        return isOver(seen, Math.max(now, EPOCH), window) ? 0 : seen;
    }

    static boolean refused(long taken) {
        return taken < 0;
    }

    /** Whether the request was the first of its window to be refused. */
    static boolean firstRefused(long taken) {
        return (taken & FIRST) != 0;
    }

    /** How many were let through so far in the window. */
    static int count(long taken) {
        return (int) (taken & COUNT);
    }

    /** When the next window may open, in epoch seconds. */
    static long reset(long taken, int window) {
        return opened(taken) + window;
    }
}
