package dev.ostiary.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code rehearse}: starts a server on a directory of its own, asks it a few things and stops. The
 * launcher runs it once after a build, so that the JVM can record which classes a start needs.
 */
public final class RehearseCommand implements Cli.Command {

    private final ServerStarter starter;

    public RehearseCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public String help() {
        return "Starts and stops a server in a temporary directory, to record a start.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of();
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        Path data = temporary();
        try {
            Settings settings = Settings.unchosen(data.resolve("data"));
            try (ServerStarter.Started server = starter.start(settings, out)) {
                Rehearsal.of(data.resolve("data")).play();
            }
            return ExitCode.OK;
        } finally {
            delete(data);
        }
    }

    private static Path temporary() {
        try {
            Path made = Files.createTempDirectory("ostiary-rehearsal");
            return Files.setPosixFilePermissions(
                    made, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
