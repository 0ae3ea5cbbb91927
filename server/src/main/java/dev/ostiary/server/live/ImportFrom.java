package dev.ostiary.server.live;

import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.Cli;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.LineImport;
import dev.ostiary.server.cli.Options;
import dev.ostiary.server.live.Mark.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

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
        try (Sides.Target target = Sides.target(arguments, source)) {
            Snapshot snapshot = snapshot(arguments, source, target.org());
            if (arguments.on("--again")) {
                snapshot.forget();
            }
            new Download(source, snapshot, out).toTheEnd();
            write(snapshot, target, source, arguments, out);
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
        return Snapshot.in(arguments.find("--keep").map(Path::of).orElse(usual), source.url());
    }

    private void write(
            Snapshot snapshot,
            Sides.Target target,
            OrgApi source,
            Arguments arguments,
            PrintWriter out) {
        Frame frame = Frame.of(snapshot.whole(Part.FRAME));
        new Settling(target.org(), out).like(frame);
        LineImport lines = new LineImport(target.lines(), terminal, nanos);
        String existing = arguments.find("--existing").orElse("skip");
        for (Part part : List.of(Part.GROUPS, Part.USERS, Part.LEAVERS, Part.MEMBERS)) {
            if (isEmpty(snapshot.file(part))) {
                continue;
            }
            // who is deactivated already cannot be changed
            String then = part == Part.LEAVERS && existing.equals("update") ? "skip" : existing;
            String name = source.url() + " " + part.file();
            out.println("writing " + part.file());
            lines.run(
                    snapshot.file(part),
                    new LineImport.Wanted(name, then, false, false, arguments.on("--again")),
                    out);
        }
        Bonds bonds = new Bonds(target.org(), frame.relations().keySet());
        links(snapshot, bonds, out);
        rules(snapshot, target.org(), bonds, out);
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }

    private static void links(Snapshot snapshot, Bonds bonds, PrintWriter out) {
        AtomicLong made = new AtomicLong();
        snapshot.each(
                Part.LINKS,
                (line, number) -> {
                    String user = line.path("user").asString("");
                    String relation = line.path("relation").asString("");
                    String primary = line.path("primary").asString("");
                    if (bonds.link(user, relation, primary)) {
                        made.incrementAndGet();
                    } else {
                        out.println(
                                Said.plain(
                                        "left out: " + relation + " of " + user + ": " + primary));
                    }
                });
        out.println("linked " + made + " users");
    }

    private static void rules(Snapshot snapshot, OrgApi org, Bonds bonds, PrintWriter out) {
        JsonNode wanted = snapshot.whole(Part.RULES);
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, String> names = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (JsonNode group : org.all(Download.GROUPS)) {
            String name = group.at("/profile/name").asString("");
            names.put(org.id(group), name);
            ids.put(name, org.id(group));
        }
        Rules rules = new Rules(org);
        Map<String, JsonNode> there =
                rules.all(names, bonds)
                        .orElseThrow(
                                () ->
                                        new Failure(
                                                ExitCode.FAILED, "the target has no group rules"));
        for (var rule : wanted.properties()) {
            if (!there.containsKey(rule.getKey())
                    && !rules.make(rule.getKey(), rule.getValue(), ids, bonds)) {
                out.println("left out: rule " + Said.plain(rule.getKey()) + ": a group is missing");
            }
        }
    }
}
