package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the database runs until it is told to stop: when its process ends, it is started
 * again on the same port, after growing pauses where that fails.
 */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Cluster cluster;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Held while the process is being started or stopped. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile Postmaster current;

    private Supervisor(Cluster cluster, Postmaster first) {
        this.cluster = cluster;
        this.current = first;
    }

    static Supervisor of(Cluster cluster, Postmaster running) {
        Supervisor supervisor = new Supervisor(cluster, running);
        Thread.ofVirtual().name("database-supervisor").start(supervisor::watch);
        return supervisor;
    }

    Postmaster current() {
        return current;
    }

    void stop() throws IOException, InterruptedException {
        stopping.countDown();
        turn.lock();
        try {
            current.stop();
        } finally {
            turn.unlock();
        }
    }

    void abandon() {
        stopping.countDown();
    }

    private void watch() {
        try {
            do {
                current.awaitEnd();
            } while (revive());
        } catch (InterruptedException e) {
            LOG.error("nobody watches the database process any more", e);
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there is a process to watch again. */
    private boolean revive() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!startAgain()) {
            if (stopping.await(pause, TimeUnit.MILLISECONDS)) {
                return false;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        return stopping.getCount() > 0;
    }

    private boolean startAgain() throws InterruptedException {
        turn.lock();
        try {
            if (stopping.getCount() == 0) {
                return false;
            }
            LOG.error("the database process {} has died; starting it again", current.pid());
            current = Postmaster.start(cluster, current.port());
            LOG.warn("the database is back as process {}", current.pid());
            return true;
        } catch (IOException | StartFailure e) {
            LOG.error("the database does not come back yet: {}", e.getMessage());
            return false;
        } finally {
            turn.unlock();
        }
    }
}
