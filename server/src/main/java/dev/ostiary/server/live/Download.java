package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.live.Mark.Part;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an org into a snapshot, page by page, from where the snapshot stands. Of users and
 * memberships a page is held at a time. Not thread-safe.
 */
final class Download {

    static final String GROUPS = "/api/v1/groups?filter=type%20eq%20%22OKTA_GROUP%22&limit=1000";
    static final String USERS = "/api/v1/users?limit=200";

    /** The list leaves out those who are deactivated; a search does not (Users, listUsers). */
    static final String LEAVERS =
            "/api/v1/users?search=status%20eq%20%22DEPROVISIONED%22&limit=200";

    private final OrgApi source;
    private final Snapshot snapshot;
    private final PrintWriter out;

    Download(OrgApi source, Snapshot snapshot, PrintWriter out) {
        this.source = source;
        this.snapshot = snapshot;
        this.out = out;
    }

    /** Everything that is still missing. */
    void toTheEnd() {
        for (Mark mark = snapshot.mark(); !mark.part().writes(); mark = snapshot.mark()) {
            out.println("reading " + word(mark.part()) + (isBegun(mark) ? ", going on" : ""));
            out.flush();
            read(mark);
        }
    }

    private static boolean isBegun(Mark mark) {
        return mark.length() > 0;
    }

    private static String word(Part part) {
        return switch (part) {
            case FRAME -> "types, schemas, realms and definitions of linked objects";
            case GROUPS -> "groups";
            case USERS -> "users";
            case LEAVERS -> "deactivated users";
            case MEMBERS -> "memberships";
            case LINKS -> "linked objects";
            case RULES -> "group rules";
            case WRITE, WRITE_LINES, WRITE_LINKS, WRITE_RULES -> "";
        };
    }

    private void read(Mark mark) {
        switch (mark.part()) {
            case FRAME -> snapshot.whole(Part.FRAME, Frame.of(source).json());
            case GROUPS -> done(pages(mark, GROUPS, Pictures::group));
            case USERS -> done(pages(mark, USERS, new Pictures(frame())::user));
            case LEAVERS -> done(pages(mark, LEAVERS, new Pictures(frame())::user));
            case MEMBERS -> members(mark);
            case LINKS -> links(mark);
            case RULES -> rules();
            case WRITE, WRITE_LINES, WRITE_LINKS, WRITE_RULES -> {}
        }
    }

    private Frame frame() {
        return Frame.of(snapshot.whole(Part.FRAME));
    }

    private void done(Mark mark) {
        snapshot.mark(Mark.at(mark.part().following()));
    }

    /** Page after page, each noted once it is kept; the mark behind the last one. */
    private Mark pages(Mark from, String first, Function<JsonNode, ObjectNode> line) {
        Mark now = from;
        PageCount count = new PageCount(first, from.pages());
        while (true) {
            OrgApi.Page page = source.page(now.next().isEmpty() ? first : now.next());
            long pages = count.add(page);
            List<ObjectNode> lines =
                    page.items().stream()
                            .map(
                                    item -> {
                                        source.id(item);
                                        return line.apply(item);
                                    })
                            .toList();
            long length = snapshot.add(now, lines);
            if (page.next().isEmpty()) {
                return new Mark(now.part(), now.parent(), "", length, 0);
            }
            now = new Mark(now.part(), now.parent(), page.next().get(), length, pages);
            snapshot.mark(now);
        }
    }

    private void members(Mark from) {
        snapshot.add(from, List.of());
        snapshot.each(
                Part.GROUPS,
                (group, number) -> {
                    if (number >= from.parent()) {
                        Mark mark = number == from.parent() ? from : snapshot.mark();
                        long length = members(mark, group);
                        snapshot.mark(new Mark(Part.MEMBERS, number + 1, "", length, 0));
                    }
                });
        done(from);
    }

    private long members(Mark mark, JsonNode group) {
        String name = group.at("/profile/name").asString("");
        return pages(
                        mark,
                        members(source, group),
                        user -> Pictures.membership(Pictures.login(user), name))
                .length();
    }

    /** The path of the members of a group. */
    static String members(OrgApi org, JsonNode group) {
        return "/api/v1/groups/" + org.id(group) + "/users?limit=1000";
    }

    private void links(Mark from) {
        Frame frame = frame();
        snapshot.add(from, List.of());
        if (!frame.relations().isEmpty()) {
            Bonds bonds = new Bonds(source, frame.relations().keySet());
            Mark[] at = {from};
            AtomicLong passed = new AtomicLong();
            for (Part users : List.of(Part.USERS, Part.LEAVERS)) {
                snapshot.each(
                        users,
                        (user, number) -> {
                            if (passed.getAndIncrement() >= from.parent()) {
                                at[0] = links(at[0], passed.get(), user, bonds);
                            }
                        });
            }
        }
        done(from);
    }

    private Mark links(Mark mark, long passed, JsonNode user, Bonds bonds) {
        long length = snapshot.add(mark, lines(user, bonds.of(source.id(user))));
        Mark after = new Mark(Part.LINKS, passed, "", length, 0);
        snapshot.mark(after);
        return after;
    }

    private static List<ObjectNode> lines(JsonNode user, ObjectNode linked) {
        return linked.properties().stream()
                .map(
                        each ->
                                Json.object()
                                        .put("user", Pictures.login(user))
                                        .put("relation", each.getKey())
                                        .put("primary", each.getValue().asString("")))
                .toList();
    }

    private void rules() {
        Map<String, String> names = new HashMap<>();
        snapshot.each(
                Part.GROUPS,
                (group, number) ->
                        names.put(
                                group.path("id").asString(""),
                                group.at("/profile/name").asString("")));
        Optional<Map<String, JsonNode>> rules =
                new Rules(source).all(names, new Bonds(source, List.of()));
        ObjectNode json = Json.object();
        rules.ifPresentOrElse(
                all -> all.forEach(json::set),
                () -> out.println("the source has no group rules to read"));
        snapshot.whole(Part.RULES, json);
    }
}
