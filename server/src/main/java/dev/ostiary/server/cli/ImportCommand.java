package dev.ostiary.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.OptionSpec;

/** {@code import FILE}: users, groups and memberships of a file (docs/operate/bulk.md). */
public final class ImportCommand implements Cli.Command {

    private final Map<String, String> environment;
    private final boolean terminal;
    private final LongSupplier nanos;

    /**
     * @param terminal whether somebody looks on
     * @param nanos a clock that only goes forward
     */
    public ImportCommand(Map<String, String> environment, boolean terminal, LongSupplier nanos) {
        this.environment = environment;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    @Override
    public String help() {
        return "Imports users, groups and memberships of a file; goes on where it was interrupted.";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(Connection.options(environment));
        options.addAll(
                List.of(
                        Options.flag("--dry-run", "Tells every bad line, and changes nothing."),
                        Options.text(
                                "--existing",
                                "error|skip|update",
                                "What becomes of a line whose user or group is there already: it is"
                                        + " bad (unless said otherwise), passed over (with --from), or"
                                        + " takes the place of what is there."),
                        Options.text(
                                "--format",
                                "ndjson|csv",
                                "What the file is; its name tells unless said."),
                        Options.text(
                                "--name",
                                "NAME",
                                "What to call the import, to go on with it; the file's name unless"
                                        + " said."),
                        Options.flag(
                                "--again",
                                "Begins anew: an import of this name that was interrupted is"
                                        + " forgotten, what it has imported stays.")));
        return options;
    }

    @Override
    public String parameter() {
        return "FILE";
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        Path file = Path.of(arguments.parameter());
        boolean csv = isCsv(file, arguments);
        LineImport.Wanted wanted =
                new LineImport.Wanted(
                        arguments.find("--name").orElse(file.getFileName().toString()),
                        arguments.find("--existing").orElse("error"),
                        csv,
                        arguments.on("--dry-run"),
                        arguments.on("--again"));
        return new LineImport(() -> Connection.of(arguments), terminal, nanos)
                .run(file, wanted, out);
    }

    private static boolean isCsv(Path file, Arguments arguments) {
        String format =
                arguments
                        .find("--format")
                        .orElse(
                                file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")
                                        ? "csv"
                                        : "ndjson");
        return switch (format) {
            case "csv" -> true;
            case "ndjson" -> false;
            default ->
                    throw new Failure(
                            ExitCode.USAGE, "--format takes ndjson or csv, not " + format);
        };
    }
}
