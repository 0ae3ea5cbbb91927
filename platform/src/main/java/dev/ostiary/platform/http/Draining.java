package dev.ostiary.platform.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests under way, so that a server that stops can wait for them. Thread-safe. */
final class Draining {

    /**
     * What a request takes at most from its arrival to its beginning, on a cold or busy machine.
     */
    private static final Duration BEGINNING = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneLess = lock.newCondition();
    private int count;
    private volatile boolean draining;

    void enter() {
        lock.lock();
        try {
            count++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            count--;
            if (draining) {
                oneLess.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether connections should come to their end. */
    boolean isDraining() {
        return draining;
    }

    /**
     * Returns when nothing is under way, or the time is over; not before a moment has passed, so
     * that requests which have arrived but not yet begun are finished too.
     */
    void drain(Duration longest) {
        draining = true;
        try {
            Thread.sleep(BEGINNING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        lock.lock();
        try {
            long left = longest.toNanos();
            while (count > 0 && left > 0) {
                left = oneLess.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
