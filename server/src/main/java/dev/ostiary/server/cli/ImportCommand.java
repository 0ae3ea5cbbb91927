package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code import FILE}: users, groups and memberships of a file (docs/operate/bulk.md). */
public final class ImportCommand implements Cli.Command {

    private static final String IMPORTS = "/ostiary/v1/imports";

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
                                "error",
                                "What becomes of a line whose user or group is there already: it is"
                                        + " bad, passed over, or takes the place of what is there."),
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
        try {
            FileScan scan = scanned(file, out);
            BulkClient client = new BulkClient(() -> Connection.of(arguments));
            JsonNode job = begun(client, file, csv, arguments);
            try (LineSource source = csv ? CsvLines.of(file) : NdjsonLines.of(file)) {
                long position = job.path("position").asLong();
                if (position > 0) {
                    out.println("going on behind line " + position);
                }
                Progress progress = new Progress(out, terminal, position, scan.lines(), nanos);
                ImportRun run = new ImportRun(client, source, progress, job, out);
                run.skip();
                return end(client, run.toTheEnd(), out);
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
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

    private static FileScan scanned(Path file, PrintWriter out) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.FAILED, "there is no file " + file);
        }
        FileScan scan = FileScan.of(file);
        if (!scan.foreign().isEmpty()) {
            scan.foreign().forEach(line -> out.println("line " + line + ": not in UTF-8"));
            throw new Failure(
                    ExitCode.FAILED, file + " is not in UTF-8; nothing was imported of it");
        }
        return scan;
    }

    private static JsonNode begun(BulkClient client, Path file, boolean csv, Arguments arguments) {
        ObjectNode wanted =
                Json.object()
                        .put("name", arguments.find("--name").orElse(file.getFileName().toString()))
                        .put("dryRun", arguments.on("--dry-run"))
                        .put("texts", csv)
                        .put("again", arguments.on("--again") || arguments.on("--dry-run"))
                        .put("existing", arguments.text("--existing").toUpperCase(Locale.ROOT));
        return client.ask("POST", IMPORTS, Json.text(wanted));
    }

    private static ExitCode end(BulkClient client, JsonNode job, PrintWriter out) {
        client.ask("POST", IMPORTS + "/" + job.path("id").asString() + "/finish", "");
        boolean dry = job.path("dryRun").asBoolean();
        out.println(
                (dry ? "would import " : "imported ")
                        + job.path("users").asLong()
                        + " users, "
                        + job.path("groups").asLong()
                        + " groups, "
                        + job.path("memberships").asLong()
                        + " memberships; updated "
                        + job.path("updated").asLong()
                        + ", passed over "
                        + job.path("skipped").asLong());
        long bad = job.path("bad").asLong();
        if (bad > 0) {
            throw new Failure(
                    ExitCode.FAILED, bad + " bad lines of " + job.path("position").asLong());
        }
        return ExitCode.OK;
    }
}
