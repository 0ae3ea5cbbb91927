package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.policy.engine.Whereabouts;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that conditions name groups, users and zones that there are when they are written. One
 * that goes later is passed over: nobody is in it any more. Thread-safe.
 */
final class Targets {

    private final PolicyStore store;
    private final UserDirectory users;
    private final OrgZones zones;

    Targets(PolicyStore store, UserDirectory users, OrgZones zones) {
        this.store = store;
        this.users = users;
        this.zones = zones;
    }

    /**
     * Looks up what conditions name that they did not name before.
     *
     * @param before the conditions until now
     * @param subject what they are conditions of
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} for every id that is
     *     nobody's
     */
    void require(
            Reader reader,
            Org org,
            Optional<ObjectNode> before,
            Optional<ObjectNode> after,
            String subject) {
        if (after.isEmpty() || after.equals(before)) {
            return;
        }
        Reading reading = new Reading();
        Path at = Path.root(subject).field("conditions");
        for (String list : List.of("include", "exclude")) {
            List<String> groups = news(before, after, "/people/groups/" + list);
            tell(
                    store.unknownGroups(reader, groups),
                    at.field("people").field("groups").field(list),
                    reading);
            List<String> people = news(before, after, "/people/users/" + list);
            tell(
                    unknownUsers(reader, people),
                    at.field("people").field("users").field(list),
                    reading);
            List<String> places = news(before, after, "/network/" + list);
            tell(
                    places.stream()
                            .filter(id -> !id.equals(Whereabouts.ALL_ZONES))
                            .filter(id -> !zones.has(reader, org, id))
                            .toList(),
                    at.field("network").field(list),
                    reading);
        }
        reading.finish();
    }

    private static List<String> news(
            Optional<ObjectNode> before, Optional<ObjectNode> after, String pointer) {
        Set<String> known =
                before.map(node -> ids(node.at(pointer))).map(Set::copyOf).orElse(Set.of());
        return after.map(node -> ids(node.at(pointer))).orElse(List.of()).stream()
                .distinct()
                .filter(id -> !known.contains(id))
                .toList();
    }

    private static List<String> ids(JsonNode array) {
        return array.valueStream().map(id -> id.asString("")).toList();
    }

    private List<String> unknownUsers(Reader reader, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Set<String> known =
                users.byIds(reader, ids).stream().map(User::id).collect(Collectors.toSet());
        return ids.stream().filter(id -> !known.contains(id)).toList();
    }

    private static void tell(List<String> unknown, Path at, Reading reading) {
        unknown.forEach(id -> reading.wrong(at, "The id '" + id + "' does not exist"));
    }
}
