package dev.ostiary.server.directory.users.password;

import dev.ostiary.platform.problem.ApiException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where passwords are hashed.
 *
 * <p>A hash keeps a core busy for a twentieth of a second. On a virtual thread it would also keep
 * the carrier, since virtual threads are not interrupted while they compute: a few sign-ins at once
 * would hold every other request. So hashes run here, on platform threads, and the request's thread
 * waits without a carrier. One core is left to everybody else, so that a flood of sign-ins is not
 * felt by those who ask for something else. Memory is bounded by the same number: each thread has
 * {@linkplain Argon2Memory its own}, and keeps it as long as there is something to do. Imported
 * hashes that are far slower than our own have one thread of their own, so that they can take one
 * core at most.
 *
 * <p>Who cannot be served in time is told so ({@code E0000181}, 503): a queue that grows without
 * bound only makes everybody time out. Thread-safe; {@link #close} lets running hashes end.
 */
public final class HashingPool implements AutoCloseable {

    private static final int QUEUE_PER_THREAD = 200;
    private static final long MEMORY_OF_ONE = 20L * 1024 * 1024;

    private final ThreadPoolExecutor normal;
    private final ThreadPoolExecutor heavy;
    private final Duration patience;

    /**
     * A pool.
     *
     * @param threads how many hashes run at once
     * @param patience how long one waits for its turn and its result
     */
    public HashingPool(int threads, Duration patience) {
        this.normal = pool("password-hash", threads);
        this.heavy = pool("password-hash-slow", 1);
        this.patience = patience;
    }

    /**
     * A pool for this machine: a thread for each core but one, and no more than a quarter of the
     * heap holds.
     */
    public static HashingPool forThisMachine() {
        Runtime machine = Runtime.getRuntime();
        long fit = Math.max(1, machine.maxMemory() / 4 / MEMORY_OF_ONE);
        int threads = (int) Math.min(Math.max(1, machine.availableProcessors() - 1), fit);
        return new HashingPool(threads, Duration.ofSeconds(10));
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(threads * QUEUE_PER_THREAD),
                        work -> new HashingThread(work, name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Computes a hash, in the memory of the thread that does it. */
    PasswordHash compute(Function<Argon2Memory, PasswordHash> work) {
        return await(normal, work);
    }

    /** Checks a candidate against a hash, in the lane that its cost asks for. */
    boolean check(PasswordHash hash, Predicate<Argon2Memory> work) {
        return await(hash.isHeavy() ? heavy : normal, work::test);
    }

    private <T> T await(ThreadPoolExecutor pool, Function<Argon2Memory, T> work) {
        FutureTask<T> task = new FutureTask<>(() -> work.apply(HashingThread.memory()));
        try {
            pool.execute(task);
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException tooBusy) {
            pool.remove(task);
            throw ApiException.of("E0000181");
        } catch (InterruptedException stopped) {
            pool.remove(task);
            Thread.currentThread().interrupt();
            throw ApiException.of("E0000181");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    /** A thread with the memory that its hashes are computed in, which goes with it. */
    private static final class HashingThread extends Thread {

        private final Argon2Memory memory = new Argon2Memory();

        HashingThread(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }

        static Argon2Memory memory() {
            if (Thread.currentThread() instanceof HashingThread own) {
                return own.memory;
            }
            throw new IllegalStateException("hashes are computed in the pool only");
        }
    }

    @Override
    public void close() {
        normal.close();
        heavy.close();
    }
}
