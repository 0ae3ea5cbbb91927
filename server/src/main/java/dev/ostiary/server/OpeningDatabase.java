package dev.ostiary.server;

import dev.ostiary.platform.store.embedded.DataDirectory;
import dev.ostiary.server.cli.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The database while it is being opened on a thread of its own: PostgreSQL takes its time to start,
 * and the classes of keys, certificates and ports can be loaded meanwhile.
 */
final class OpeningDatabase implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OpeningDatabase.class.getName());

    /** Written by the opening thread only, read after it has ended. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final FutureTask<Databases.Opened> task;

    private OpeningDatabase(
            Settings settings, DataDirectory data, InstantSource time, SecureRandom random) {
        this.task =
                new FutureTask<>(
                        () -> {
                            Databases.Opened made =
                                    Databases.open(settings, data, time, random, opened::push);
                            opened.push(made.database());
                            return made;
                        });
    }

    static OpeningDatabase begin(
            Settings settings, DataDirectory data, InstantSource time, SecureRandom random) {
        OpeningDatabase opening = new OpeningDatabase(settings, data, time, random);
        Thread.ofPlatform().name("open-database").start(opening.task);
        return opening;
    }

    /**
     * The open database, waiting for it.
     *
     * @throws RuntimeException what stood in the way of opening it
     */
    Databases.Opened join() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database starts", e);
        }
    }

    /** Closes what was opened, the database process last; waits for what is still opening. */
    @Override
    public void close() throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            LOG.log(Level.DEBUG, "closing a database that could not be opened whole", e);
        }
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "while closing the database", e);
            }
        }
    }
}
