package dev.ostiary.conformance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The application of {@code conformance/spring-app}, running on loopback. */
public final class SpringApp implements AutoCloseable {

    private static final String MAIN = "dev.ostiary.springapp.SpringApp";
    private static final String READY = "Started SpringApp";

    private final Process process;
    private final Path log;

    private SpringApp(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A port that is free now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits until it serves. */
    public static SpringApp start(Server server, int port, List<String> settings) {
        Path target = Launcher.here().home().resolve("conformance/spring-app/target");
        Path trust = server.trust().writeTo(server.data().resolveSibling("trust.p12"));
        try {
            Path log = Files.createTempFile(server.data().getParent(), "spring-app", ".txt");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-Djavax.net.ssl.trustStore=" + trust,
                                    "-Djavax.net.ssl.trustStorePassword=" + Trust.STORE_PASSWORD,
                                    "-cp",
                                    target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                                    MAIN,
                                    "--server.address=localhost",
                                    "--server.port=" + port));
            command.addAll(settings);
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            SpringApp app = new SpringApp(process, log);
            app.awaitReady();
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Await.until(Duration.ofMinutes(2), () -> !process.isAlive() || said().contains(READY));
        if (!said().contains(READY)) {
            close();
            throw new AssertionError("the app did not start: " + said());
        }
    }

    /** What it said. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
