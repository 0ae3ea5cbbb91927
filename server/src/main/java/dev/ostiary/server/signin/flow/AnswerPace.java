package dev.ostiary.server.signin.flow;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When an answer leaves that must not tell whether there is such a user: at a full tenth of a
 * second since the question came, or up to ten milliseconds after it. What differs in the work for
 * users and for nobody (a row that is counted up, an event more, a mail) takes a fraction of that,
 * so both leave at the same step. How soon after the step is drawn: else it would tell how busy the
 * processor was when it came, which a mail that has just left keeps awake.
 *
 * <p>Whoever waits holds a virtual thread, and neither a connection of the database nor a place of
 * the hashing pool. Thread-safe.
 */
public final class AnswerPace {

    static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);
    static final long DRAWN = TimeUnit.MILLISECONDS.toNanos(10);

    private final long began;

    private AnswerPace(long began) {
        this.began = began;
    }

    /** Of a question that comes now. */
    public static AnswerPace start() {
        return new AnswerPace(System.nanoTime());
    }

    /**
     * Waits until the answer may leave; not in a transaction. A server that ends waits for nobody.
     */
    public void keep() {
        try {
            long drawn = ThreadLocalRandom.current().nextLong(DRAWN);
            TimeUnit.NANOSECONDS.sleep(left(System.nanoTime() - began) + drawn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nanoseconds from a moment until the next step. */
    static long left(long passed) {
        return Math.floorMod(-passed, STEP);
    }
}
