package dev.ostiary.server.live;

import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.LineImport;
import dev.ostiary.server.cli.Options;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code import --from URL}: an org from elsewhere, read through the published API into a snapshot
 * and written from there (docs/operate/bulk.md); without {@code --from}, the import of a file.
 */
public final class ImportFrom implements Cli.Command {

    private final Cli.Command ofFiles;
    private final boolean terminal;
    private final LongSupplier nanos;

    /**
     * @param ofFiles imports a file
     * @param terminal whether somebody looks on
     * @param nanos a clock that only goes forward
     */
    public ImportFrom(Cli.Command ofFiles, boolean terminal, LongSupplier nanos) {
        this.ofFiles = ofFiles;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    @Override
    public String help() {
        return "Imports users, groups and memberships of a file, or a whole org from elsewhere;"
                + " goes on where it was interrupted.";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(ofFiles.options());
        options.addAll(Sides.options());
        options.add(
                Options.text(
                        "--keep",
                        "DIR",
                        "With --from: where to put what was read, and to keep it. Else it is"
                                + " below the data directory, and removed at the end."));
        return options;
    }

    @Override
    public String parameter() {
        return "[FILE]";
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        if (arguments.find("--from").isEmpty()) {
            return ofFiles.run(arguments, out);
        }
        for (String other : List.of("--url", "--name", "--format", "--dry-run")) {
            if (arguments.find(other).isPresent()) {
                throw new Failure(ExitCode.USAGE, other + " goes with a file, not with --from");
            }
        }
        if (arguments.hasParameter()) {
            throw new Failure(ExitCode.USAGE, "a file and --from do not go together");
        }
        String existing = arguments.find("--existing").orElse("skip");
        if (!existing.matches("error|skip|update")) {
            throw new Failure(ExitCode.USAGE, "--existing takes error, skip or update");
        }
        OrgApi source = Sides.source(arguments);
        try (Sides.Target target = Sides.target(arguments, source);
                Snapshot snapshot = snapshot(arguments, source, target.org())) {
            if (arguments.on("--again")) {
                snapshot.forget();
            }
            new Download(source, snapshot, out).toTheEnd();
            new Upload(
                            source.url(),
                            target,
                            snapshot,
                            new LineImport(target.lines(), terminal, nanos),
                            out)
                    .toTheEnd(existing, arguments.on("--again"));
            if (arguments.find("--keep").isPresent()) {
                snapshot.forget();
            } else {
                snapshot.delete();
            }
            return ExitCode.OK;
        }
    }

    /** A folder for each pair, whose name nobody outside has a say in. */
    private static Snapshot snapshot(Arguments arguments, OrgApi source, OrgApi target) {
        String pair = source.url() + " " + target.url();
        Path usual =
                arguments
                        .path("--data")
                        .resolve("imports")
                        .resolve(
                                UUID.nameUUIDFromBytes(pair.getBytes(StandardCharsets.UTF_8))
                                        .toString());
        return Snapshot.in(
                arguments.find("--keep").map(Path::of).orElse(usual), source.url(), target.url());
    }
}
