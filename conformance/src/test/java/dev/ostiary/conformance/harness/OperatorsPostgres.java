package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL as an operator has one: its own programs, a role that owns one database and nothing
 * else. Needs no client program, so that any folder with {@code initdb} and {@code postgres} will
 * do. Not thread-safe.
 */
public final class OperatorsPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path folder;
    private final int port;
    private Process process;

    private OperatorsPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        run("initdb", "-D", data(), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", word());
        sql("postgres", "CREATE ROLE operated LOGIN PASSWORD 'not-a-secret'");
        sql("postgres", "CREATE DATABASE ostiary OWNER operated");
        this.process = launch();
    }

    /**
     * The programs of a major version: Debian's, or those in the folder that the variable {@code
     * OSTIARY_TEST_POSTGRES_17} (for 17) names.
     */
    public static Optional<Path> programs(int major) {
        String named = System.getenv("OSTIARY_TEST_POSTGRES_" + major);
        return Stream.of(
                        Path.of(named == null ? "/nowhere" : named),
                        Path.of("/usr/lib/postgresql/" + major + "/bin"))
                .filter(path -> Files.isExecutable(path.resolve("initdb")))
                .findFirst();
    }

    /** Makes a cluster and starts it. */
    public static OperatorsPostgres start(Path programs) {
        try {
            Path folder = Files.createTempDirectory("operators-postgres");
            if (isRoot()) {
                new ProcessBuilder("chown", "nobody", folder.toString()).start().waitFor();
            }
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = free.getLocalPort();
                free.close();
                return new OperatorsPostgres(programs, folder, port);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What {@code --db} takes. */
    public String url() {
        return "postgresql://operated:not-a-secret@127.0.0.1:" + port + "/ostiary";
    }

    /** The same with a password that is none. */
    public String urlWithWrongPassword() {
        return url().replace("not-a-secret", "hush-hush");
    }

    /** Stops it without waiting for its clients: on SIGINT it ends their connections. */
    public void stop() {
        try {
            Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
            await(kill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(process);
    }

    /** Starts it again. */
    public void restart() {
        process = launch();
    }

    /** Runs a statement as its superuser; the cluster must be stopped. */
    public void sql(String database, String statement) {
        Process single = start(List.of("postgres", "--single", "-j", "-D", data(), database));
        try (var in = single.getOutputStream()) {
            in.write((statement + ";\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(single);
    }

    private Process launch() {
        Process started =
                start(
                        List.of(
                                "postgres",
                                "-D",
                                data(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories="));
        if (!Await.until(PATIENCE, this::listens)) {
            throw new AssertionError("PostgreSQL does not start, see " + folder);
        }
        return started;
    }

    private boolean listens() {
        Path pid = Path.of(data(), "postmaster.pid");
        try {
            return Files.exists(pid) && Files.readString(pid).contains("ready");
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String... words) {
        Process process = start(List.of(words));
        await(process);
        if (process.exitValue() != 0) {
            throw new AssertionError(words[0] + " failed, see " + folder);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + process.info().commandLine());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Process start(List<String> words) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("setpriv", "--reuid", "nobody", "--clear-groups"));
        }
        command.add(programs.resolve(words.getFirst()).toString());
        command.addAll(words.subList(1, words.size()));
        try {
            Path said = folder.resolveSibling(folder.getFileName() + ".log");
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String word() {
        try {
            Path file = folder.resolve("word");
            Files.writeString(file, "superuser-of-a-test");
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public void close() {
        stop();
        try {
            Folders.delete(folder);
            Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
