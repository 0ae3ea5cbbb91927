package dev.ostiary.conformance.faults;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Compares what was answered with what is there. Everything is read through the API: users by list
 * and by search (whose documents stand in a table of their own), members, events.
 */
final class Aftermath {

    private final List<String> lost = new ArrayList<>();
    private final List<String> halves = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final int users;

    private Aftermath(int users) {
        this.users = users;
    }

    static Aftermath compare(
            Http http, String groupId, String prefix, Writers writers, List<Follower.Seen> log) {
        Map<String, String> byLogin = new HashMap<>();
        Set<String> searched = new HashSet<>();
        pages(
                http,
                "/api/v1/users?limit=200",
                user ->
                        byLogin.put(
                                user.path("id").asString(),
                                Json.at(user, "profile.login").asString()));
        pages(
                http,
                "/api/v1/users?limit=200&search=profile.login%20sw%20%22" + prefix + "%22",
                user -> searched.add(user.path("id").asString()));
        Set<String> members = new HashSet<>();
        pages(
                http,
                "/api/v1/groups/" + groupId + "/users?limit=200",
                user -> members.add(user.path("id").asString()));
        byLogin.values().removeIf(login -> !login.startsWith(prefix));

        Aftermath aftermath = new Aftermath(byLogin.size());
        aftermath.lost(writers, byLogin.keySet(), members);
        aftermath.halves(byLogin.keySet(), searched, members);
        aftermath.events(byLogin.keySet(), members, groupId, log);
        return aftermath;
    }

    private void lost(Writers writers, Set<String> users, Set<String> members) {
        writers.users.stream()
                .filter(made -> !users.contains(made.id()))
                .forEach(made -> lost.add("user " + made));
        writers.members.stream()
                .filter(id -> !members.contains(id))
                .forEach(id -> lost.add("member " + id));
        Set<String> logins = new HashSet<>();
        writers.users.stream()
                .filter(made -> !logins.add(made.login()))
                .forEach(made -> halves.add("login twice " + made));
    }

    private void halves(Set<String> users, Set<String> searched, Set<String> members) {
        users.stream()
                .filter(id -> !searched.contains(id))
                .forEach(id -> halves.add("not found by search: " + id));
        searched.stream()
                .filter(id -> !users.contains(id))
                .forEach(id -> halves.add("found by search only: " + id));
        members.stream()
                .filter(id -> !users.contains(id))
                .forEach(id -> halves.add("member that is no user: " + id));
    }

    private void events(
            Set<String> users, Set<String> members, String groupId, List<Follower.Seen> log) {
        Map<String, Integer> created = new LinkedHashMap<>();
        Map<String, Integer> joined = new LinkedHashMap<>();
        Set<String> uuids = new HashSet<>();
        for (Follower.Seen event : log) {
            if (!uuids.add(event.uuid())) {
                events.add("seen twice: " + event);
            }
            if (event.type().equals("user.lifecycle.create")) {
                created.merge(event.targets().getFirst(), 1, Integer::sum);
            } else if (event.type().equals("group.user_membership.add")
                    && event.targets().contains(groupId)) {
                event.targets().stream()
                        .filter(id -> !id.equals(groupId))
                        .forEach(id -> joined.merge(id, 1, Integer::sum));
            }
        }
        match("user.lifecycle.create", users, created);
        match("group.user_membership.add", members, joined);
    }

    private void match(String type, Set<String> objects, Map<String, Integer> counted) {
        objects.stream()
                .filter(id -> !counted.containsKey(id))
                .forEach(id -> events.add("no " + type + " for " + id));
        counted.forEach(
                (id, count) -> {
                    if (count != 1) {
                        events.add(count + " times " + type + " for " + id);
                    }
                });
        // Users that others made (the administrator) have events too, so only memberships are
        // compared the other way round.
        if (type.startsWith("group.")) {
            counted.keySet().stream()
                    .filter(id -> !objects.contains(id))
                    .forEach(id -> events.add(type + " without object " + id));
        }
    }

    private static void pages(Http http, String first, Consumer<JsonNode> each) {
        String next = first;
        while (next != null) {
            Answer page = http.get(next).expect(200);
            page.json().forEach(each);
            next = page.link("next").orElse(null);
        }
    }

    List<String> lost() {
        return lost;
    }

    List<String> halves() {
        return halves;
    }

    List<String> events() {
        return events;
    }

    /** The line that an operator wants to read. */
    String summary(Writers writers, int kills) {
        return "kills: "
                + kills
                + ", answered writes: "
                + writers.answered()
                + ", unanswered: "
                + writers.unanswered
                + ", users: "
                + users
                + ", lost writes: "
                + lost.size()
                + ", repeated or missed events: "
                + events.size()
                + ", halves of operations: "
                + halves.size();
    }
}
