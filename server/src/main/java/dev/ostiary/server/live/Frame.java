package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an org's users and groups stand in: user types, schemas, realms and the definitions of
 * linked objects, each by its name. Few of each, so they are held.
 *
 * @param types user types by name
 * @param schemas schemas by the name of their user type
 * @param ofGroups the schema of groups
 * @param realms realms by name; none where the org has no such thing
 * @param relations definitions of linked objects by the primary's name
 */
record Frame(
        Map<String, JsonNode> types,
        Map<String, JsonNode> schemas,
        JsonNode ofGroups,
        Map<String, JsonNode> realms,
        Map<String, JsonNode> relations) {

    static final String TYPES = "/api/v1/meta/types/user";
    static final String USER_SCHEMAS = "/api/v1/meta/schemas/user/";
    static final String GROUP_SCHEMA = "/api/v1/meta/schemas/group/default";
    static final String RELATIONS = "/api/v1/meta/schemas/user/linkedObjects";
    static final String REALMS = "/api/v1/realms";

    /** Asks an org for all of it. */
    static Frame of(OrgApi org) {
        Map<String, JsonNode> types = byName(org.all(TYPES), "/name");
        Map<String, JsonNode> schemas = new TreeMap<>();
        types.forEach((name, type) -> schemas.put(name, org.get(USER_SCHEMAS + schema(org, type))));
        return new Frame(
                types,
                schemas,
                org.get(GROUP_SCHEMA),
                byName(org.allIfThere(REALMS + "?limit=200").orElse(List.of()), "/profile/name"),
                byName(org.all(RELATIONS), "/primary/name"));
    }

    /** The id of the schema of a user type, which only a link tells. */
    static String schema(OrgApi org, JsonNode type) {
        return org.lastOf(type.at("/_links/schema"));
    }

    private static Map<String, JsonNode> byName(List<JsonNode> all, String name) {
        Map<String, JsonNode> named = new TreeMap<>();
        all.forEach(each -> named.put(each.at(name).asString(""), each));
        return named;
    }

    /** The frame as JSON, to be kept. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        put(json.putObject("types"), types);
        put(json.putObject("schemas"), schemas);
        json.set("ofGroups", ofGroups);
        put(json.putObject("realms"), realms);
        put(json.putObject("relations"), relations);
        return json;
    }

    private static void put(ObjectNode json, Map<String, JsonNode> named) {
        named.forEach(json::set);
    }

    /** A frame that was kept. */
    static Frame of(JsonNode json) {
        return new Frame(
                named(json.path("types")),
                named(json.path("schemas")),
                json.path("ofGroups"),
                named(json.path("realms")),
                named(json.path("relations")));
    }

    private static Map<String, JsonNode> named(JsonNode json) {
        Map<String, JsonNode> named = new TreeMap<>();
        json.properties().forEach(each -> named.put(each.getKey(), each.getValue()));
        return named;
    }

    /** Names by ids: of types and of realms. */
    Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        types.forEach((name, type) -> names.put(type.path("id").asString(""), name));
        realms.forEach((name, realm) -> names.put(realm.path("id").asString(""), name));
        return names;
    }

    /** The realm of everybody who is in no other. */
    Optional<JsonNode> defaultRealm() {
        return realms.values().stream()
                .filter(realm -> realm.path("isDefault").asBoolean(false))
                .findFirst();
    }
}
