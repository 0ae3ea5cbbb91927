package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whom an org's users are linked to, by logins. Not thread-safe. */
final class Bonds {

    private static final int REMEMBERED = 10_000;

    private final OrgApi org;
    private final Collection<String> relations;
    private final Map<String, String> logins = recent();
    private final Map<String, String> ids = recent();

    /**
     * @param relations names of the primary sides
     */
    Bonds(OrgApi org, Collection<String> relations) {
        this.org = org;
        this.relations = relations;
    }

    private static Map<String, String> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** The logins of those a user is linked to, by the names of the relations. */
    ObjectNode of(String userId) {
        ObjectNode linked = Json.object();
        for (String relation : relations) {
            List<JsonNode> found =
                    org.find(path(userId, relation))
                            .map(list -> list.valueStream().toList())
                            .orElse(List.of());
            if (!found.isEmpty()) {
                String primary = org.lastOf(found.getFirst().at("/_links/self"));
                login(primary).ifPresent(login -> linked.put(relation, login));
            }
        }
        return linked;
    }

    private static String path(String userId, String relation) {
        return "/api/v1/users/" + userId + "/linkedObjects/" + OrgApi.segment(relation);
    }

    /** The login of a user, if it is still there. */
    Optional<String> login(String id) {
        if (!logins.containsKey(id)) {
            org.find("/api/v1/users/" + OrgApi.segment(id))
                    .ifPresent(user -> logins.put(id, Pictures.login(user)));
        }
        return Optional.ofNullable(logins.get(id));
    }

    /** The id of a user of this login, if there is one. */
    Optional<String> id(String login) {
        if (!ids.containsKey(login)) {
            org.find("/api/v1/users/" + OrgApi.segment(login))
                    .ifPresent(user -> ids.put(login, org.id(user)));
        }
        return Optional.ofNullable(ids.get(login));
    }

    /** Links two users; false where one is not there. */
    boolean link(String login, String relation, String primary) {
        Optional<String> from = id(login);
        Optional<String> to = id(primary);
        if (from.isEmpty() || to.isEmpty()) {
            return false;
        }
        org.send("PUT", path(from.get(), relation) + "/" + to.get(), "");
        return true;
    }
}
