package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Group rules of an org, by names. A condition that names groups does so by ids: these are written
 * as names within {@code {{…}}} here, which no expression has.
 */
final class Rules {

    private static final String RULES = "/api/v1/groups/rules";
    private static final Pattern GROUP_ID = Pattern.compile("00g[A-Za-z0-9]{17}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\{\\{(.*?)}}");

    private final OrgApi org;

    Rules(OrgApi org) {
        this.org = org;
    }

    /**
     * All of them; empty where the org has no rules at all.
     *
     * @param groupNames names by ids
     */
    Optional<Map<String, JsonNode>> all(Map<String, String> groupNames, Bonds users) {
        return org.allIfThere(RULES + "?limit=50")
                .map(
                        found -> {
                            Map<String, JsonNode> named = new TreeMap<>();
                            found.forEach(
                                    rule ->
                                            named.put(
                                                    rule.path("name").asString(""),
                                                    picture(rule, groupNames, users)));
                            return named;
                        });
    }

    private static ObjectNode picture(JsonNode rule, Map<String, String> names, Bonds users) {
        ObjectNode picture = Json.object();
        picture.set("status", rule.path("status"));
        String condition = rule.at("/conditions/expression/value").asString("");
        picture.put(
                "condition",
                GROUP_ID.matcher(condition)
                        .replaceAll(
                                id ->
                                        Matcher.quoteReplacement(
                                                names.containsKey(id.group())
                                                        ? "{{" + names.get(id.group()) + "}}"
                                                        : id.group())));
        ArrayNode groups = picture.putArray("groups");
        texts(rule.at("/actions/assignUserToGroups/groupIds")).stream()
                .map(id -> names.getOrDefault(id, id))
                .sorted()
                .forEach(groups::add);
        ArrayNode excluded = picture.putArray("excluded");
        texts(rule.at("/conditions/people/users/exclude")).stream()
                .flatMap(id -> users.login(id).stream())
                .sorted()
                .forEach(excluded::add);
        return picture;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }

    /**
     * Makes a rule, which is not active yet.
     *
     * @param groupIds ids by names
     * @return its id; none where a group of it is missing
     */
    Optional<String> make(
            String name, JsonNode picture, Map<String, String> groupIds, Bonds users) {
        List<String> groups = texts(picture.path("groups"));
        if (!groupIds.keySet().containsAll(groups)) {
            return Optional.empty();
        }
        ObjectNode rule = Json.object().put("type", "group_rule").put("name", name);
        ObjectNode conditions = rule.putObject("conditions");
        ArrayNode excluded = conditions.putObject("people").putObject("users").putArray("exclude");
        texts(picture.path("excluded")).forEach(login -> users.id(login).ifPresent(excluded::add));
        conditions
                .putObject("expression")
                .put("type", "urn:okta:expression:1.0")
                .put("value", condition(picture, groupIds));
        ArrayNode into =
                rule.putObject("actions").putObject("assignUserToGroups").putArray("groupIds");
        groups.forEach(group -> into.add(groupIds.get(group)));
        return Optional.of(org.id(org.send("POST", RULES, Json.text(rule))));
    }

    private static String condition(JsonNode picture, Map<String, String> groupIds) {
        return GROUP_NAME
                .matcher(picture.path("condition").asString(""))
                .replaceAll(
                        name ->
                                Matcher.quoteReplacement(
                                        groupIds.getOrDefault(name.group(1), name.group())));
    }

    /** The id of the rule of a name, if it is there and not active. */
    Optional<String> asleep(String name) {
        return org.allIfThere(RULES + "?limit=50").orElse(List.of()).stream()
                .filter(rule -> rule.path("name").asString("").equals(name))
                .filter(rule -> rule.path("status").asString("").equals("INACTIVE"))
                .map(org::id)
                .findFirst();
    }

    /** Activates a rule. */
    void activate(String id) {
        org.send("POST", RULES + "/" + id + "/lifecycle/activate", "");
    }
}
