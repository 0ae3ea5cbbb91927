package dev.ostiary.server.live;

import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.LineImport;
import dev.ostiary.server.live.Mark.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes a snapshot into an org, from where it was interrupted: each setting, file, link and rule
 * is noted once it is written, and asked for no more. Not thread-safe.
 */
final class Upload {

    private static final List<Part> FILES =
            List.of(Part.GROUPS, Part.USERS, Part.LEAVERS, Part.MEMBERS);

    private final String source;
    private final OrgApi org;
    private final Snapshot snapshot;
    private final LineImport lines;
    private final PrintWriter out;

    /**
     * @param source the URL of the org that the snapshot is of
     * @param lines imports files into the target
     */
    Upload(
            String source,
            Sides.Target target,
            Snapshot snapshot,
            LineImport lines,
            PrintWriter out) {
        this.source = source;
        this.org = target.org();
        this.snapshot = snapshot;
        this.lines = lines;
        this.out = out;
    }

    /**
     * Everything that is still missing.
     *
     * @param existing what becomes of who is there already
     * @param again whether imports of files that were interrupted are forgotten
     */
    void toTheEnd(String existing, boolean again) {
        Frame frame = Frame.of(snapshot.whole(Part.FRAME));
        if (snapshot.mark().part() == Part.WRITE) {
            new Settling(org, out).like(frame);
            snapshot.mark(Mark.at(Part.WRITE_LINES));
        }
        if (snapshot.mark().part() == Part.WRITE_LINES) {
            files(existing, again);
            snapshot.mark(Mark.at(Part.WRITE_LINKS));
        }
        Bonds bonds = new Bonds(org, frame.relations().keySet());
        if (snapshot.mark().part() == Part.WRITE_LINKS) {
            links(bonds);
            snapshot.mark(Mark.at(Part.WRITE_RULES));
        }
        rules(bonds);
    }

    private void files(String existing, boolean again) {
        for (int i = (int) snapshot.mark().parent(); i < FILES.size(); i++) {
            Part part = FILES.get(i);
            if (!isEmpty(snapshot.file(part))) {
                // who is deactivated already cannot be changed
                String then = part == Part.LEAVERS && existing.equals("update") ? "skip" : existing;
                String name = source + " " + part.file();
                out.println("writing " + part.file());
                lines.run(
                        snapshot.file(part),
                        new LineImport.Wanted(name, then, false, false, again),
                        out);
            }
            snapshot.mark(Mark.done(Part.WRITE_LINES, i + 1L));
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }

    private void links(Bonds bonds) {
        long behind = snapshot.mark().parent();
        long[] made = {0};
        snapshot.each(
                Part.LINKS,
                (line, number) -> {
                    if (number >= behind) {
                        made[0] += link(line, bonds) ? 1 : 0;
                        snapshot.mark(Mark.done(Part.WRITE_LINKS, number + 1));
                    }
                });
        out.println("linked " + made[0] + " users");
    }

    private boolean link(JsonNode line, Bonds bonds) {
        String user = line.path("user").asString("");
        String relation = line.path("relation").asString("");
        String primary = line.path("primary").asString("");
        boolean linked = bonds.link(user, relation, primary);
        if (!linked) {
            out.println(Said.plain("left out: " + relation + " of " + user + ": " + primary));
        }
        return linked;
    }

    private void rules(Bonds bonds) {
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
        Mark from = snapshot.mark();
        long number = 0;
        for (var rule : wanted.properties()) {
            if (number >= from.parent()) {
                rule(rules, rule.getKey(), rule.getValue(), there, ids, bonds, number);
                snapshot.mark(Mark.done(Part.WRITE_RULES, number + 1));
            }
            number++;
        }
    }

    /**
     * A rule is noted before it is made: so one that is there, and not active, is known for one
     * whose making was interrupted, and not for somebody else's.
     */
    private void rule(
            Rules rules,
            String name,
            JsonNode picture,
            Map<String, JsonNode> there,
            Map<String, String> groupIds,
            Bonds bonds,
            long number) {
        boolean active = picture.path("status").asString("").equals("ACTIVE");
        if (there.containsKey(name)) {
            if (active && snapshot.mark().next().equals(name)) {
                rules.asleep(name).ifPresent(rules::activate);
            }
            return;
        }
        snapshot.mark(new Mark(Part.WRITE_RULES, number, name, 0, 0));
        rules.make(name, picture, groupIds, bonds)
                .ifPresentOrElse(
                        id -> {
                            if (active) {
                                rules.activate(id);
                            }
                        },
                        () ->
                                out.println(
                                        "left out: rule "
                                                + Said.plain(name)
                                                + ": a group is missing"));
    }
}
