package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an org made of a schema: the part of it that stands in the database. Immutable.
 *
 * @param id the id's last part on the wire: {@code osc…}, or {@code group} for that of groups
 * @param name of the type it belongs to
 * @param title what people call it
 * @param base changes of base attributes, by name: definitions to lay over theirs
 * @param custom whole definitions of the org's own attributes, by name
 * @param created when it was made
 * @param lastUpdated when it last changed
 * @param ofSource whether it is of the users of an identity source
 */
record StoredSchema(
        String id,
        String name,
        String title,
        Map<String, ObjectNode> base,
        Map<String, ObjectNode> custom,
        Instant created,
        Instant lastUpdated,
        boolean ofSource) {

    static final String GROUP = "group";

    private static final String APP = "0oa";

    /** The schema as it begins. */
    static StoredSchema untouched(String id, String name, String title, Instant created) {
        return new StoredSchema(id, name, title, Map.of(), Map.of(), created, created, false);
    }

    /** The same of an app that is an identity source, or of one that is none. */
    StoredSchema ofSource(boolean source) {
        return new StoredSchema(id, name, title, base, custom, created, lastUpdated, source);
    }

    /** The same with an attribute that is not unique: two have the same value already. */
    StoredSchema shared(String attribute) {
        Map<String, ObjectNode> others = new LinkedHashMap<>(custom);
        others.computeIfPresent(
                attribute,
                (same, definition) -> {
                    ObjectNode plain = definition.deepCopy();
                    plain.remove("unique");
                    return plain;
                });
        return new StoredSchema(id, name, title, base, others, created, lastUpdated, ofSource);
    }

    boolean isOfGroups() {
        return id.equals(GROUP);
    }

    /** Whether it is of an app's users: its id is the app's. */
    boolean isOfAnApp() {
        return id.startsWith(APP);
    }

    /** Whether it is of users, of whichever type. */
    boolean isOfUsers() {
        return !isOfGroups() && !isOfAnApp();
    }

    /** The judge of profiles that it makes. */
    ProfileSchema schema() {
        Map<String, ObjectNode> whole = baseAttributes();
        base.forEach(
                (attribute, change) ->
                        whole.computeIfPresent(
                                attribute, (name, definition) -> definition.setAll(change)));
        whole.values().forEach(StoredSchema::tidy);
        return new ProfileSchema(whole, custom);
    }

    private Map<String, ObjectNode> baseAttributes() {
        if (isOfAnApp()) {
            return ofSource ? BaseAttributes.ofSourceUsers() : BaseAttributes.ofAppUsers();
        }
        return isOfGroups() ? BaseAttributes.ofGroups() : BaseAttributes.ofUsers();
    }

    /** A base attribute that is no longer required does not say so. */
    private static void tidy(ObjectNode definition) {
        if (!definition.path("required").booleanValue(true)) {
            definition.remove("required");
        }
    }

    ObjectNode body() {
        ObjectNode body = Json.object().put("name", name).put("title", title);
        body.set("base", node(base));
        body.set("custom", node(custom));
        return body;
    }

    static StoredSchema of(String id, ObjectNode body, Instant created, Instant lastUpdated) {
        return new StoredSchema(
                id,
                body.path("name").asString(),
                body.path("title").asString(),
                map(body.path("base")),
                map(body.path("custom")),
                created,
                lastUpdated,
                false);
    }

    private static ObjectNode node(Map<String, ObjectNode> definitions) {
        ObjectNode node = Json.object();
        definitions.forEach(node::set);
        return node;
    }

    private static Map<String, ObjectNode> map(JsonNode node) {
        Map<String, ObjectNode> map = new LinkedHashMap<>();
        node.properties().forEach(each -> map.put(each.getKey(), each.getValue().asObject()));
        return map;
    }
}
