package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher {@code ./ostiary}, run as a person would run it, except that it never builds. */
public final class Launcher {

    private final Path home;

    private Launcher(Path home) {
        this.home = home;
    }

    /** The launcher of the project that is under test. */
    public static Launcher here() {
        Path home = Path.of(System.getProperty("ostiary.home", "..")).toAbsolutePath().normalize();
        if (!Files.exists(home.resolve("server/target/server.jar"))) {
            throw new IllegalStateException(
                    "server/target/server.jar is missing: run these suites with ./ostiary test, which builds it");
        }
        return new Launcher(home);
    }

    /** The project's folder. */
    public Path home() {
        return home;
    }

    /** Starts a command and does not wait for it; what it says goes to the end of the two files. */
    public Process start(List<String> words, Map<String, String> variables, Path out, Path err) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("ostiary").toString());
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                        .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("OSTIARY_"));
        builder.environment().put("OSTIARY_SKIP_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a command ended.
     *
     * @param code its exit code
     * @param out what it printed
     * @param err what it complained about
     */
    public record Ended(int code, String out, String err) {

        /** The lines of its complaint. */
        public List<String> errorLines() {
            return err.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** Runs a command to its end. */
    public Ended run(String... words) {
        return run(Map.of(), words);
    }

    /** Runs a command to its end, with variables of its own. */
    public Ended run(Map<String, String> variables, String... words) {
        try {
            Path out = Files.createTempFile("ostiary-out", ".txt");
            Path err = Files.createTempFile("ostiary-err", ".txt");
            Process process = start(List.of(words), variables, out, err);
            if (!process.waitFor(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "ostiary "
                                + String.join(" ", words)
                                + " did not end: "
                                + Files.readString(out)
                                + Files.readString(err));
            }
            Ended ended =
                    new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
