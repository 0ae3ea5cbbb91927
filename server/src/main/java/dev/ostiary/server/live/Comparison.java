package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares two orgs by names and logins. Of a user it holds the login and a digest, of a group its
 * name and id, and the members of one group at a time. Whoever reads the target is not told of, if
 * the source does not know of them: somebody has to be there. Not thread-safe.
 */
final class Comparison {

    private final OrgApi source;
    private final OrgApi target;
    private final Differences differences;
    private final String reader;

    Comparison(OrgApi source, OrgApi target, Differences differences) {
        this.source = source;
        this.target = target;
        this.differences = differences;
        this.reader = key(Pictures.login(target.get("/api/v1/users/me")));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Half of a SHA-256: enough to tell the same from what is not. */
    private record Digest(long first, long second) {
        static Digest of(JsonNode picture) {
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(
                                        Json.text(sorted(picture))
                                                .getBytes(StandardCharsets.UTF_8));
                ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(hash, 16));
                return new Digest(bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Neither side promises an order of properties. */
        private static JsonNode sorted(JsonNode node) {
            if (!node.isObject()) {
                return node;
            }
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(each -> members.put(each.getKey(), sorted(each.getValue())));
            ObjectNode sorted = Json.object();
            members.forEach(sorted::set);
            return sorted;
        }
    }

    /** Compares everything. */
    void all() {
        Frame here = Frame.of(source);
        Frame there = Frame.of(target);
        differences.frames(here, there);
        groups();
        users(new Side(source, here), new Side(target, there));
    }

    /** An org, and how its users are pictured. */
    private static final class Side {
        private final OrgApi org;
        private final Pictures pictures;
        private final Bonds bonds;

        Side(OrgApi org, Frame frame) {
            this.org = org;
            this.pictures = new Pictures(frame);
            this.bonds = new Bonds(org, frame.relations().keySet());
        }

        ObjectNode picture(JsonNode user) {
            String id = org.id(user);
            ObjectNode picture = pictures.user(user);
            picture.remove("id");
            ObjectNode linked = bonds.of(id);
            if (!linked.isEmpty()) {
                picture.set("linkedObjects", linked);
            }
            return picture;
        }

        ObjectNode picture(String login) {
            return picture(org.get("/api/v1/users/" + OrgApi.segment(login)));
        }
    }

    private static void each(OrgApi org, String first, Consumer<JsonNode> reader) {
        PageCount count = new PageCount(first, 0);
        for (Optional<String> at = Optional.of(first); at.isPresent(); ) {
            OrgApi.Page page = org.page(at.get());
            count.add(page);
            page.items().forEach(reader);
            at = page.next();
        }
    }

    private void users(Side here, Side there) {
        Map<String, Digest> left = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String list : List.of(Download.USERS, Download.LEAVERS)) {
            each(
                    source,
                    list,
                    user -> left.put(key(Pictures.login(user)), Digest.of(here.picture(user))));
        }
        for (String list : List.of(Download.USERS, Download.LEAVERS)) {
            each(target, list, user -> user(user, left, seen, here, there));
        }
        left.keySet().stream()
                .filter(login -> !seen.contains(login))
                .sorted()
                .forEach(login -> differences.only("user " + login, true));
    }

    private void user(
            JsonNode user, Map<String, Digest> known, Set<String> seen, Side here, Side there) {
        String login = Pictures.login(user);
        String key = key(login);
        Digest digest = known.get(key);
        if (!seen.add(key)) {
            return;
        }
        if (digest == null) {
            if (!key.equals(reader)) {
                differences.only("user " + login, false);
            }
            return;
        }
        ObjectNode picture = there.picture(user);
        if (!digest.equals(Digest.of(picture))) {
            differences.between("user " + login, here.picture(login), picture);
        }
    }

    private void groups() {
        Map<String, JsonNode> here = groups(source);
        Map<String, JsonNode> there = groups(target);
        differences.named("group", here, there, Comparison::withoutId);
        here.forEach(
                (name, group) ->
                        Optional.ofNullable(there.get(name))
                                .ifPresent(same -> members(name, group, same)));
        rules(here, there);
    }

    private static Map<String, JsonNode> groups(OrgApi org) {
        Map<String, JsonNode> groups = new TreeMap<>();
        each(
                org,
                Download.GROUPS,
                group -> groups.put(group.at("/profile/name").asString(""), Pictures.group(group)));
        return groups;
    }

    private static JsonNode withoutId(JsonNode group) {
        return group.path("profile");
    }

    private void members(String name, JsonNode here, JsonNode there) {
        Set<String> ours = new HashSet<>();
        Set<String> only = new HashSet<>();
        each(source, Download.members(source, here), user -> ours.add(key(Pictures.login(user))));
        Set<String> missing = new HashSet<>(ours);
        each(
                target,
                Download.members(target, there),
                user -> {
                    String key = key(Pictures.login(user));
                    missing.remove(key);
                    if (!ours.contains(key) && !key.equals(reader)) {
                        only.add(key);
                    }
                });
        missing.stream()
                .sorted()
                .forEach(login -> differences.only("group " + name + ": member " + login, true));
        only.stream()
                .sorted()
                .forEach(login -> differences.only("group " + name + ": member " + login, false));
    }

    private void rules(Map<String, JsonNode> here, Map<String, JsonNode> there) {
        Optional<Map<String, JsonNode>> ours = rules(source, here);
        Optional<Map<String, JsonNode>> theirs = rules(target, there);
        differences.named(
                "rule", ours.orElse(Map.of()), theirs.orElse(Map.of()), UnaryOperator.identity());
    }

    private static Optional<Map<String, JsonNode>> rules(OrgApi org, Map<String, JsonNode> groups) {
        Map<String, String> names = new HashMap<>();
        groups.forEach((name, group) -> names.put(org.id(group), name));
        return new Rules(org).all(names, new Bonds(org, List.of()));
    }
}
