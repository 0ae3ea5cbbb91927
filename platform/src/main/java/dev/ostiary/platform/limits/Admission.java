package dev.ostiary.platform.limits;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one request, and what its answer's headers say. Of all limits that apply,
 * they tell the one of which the least remains. Used by one thread; {@link #close} when the request
 * is answered, so that it is under way no longer.
 */
public final class Admission implements AutoCloseable {

    private int limit;
    private int remaining = Integer.MAX_VALUE;
    private long reset;
    private boolean refused;
    private List<Notice> notices = List.of();
    private @Nullable InFlight org;
    private @Nullable InFlight token;

    Admission() {}

    /** Whether the request is to be answered with 429. */
    public boolean refused() {
        return refused;
    }

    /** {@code X-Rate-Limit-Limit}. */
    public int limit() {
        return limit;
    }

    /** {@code X-Rate-Limit-Remaining}. */
    public int remaining() {
        return remaining;
    }

    /** {@code X-Rate-Limit-Reset}: epoch seconds. */
    public long reset() {
        return reset;
    }

    /** What the System Log is to say; mostly nothing. */
    public List<Notice> notices() {
        return notices;
    }

    /** The request is under way no longer. */
    @Override
    public void close() {
        if (org != null) {
            org.leave();
            org = null;
        }
        if (token != null) {
            token.leave();
            token = null;
        }
    }

    void heldBy(InFlight here) {
        if (org == null) {
            org = here;
        } else {
            token = here;
        }
    }

    void note(Notice notice) {
        if (notices.isEmpty()) {
            notices = new ArrayList<>(2);
        }
        notices.add(notice);
    }

    /** One of the limits that apply. False if it refuses. */
    boolean counted(long taken, int limitHere, int window) {
        return counted(taken, limitHere, window, 0);
    }

    /**
     * The same where other nodes let requests through, too: whoever is refused because of them is
     * told when their windows are over.
     *
     * @param others what is known of them ({@link Elsewhere#of})
     */
    boolean counted(long taken, int limitHere, int window, long others) {
        boolean refusedHere = Tally.refused(taken);
        int count = Tally.count(taken) + Elsewhere.count(others);
        int left = refusedHere ? 0 : Math.max(0, limitHere - count);
        if (refusedHere || left < remaining) {
            limit = limitHere;
            remaining = left;
            reset = Tally.reset(taken, window);
            refused = refusedHere;
        }
        if (refusedHere) {
            reset = Math.max(reset, Elsewhere.ends(others));
        }
        return !refusedHere;
    }

    /** Too many are under way: the documented headers, with a guess of when there is room again. */
    void tooManyUnderWay(long guess) {
        limit = 0;
        remaining = 0;
        reset = guess;
        refused = true;
    }
}
