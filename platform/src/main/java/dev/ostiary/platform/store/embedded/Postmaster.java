package dev.ostiary.platform.store.embedded;

import dev.ostiary.platform.store.embedded.Processes.Kind;
import dev.ostiary.platform.store.embedded.StartFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The running database process: started in a session of its own, so that a Ctrl-C meant for the
 * server leaves it alone until the server has drained, and does not end when the server is killed.
 *
 * @param child the process as a child of this one; null where it has another parent
 */
record Postmaster(long pid, int port, @Nullable Process child) {

    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(10);
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(60);
    private static final Duration ORPHANS_LAST_WORDS = Duration.ofSeconds(30);
    private static final int STEP_MILLIS = 5;
    private static final int WATCH_MILLIS = 200;

    /** Starts it on a configured port and returns when it takes connections. */
    static Postmaster start(Cluster cluster, int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ORPHANS_LAST_WORDS.toNanos();
        while (true) {
            disownStranger(cluster);
            String output;
            switch (attempt(cluster, port)) {
                case Attempt.Started(Postmaster postmaster) -> {
                    return postmaster;
                }
                case Attempt.Failed(String said) -> output = said;
            }
            StartFailure failure = StartFailure.of("the database does not start", output);
            if (!isPassing(cluster, failure) || System.nanoTime() > deadline) {
                throw failure;
            }
            Thread.sleep(STEP_MILLIS * 10L);
        }
    }

    /**
     * Whether a killed database is in the way that will soon be gone: its children end by
     * themselves, but not in the same instant, and of a process that is ending the system tells
     * that it is there, but no more what it is.
     */
    private static boolean isPassing(Cluster cluster, StartFailure failure) throws IOException {
        return failure.reason() == Reason.DATA_DIRECTORY_IN_USE
                && PostmasterFile.in(cluster.files())
                        .filter(
                                file ->
                                        Processes.kind(file.pid(), cluster.files())
                                                == Kind.POSTMASTER)
                        .isEmpty();
    }

    /** The postmaster that a server left behind when it was killed, ready or still on its way. */
    static Optional<Postmaster> leftBehind(Cluster cluster)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<PostmasterFile> found = PostmasterFile.in(cluster.files());
            if (found.isEmpty()
                    || Processes.kind(found.get().pid(), cluster.files()) != Kind.POSTMASTER) {
                return Optional.empty();
            }
            if (found.get().ready()) {
                return Optional.of(new Postmaster(found.get().pid(), found.get().port(), null));
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new StartFailure(
                Reason.DATA_DIRECTORY_IN_USE,
                "a database process that an earlier server left is neither ready nor ended");
    }

    boolean alive() {
        return child == null ? Processes.alive(pid) : child.isAlive();
    }

    /** Whether it runs these programs, not those of another release. */
    boolean runs(Binaries binaries) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(program -> program.equals(binaries.program("postgres")))
                .orElse(false);
    }

    /** Waits until it has ended. */
    void awaitEnd() throws InterruptedException {
        if (child != null) {
            child.waitFor();
            return;
        }
        while (Processes.alive(pid)) {
            Thread.sleep(WATCH_MILLIS);
        }
    }

    /** Ends it: transactions are rolled back, everything is written, connections are closed. */
    void stop() throws IOException, InterruptedException {
        if (!alive()) {
            return;
        }
        // PostgreSQL's names: fast, then immediate (recovers at the next start), then none left.
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            Processes.signal(pid, signal);
            if (endsWithin(LONGEST_SHUTDOWN)) {
                return;
            }
        }
        throw new StartFailure(Reason.OTHER, "the database process " + pid + " cannot be stopped");
    }

    private boolean endsWithin(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (alive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(STEP_MILLIS);
        }
        return true;
    }

    private sealed interface Attempt {
        record Started(Postmaster postmaster) implements Attempt {}

        record Failed(String output) implements Attempt {}
    }

    private static Attempt attempt(Cluster cluster, int port)
            throws IOException, InterruptedException {
        String stale = PostmasterFile.in(cluster.files()).map(PostmasterFile::text).orElse("");
        Path output = cluster.data().resolve("database.out");
        Process process =
                Command.start(
                        cluster.account().command(cluster.starter().words(cluster)),
                        output.toFile());
        long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = !process.isAlive();
            Optional<PostmasterFile> file = PostmasterFile.in(cluster.files());
            if (file.isPresent() && file.get().ready() && !file.get().text().equals(stale)) {
                long pid = file.get().pid();
                return new Attempt.Started(
                        new Postmaster(pid, port, pid == process.pid() ? process : null));
            }
            if (ended) {
                return new Attempt.Failed(ServerLog.sinceStart(cluster.files(), output));
            }
            Thread.sleep(STEP_MILLIS);
        }
        return new Attempt.Failed("FATAL: not ready after " + LONGEST_RECOVERY);
    }

    private static void disownStranger(Cluster cluster) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.in(cluster.files());
        if (file.isEmpty()) {
            return;
        }
        switch (Processes.kind(file.get().pid(), cluster.files())) {
            case DEAD, STRANGER -> cluster.write(PostmasterFile.NAME, file.get().disowned());
            case POSTMASTER, UNKNOWN -> {}
        }
    }
}
