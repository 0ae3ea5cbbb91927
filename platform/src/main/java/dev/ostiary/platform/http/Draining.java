package dev.ostiary.platform.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests under way, so that a server that stops can wait for them. Thread-safe. */
final class Draining {

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

    /** Returns when nothing is under way, or the time is over. */
    void drain(Duration longest) {
        lock.lock();
        try {
            draining = true;
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
