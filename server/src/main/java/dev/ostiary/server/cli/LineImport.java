package dev.ostiary.server.cli;

import dev.ostiary.platform.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a file of lines into an org (docs/operate/bulk.md). Not thread-safe. */
public final class LineImport {

    private static final String IMPORTS = "/ostiary/v1/imports";

    private final Supplier<OperatorClient> connecting;
    private final boolean terminal;
    private final LongSupplier nanos;

    /**
     * @param connecting finds the server; again after it was gone, since it may have moved
     * @param terminal whether somebody looks on
     * @param nanos a clock that only goes forward
     */
    public LineImport(Supplier<OperatorClient> connecting, boolean terminal, LongSupplier nanos) {
        this.connecting = connecting;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /**
     * How it is to be imported.
     *
     * @param name under which the import is found again
     * @param existing what becomes of whoever is there already: {@code error}, {@code skip} or
     *     {@code update}
     * @param csv whether the lines are records, not JSON
     * @param again whether one of this name that is under way is forgotten
     */
    public record Wanted(
            String name, String existing, boolean csv, boolean dryRun, boolean again) {}

    /**
     * Imports the file, from where an import of this name was interrupted.
     *
     * @throws Failure if a line is bad, or the server refuses or stays away
     */
    public ExitCode run(Path file, Wanted wanted, PrintWriter out) {
        try {
            FileScan scan = scanned(file, out);
            BulkClient client = new BulkClient(connecting);
            JsonNode job = begun(client, wanted);
            try (LineSource source = wanted.csv() ? CsvLines.of(file) : NdjsonLines.of(file)) {
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

    private static JsonNode begun(BulkClient client, Wanted wanted) {
        ObjectNode body =
                Json.object()
                        .put("name", wanted.name())
                        .put("dryRun", wanted.dryRun())
                        .put("texts", wanted.csv())
                        .put("again", wanted.again() || wanted.dryRun())
                        .put("existing", wanted.existing().toUpperCase(Locale.ROOT));
        return client.ask("POST", IMPORTS, Json.text(body));
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
