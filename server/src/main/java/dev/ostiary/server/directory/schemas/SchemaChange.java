package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client wants to have changed in a schema, laid over it: an attribute of the org's own is
 * added, changed as far as it is named, or removed by null; of a base attribute only permissions
 * and master, whether a first or last name is required, and the pattern of logins can change
 * (Schemas, "Update User Profile Schema property"). Other members of base attributes are ignored,
 * as clients send back what they have read.
 *
 * @param after the schema as it will be
 * @param removed names of attributes that are gone
 * @param unique names of attributes that have become unique
 * @param shared names of attributes that were unique
 */
record SchemaChange(
        StoredSchema after, Set<String> removed, Set<String> unique, Set<String> shared) {

    private static final int MOST_UNIQUE = 5;
    private static final int MOST_CUSTOM = 500;

    /** Reads the change; what is wrong with it is told to the reading. */
    static SchemaChange of(StoredSchema before, ObjectNode body, Instant now, Reading reading) {
        JsonNode definitions = body.path("definitions");
        Path at = Path.root("definitions").field("definitions");
        Map<String, ObjectNode> base =
                base(before, definitions.path("base").path("properties"), at, reading);
        Set<String> removed = new LinkedHashSet<>();
        Map<String, ObjectNode> custom =
                custom(before, definitions.path("custom").path("properties"), removed, at, reading);
        limits(custom, at, reading);
        JsonNode title = body.path("title");
        StoredSchema after =
                new StoredSchema(
                        before.id(),
                        before.name(),
                        title.isString() && !title.stringValue().isBlank() && !before.isOfGroups()
                                ? title.stringValue()
                                : before.title(),
                        base,
                        custom,
                        before.created(),
                        now,
                        before.ofSource());
        return new SchemaChange(
                after,
                removed,
                newlyUnique(before.custom(), custom),
                newlyUnique(custom, before.custom()));
    }

    private static Map<String, ObjectNode> base(
            StoredSchema before, JsonNode wanted, Path at, Reading reading) {
        Map<String, ObjectNode> base = new LinkedHashMap<>(before.base());
        if (before.isOfGroups() || before.isOfAnApp()) {
            return base;
        }
        for (var each : wanted.properties()) {
            String name = each.getKey();
            Path where = at.field("base").field("properties").field(name);
            if (ProfileSchema.USER.find(name).isEmpty()) {
                reading.wrong(where, "is no base attribute");
            } else if (each.getValue().isObject()) {
                ObjectNode change = base.getOrDefault(name, Json.object()).deepCopy();
                baseAttribute(name, each.getValue().asObject(), change, where, reading);
                base.put(name, change);
            } else {
                reading.wrong(where, "A base attribute cannot be removed");
            }
        }
        return base;
    }

    private static void baseAttribute(
            String name, ObjectNode wanted, ObjectNode change, Path where, Reading reading) {
        if (wanted.hasNonNull("permissions")) {
            change.set("permissions", AttributeDefinition.permissions(wanted, where, reading));
        }
        if (wanted.hasNonNull("master")) {
            change.set("master", AttributeDefinition.master(wanted, where, reading));
        }
        boolean nullable = name.equals("firstName") || name.equals("lastName");
        if (nullable && wanted.path("required").isBoolean()) {
            change.set("required", wanted.get("required"));
        }
        if (name.equals(ProfileAttribute.LOGIN) && wanted.has("pattern")) {
            JsonNode pattern = wanted.get("pattern");
            if (pattern.isNull()) {
                change.remove("pattern");
            } else if (LoginPattern.isAllowed(pattern.asString())) {
                change.set("pattern", pattern);
            } else {
                reading.wrong(where.field("pattern"), "must be .+ or a set of characters [...]+");
            }
        }
    }

    private static Map<String, ObjectNode> custom(
            StoredSchema before, JsonNode wanted, Set<String> removed, Path at, Reading reading) {
        Map<String, ObjectNode> custom = new LinkedHashMap<>(before.custom());
        for (var each : wanted.properties()) {
            String name = each.getKey();
            Path where = at.field("custom").field("properties").field(name);
            if (each.getValue().isNull()) {
                if (custom.remove(name) != null) {
                    removed.add(name);
                }
            } else if (!each.getValue().isObject()) {
                reading.wrong(where, "must be an object, or null to remove it");
            } else if (custom.containsKey(name)) {
                custom.put(
                        name,
                        changed(custom.get(name), each.getValue().asObject(), where, reading));
            } else if (isFree(name, before, custom, where, reading)) {
                custom.put(
                        name,
                        AttributeDefinition.judged(each.getValue().asObject(), where, reading));
            }
        }
        return custom;
    }

    /** What is not named stays as it is, but the type stays in any case. */
    private static ObjectNode changed(
            ObjectNode old, ObjectNode wanted, Path where, Reading reading) {
        if (wanted.hasNonNull("type") && !wanted.get("type").equals(old.get("type"))) {
            reading.wrong(where.field("type"), "The type of an attribute cannot be changed");
        }
        ObjectNode merged = old.deepCopy();
        wanted.properties().forEach(each -> merged.set(each.getKey(), each.getValue()));
        return AttributeDefinition.judged(merged, where, reading);
    }

    /** Names that differ only in case would be told apart by some clients and not by others. */
    private static boolean isFree(
            String name,
            StoredSchema before,
            Map<String, ObjectNode> custom,
            Path where,
            Reading reading) {
        if (!AttributeDefinition.isName(name)) {
            reading.wrong(
                    where, "A name begins with a letter and has letters, digits and underscores");
            return false;
        }
        String folded = name.toLowerCase(Locale.ROOT);
        if (before.isOfUsers() && AttributeDefinition.RESERVED.contains(folded)) {
            reading.wrong(where, "The name is reserved");
            return false;
        }
        boolean taken =
                before.schema().base().stream()
                                .anyMatch(it -> it.name().toLowerCase(Locale.ROOT).equals(folded))
                        || custom.keySet().stream()
                                .anyMatch(it -> it.toLowerCase(Locale.ROOT).equals(folded));
        if (taken) {
            reading.wrong(where, "There is an attribute of this name already");
        }
        return !taken;
    }

    private static void limits(Map<String, ObjectNode> custom, Path at, Reading reading) {
        if (custom.size() > MOST_CUSTOM) {
            reading.wrong(at.field("custom"), "At most " + MOST_CUSTOM + " attributes are allowed");
        }
        if (custom.values().stream().filter(it -> it.has("unique")).count() > MOST_UNIQUE) {
            reading.wrong(
                    at.field("custom"), "At most " + MOST_UNIQUE + " attributes can be unique");
        }
    }

    private static Set<String> newlyUnique(
            Map<String, ObjectNode> before, Map<String, ObjectNode> after) {
        Set<String> names = new LinkedHashSet<>();
        after.forEach(
                (name, definition) -> {
                    ObjectNode old = before.get(name);
                    if (definition.has("unique") && (old == null || !old.has("unique"))) {
                        names.add(name);
                    }
                });
        return names;
    }
}
