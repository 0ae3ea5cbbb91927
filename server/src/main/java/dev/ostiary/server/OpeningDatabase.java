package dev.ostiary.server;

import dev.ostiary.platform.store.embedded.DataDirectory;
import dev.ostiary.server.cli.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * The database while it is being opened on a thread of its own: PostgreSQL takes its time to start,
 * and the classes of keys, certificates and ports can be loaded meanwhile.
 */
final class OpeningDatabase implements AutoCloseable {

    private final Kept kept = new Kept();
    private final FutureTask<Databases.Opened> task;
    private final Thread thread;

    private OpeningDatabase(
            Settings settings, DataDirectory data, InstantSource time, SecureRandom random) {
        this.task = new FutureTask<>(() -> open(settings, data, time, random));
        this.thread = Thread.ofPlatform().name("open-database").unstarted(task);
    }

    static OpeningDatabase begin(
            Settings settings, DataDirectory data, InstantSource time, SecureRandom random) {
        OpeningDatabase opening = new OpeningDatabase(settings, data, time, random);
        opening.thread.start();
        return opening;
    }

    private Databases.Opened open(
            Settings settings, DataDirectory data, InstantSource time, SecureRandom random) {
        Databases.Opened opened = Databases.open(settings, data, time, random, kept::keep);
        kept.keep(opened.database());
        return opened;
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

    /** What stood in the way of opening it, waiting for it; empty if it is open. */
    Optional<RuntimeException> failure() {
        ended();
        return task.state() == Future.State.FAILED
                        && task.exceptionNow() instanceof RuntimeException thrown
                ? Optional.of(thrown)
                : Optional.empty();
    }

    /** Closes what was opened, the database process last; waits for what is still opening. */
    @Override
    public void close() {
        ended();
        kept.close();
    }

    private void ended() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
