package dev.ostiary.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes lines in the order in which they come, on a thread of its own. A lonely line is out at
 * once; those that come while others are being written, or within ten milliseconds of them, wait
 * together and leave in one piece: so under load neither each line wakes the thread nor each takes
 * a system call. Thread-safe.
 *
 * <p>Nobody waits for the disk, unless a megabyte waits already. What cannot be written is dropped,
 * since a server does not stop for its log; that is said once.
 */
public final class LineWriter implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LineWriter.class.getName());
    private static final int MOST_WAITING = 1 << 20;

    /** So much room for lines is used again; a burst leaves no more behind. */
    private static final int ROOM_KEPT = 1 << 16;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final OutputStream out;
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();

    /** What waits; guarded by the lock. */
    private StringBuilder waiting = new StringBuilder();

    /** Guarded by the lock. */
    private boolean closed;

    /**
     * @param out is the caller's to close
     */
    public LineWriter(OutputStream out) {
        this.out = out;
        this.writer = Thread.ofPlatform().daemon().name("log-lines").start(this::writeAll);
    }

    /** Takes a line, without its end. */
    public void line(CharSequence text) {
        lock.lock();
        try {
            while (waiting.length() > MOST_WAITING && !closed) {
                room.awaitUninterruptibly();
            }
            if (waiting.isEmpty()) {
                arrived.signal();
            }
            waiting.append(text).append('\n');
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything that was taken is written. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        boolean broken = false;
        for (String lines = next(); !lines.isEmpty(); lines = next()) {
            try {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
                out.flush();
                broken = false;
            } catch (IOException e) {
                if (!broken) {
                    LOG.log(Level.WARNING, "lines of the log cannot be written", e);
                }
                broken = true;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** All that waits, as soon as there is something; empty at the end. */
    private String next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            String lines = waiting.toString();
            waiting.setLength(0);
            if (waiting.capacity() > ROOM_KEPT) {
                waiting = new StringBuilder();
            }
            room.signalAll();
            return lines;
        } finally {
            lock.unlock();
        }
    }
}
