package dev.ostiary.server;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * A part of the server that is opened on a thread of its own, while the rest is being built: a
 * start is mostly the loading of classes, which two processors do faster than one. Thread-safe.
 *
 * @param <T> the part
 */
final class Beside<T> implements AutoCloseable {

    private final Kept kept = new Kept();
    private final FutureTask<T> task;
    private final Thread thread;

    private Beside(String name, Function<Kept, T> opening) {
        this.task = new FutureTask<>(() -> opening.apply(kept));
        this.thread = Thread.ofPlatform().name(name).unstarted(task);
    }

    /**
     * Begins to open it.
     *
     * @param opening opens it, and gives what must be closed for it, even if it fails then
     */
    static <T> Beside<T> begin(String name, Function<Kept, T> opening) {
        Beside<T> part = new Beside<>(name, opening);
        part.thread.start();
        return part;
    }

    /**
     * The part, waiting for it.
     *
     * @throws RuntimeException what stood in the way of opening it
     */
    T join() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
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

    /** Closes what was opened, the last first; waits for what is still opening. */
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
