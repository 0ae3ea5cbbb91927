package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./ostiary serve} on a data directory of its own. It can be stopped as an operator would,
 * killed, and started again on the same data and port. Not thread-safe, except for what goes over
 * HTTPS.
 */
public final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Launcher launcher;
    private final Path folder;
    private final Map<String, String> variables;
    private final List<String> options;
    private final AtomicInteger orgs = new AtomicInteger();
    private Process process;
    private final JsonNode facts;
    private final Trust trust;
    private final Http http;

    private Server(Path folder, Map<String, String> variables, List<String> options, int port) {
        this.launcher = Launcher.here();
        this.folder = folder;
        this.variables = variables;
        this.options = options;
        this.process = launch(port);
        waitFor(Files::exists, data().resolve("first-run.json"));
        try {
            this.facts = Json.parse(Files.readAllBytes(data().resolve("first-run.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.trust = Trust.in(Path.of(facts.get("caCertificate").asString()));
        this.http = Http.of(url(), trust.context(), HttpClient.Version.HTTP_1_1);
        waitUntilReady();
    }

    /** Starts a server on fresh data and returns when it serves. */
    public static Server start(String... options) {
        return start(Map.of(), options);
    }

    /** Starts a server with variables of its own. */
    public static Server start(Map<String, String> variables, String... options) {
        try {
            return startIn(Files.createTempDirectory("ostiary-conformance"), variables, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server with its data below a folder, which goes with it. */
    public static Server startIn(Path folder, Map<String, String> variables, String... options) {
        return new Server(folder, variables, List.of(options), 0);
    }

    /**
     * Starts another node on the same database, which has to be one that options name ({@code
     * --db}): with the same keys, and a folder and a port of its own.
     */
    public Server beside() {
        try {
            Path other = Files.createTempDirectory("ostiary-conformance");
            int port = Folders.node(data(), other.resolve("data"), facts);
            return new Server(other, variables, options, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again on the same data and the same port. */
    public void restart() {
        process = launch(port());
        waitUntilReady();
    }

    private Process launch(int port) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "serve",
                                "--port",
                                Integer.toString(port),
                                "--data",
                                data().toString()));
        words.addAll(options);
        return launcher.start(words, variables, log(), complaints());
    }

    private void waitUntilReady() {
        waitFor(Server::answers, http);
    }

    private static boolean answers(Http http) {
        try {
            return http.get("/health/ready").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private <T> void waitFor(Predicate<T> condition, T subject) {
        boolean so = Await.until(PATIENCE, () -> !process.isAlive() || condition.test(subject));
        if (!so || !process.isAlive()) {
            String words = said();
            close();
            throw new AssertionError("the server did not start: " + words);
        }
    }

    /** Asks it to stop, as an operator would (SIGTERM), and waits. */
    public int stop() {
        process.destroy();
        return exitCode();
    }

    /** Asks it to stop and does not wait. */
    public void tellToStop() {
        process.destroy();
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server does not stop: " + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kills it as {@code kill -9} does; its database lives on. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Kills the main process of its database as {@code kill -9} does. */
    public void killDatabase() {
        databaseProcess().destroyForcibly();
    }

    /** The main process of its database. */
    public ProcessHandle databaseProcess() {
        try {
            List<String> lines = Files.readAllLines(data().resolve("db/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server's process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The data directory. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Where its standard output goes, every start's after the one before. */
    public Path log() {
        return folder.resolve("out.log");
    }

    /** Where its standard error goes. */
    public Path complaints() {
        return folder.resolve("err.log");
    }

    /** The last lines that it said, for messages. */
    public String said() {
        return tail(log()) + tail(complaints());
    }

    private static String tail(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(Math.max(0, text.length() - 4000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code https://localhost:PORT}, which means the default org. */
    public String url() {
        return "https://localhost:" + port();
    }

    /** The port of the default org. */
    public int port() {
        return URI.create(facts.get("orgUrl").asString()).getPort();
    }

    /** Trust in this server's CA. */
    public Trust trust() {
        return trust;
    }

    /** The launcher that it was started with. */
    public Launcher launcher() {
        return launcher;
    }

    /** The default org. */
    public Org defaultOrg() {
        String token = facts.get("apiToken").asString();
        return new Org(
                "",
                "dev",
                url(),
                facts.get("adminLogin").asString(),
                facts.get("adminPassword").asString(),
                token,
                http.token(token),
                http);
    }

    /** Makes an org that nobody else uses. */
    public Org newOrg() {
        String name = "org-" + orgs.incrementAndGet();
        JsonNode made =
                defaultOrg()
                        .http()
                        .post("/ostiary/v1/orgs", Json.object().put("name", name).put("port", 0))
                        .expect(201)
                        .json();
        Http there = http.at("https://localhost:" + made.get("port").intValue());
        String token = made.get("apiToken").asString();
        return new Org(
                made.get("id").asString(),
                name,
                there.base(),
                made.get("adminLogin").asString(),
                made.get("adminPassword").asString(),
                token,
                there.token(token),
                there);
    }

    /** Stops it, by force if need be, and removes its data. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (Files.exists(data().resolve("db/postmaster.pid"))) {
                databaseProcess().destroyForcibly();
            }
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
