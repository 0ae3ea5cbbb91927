package dev.ostiary.server.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code export}: groups, users and memberships as lines that {@code import} reads
 * (docs/operate/bulk.md). A file is only there once it is whole, and only its owner may read it.
 */
public final class ExportCommand implements Cli.Command {

    private static final String EXPORT = "/ostiary/v1/export?limit=1000";

    private final Map<String, String> environment;
    private final OutputStream standard;

    /**
     * @param standard where lines go without a file
     */
    public ExportCommand(Map<String, String> environment, OutputStream standard) {
        this.environment = environment;
        this.standard = standard;
    }

    @Override
    public String help() {
        return "Exports groups, users and memberships, for an import into another org.";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(Connection.options(environment));
        options.add(Options.text("--out", "FILE", "Where to; standard output unless said."));
        options.add(
                Options.flag(
                        "--with-passwords",
                        "With the hashes of passwords: only for the operator, without --url."));
        return options;
    }

    @Override
    public ExitCode run(Arguments arguments, PrintWriter out) {
        BulkClient client = new BulkClient(() -> Connection.of(arguments));
        String first = EXPORT + (arguments.on("--with-passwords") ? "&passwords=true" : "");
        Optional<Path> file = arguments.find("--out").map(Path::of);
        try {
            if (file.isEmpty()) {
                write(client, first, standard);
            } else {
                long lines = write(client, first, file.get());
                out.println("exported " + lines + " lines to " + file.get());
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "the export cannot be written: " + e.getMessage());
        }
    }

    private static long write(BulkClient client, String first, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(
                part,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        long lines;
        try (OutputStream out = Files.newOutputStream(part)) {
            lines = write(client, first, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return lines;
    }

    private static long write(BulkClient client, String first, OutputStream out)
            throws IOException {
        long lines = 0;
        for (Optional<String> path = Optional.of(first); path.isPresent(); ) {
            BulkClient.Part part = client.page(path.get());
            out.write(part.lines());
            for (byte each : part.lines()) {
                lines += each == '\n' ? 1 : 0;
            }
            path = part.next();
        }
        out.flush();
        return lines;
    }
}
