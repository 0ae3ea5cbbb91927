package dev.ostiary.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What was opened, to be closed in the opposite order. A part that cannot be closed is logged, and
 * those before it are closed all the same. Thread-safe.
 */
final class Kept implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Kept.class.getName());

    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    /** Closes everything, the last first. Calling it again does nothing. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part = opened.poll(); part != null; part = opened.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "while stopping", e);
            }
        }
    }
}
