package dev.ostiary.server.identitysources;

import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one request loads into a session. Immutable, as far as nobody changes its profiles. */
sealed interface Load {

    /** The most that one request loads (guide, "Bulk-load requests"). */
    int MOST = 200;

    /** The same in bytes. */
    int MOST_BYTES = 200 * 1024;

    /** Which of them it is: under this name it is kept. */
    Kind kind();

    /** The six kinds, each with the event that says that it was loaded. */
    enum Kind {
        USERS("system.identity_sources.bulk_upsert"),
        USERS_GONE("system.identity_sources.bulk_delete"),
        GROUPS("system.identity_sources.bulk_group_upsert"),
        GROUPS_GONE("system.identity_sources.bulk_group_delete"),
        MEMBERS("system.identity_sources.bulk_group_membership_upsert"),
        MEMBERS_GONE("system.identity_sources.bulk_group_membership_delete");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        String event() {
            return event;
        }
    }

    /** Users to be made, or to become so. */
    record Users(List<Described> users) implements Load {
        @Override
        public Kind kind() {
            return Kind.USERS;
        }
    }

    /** Users to be deactivated. */
    record UsersGone(List<String> externalIds) implements Load {
        @Override
        public Kind kind() {
            return Kind.USERS_GONE;
        }
    }

    /** Groups to be made, or to become so. */
    record Groups(List<Described> groups) implements Load {
        @Override
        public Kind kind() {
            return Kind.GROUPS;
        }
    }

    /** Groups to be deleted. */
    record GroupsGone(List<String> externalIds) implements Load {
        @Override
        public Kind kind() {
            return Kind.GROUPS_GONE;
        }
    }

    /** Users to be put into groups, or to be taken out. */
    record Members(boolean gone, List<Of> groups) implements Load {
        @Override
        public Kind kind() {
            return gone ? Kind.MEMBERS_GONE : Kind.MEMBERS;
        }
    }

    /** Members of one group. */
    record Of(String groupExternalId, List<String> memberExternalIds) {}

    /** A user or group as its source describes it, or a part of it. */
    record Described(String externalId, ObjectNode profile) {}

    /** As it is kept. */
    default String json() {
        ArrayNode all = Json.object().arrayNode();
        switch (this) {
            case Users(List<Described> users) -> users.forEach(each -> add(all, each));
            case Groups(List<Described> groups) -> groups.forEach(each -> add(all, each));
            case UsersGone(List<String> ids) -> ids.forEach(all::add);
            case GroupsGone(List<String> ids) -> ids.forEach(all::add);
            case Members(boolean gone, List<Of> groups) -> groups.forEach(each -> add(all, each));
        }
        return Json.text(all);
    }

    private static void add(ArrayNode all, Described each) {
        all.addObject().put("id", each.externalId()).set("profile", each.profile());
    }

    private static void add(ArrayNode all, Of each) {
        ArrayNode members = all.addObject().put("id", each.groupExternalId()).putArray("members");
        each.memberExternalIds().forEach(members::add);
    }

    /** As it was kept. */
    static Load of(Kind kind, String json) {
        JsonNode all = Json.parse(json);
        return switch (kind) {
            case USERS -> new Users(described(all));
            case GROUPS -> new Groups(described(all));
            case USERS_GONE -> new UsersGone(texts(all));
            case GROUPS_GONE -> new GroupsGone(texts(all));
            case MEMBERS -> new Members(false, members(all));
            case MEMBERS_GONE -> new Members(true, members(all));
        };
    }

    private static List<Described> described(JsonNode all) {
        List<Described> list = new ArrayList<>();
        all.forEach(
                each ->
                        list.add(
                                new Described(
                                        each.path("id").asString(),
                                        each.path("profile").asObject())));
        return list;
    }

    private static List<Of> members(JsonNode all) {
        List<Of> list = new ArrayList<>();
        all.forEach(
                each -> list.add(new Of(each.path("id").asString(), texts(each.path("members")))));
        return list;
    }

    private static List<String> texts(JsonNode all) {
        List<String> texts = new ArrayList<>();
        all.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    /** The description of a group: what it says, or else what was. */
    static Optional<String> description(ObjectNode profile, @Nullable String before) {
        JsonNode given = profile.path("description");
        return given.isMissingNode()
                ? Optional.ofNullable(before)
                : Optional.of(given).filter(JsonNode::isString).map(JsonNode::stringValue);
    }
}
