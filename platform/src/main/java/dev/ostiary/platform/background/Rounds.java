package dev.ostiary.platform.background;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does something again and again, on a virtual thread of its own, with a pause between the end of
 * one round and the beginning of the next. A round that fails is logged, and the next one comes all
 * the same.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Rounds.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final Duration pause;
    private final Runnable round;
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private volatile boolean atOnce;
    private volatile boolean closed;

    /** Not started yet. */
    public Rounds(String name, Duration pause, Runnable round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins, with a pause first. Once only. */
    public Rounds start() {
        thread.start();
        return this;
    }

    /** Begins, with a round first. Once only. */
    public Rounds startAtOnce() {
        atOnce = true;
        return start();
    }

    private void run() {
        if (atOnce) {
            once();
        }
        try {
            while (!closed) {
                calls.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                calls.drainPermits();
                if (!closed) {
                    once();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, name + " failed, and is tried again later", e);
        }
    }

    /** Ends the pause: there is something to do. */
    public void soon() {
        calls.release();
    }

    /** Whether a round that takes long should come to an end. */
    public boolean closing() {
        return closed;
    }

    /** Stops; a round under way is finished first. */
    @Override
    public void close() {
        closed = true;
        calls.release();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
