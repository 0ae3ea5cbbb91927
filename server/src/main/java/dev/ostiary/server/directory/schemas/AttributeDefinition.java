package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.text.TextPattern;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges what a client says of an attribute (Schemas, "User Profile Schema property object"), and
 * puts it into the order in which the wire shows it. What it does not know, it leaves out (P3).
 */
final class AttributeDefinition {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");

    /**
     * What no attribute of users can be called, in any case (Help, "Review reserved attributes").
     */
    static final Set<String> RESERVED =
            Set.of(
                    "id",
                    "profile",
                    "status",
                    "transitioningtostatus",
                    "created",
                    "activated",
                    "statuschanged",
                    "lastlogin",
                    "lastupdated",
                    "passwordchanged",
                    "type",
                    "realm",
                    "realmid",
                    "password",
                    "credentials",
                    "_links",
                    "_embedded",
                    "class",
                    "classloader",
                    "createdby",
                    "lastupdatedby",
                    "orgid",
                    "activationstatus",
                    "apistatus",
                    "logintype",
                    "initialreconcilecomplete",
                    "activationdate",
                    "statuschangeddate",
                    "apilastupdate",
                    "passwordexpirationguess",
                    "passwordexpirationcursor",
                    "numunlocks",
                    "changedstatus");

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_DESCRIPTION = 1024;
    private static final int MOST_CHOICES = 2_000;
    private static final Set<AttributeType> ELEMENTS =
            Set.of(AttributeType.STRING, AttributeType.NUMBER, AttributeType.INTEGER);

    private final ObjectNode given;
    private final Path at;
    private final Reading reading;
    private final ObjectNode kept = Json.object();

    private AttributeDefinition(ObjectNode given, Path at, Reading reading) {
        this.given = given;
        this.at = at;
        this.reading = reading;
    }

    /** Whether an attribute may be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The definition as it is kept; what is wrong with it is told to the reading. */
    static ObjectNode judged(ObjectNode given, Path at, Reading reading) {
        return new AttributeDefinition(given, at, reading).judge();
    }

    private ObjectNode judge() {
        text("title", LONGEST_TITLE, true);
        text("description", LONGEST_DESCRIPTION, false);
        Optional<AttributeType> type = type(given, "type", at, List.of(AttributeType.values()));
        type.ifPresent(known -> kept.put("type", known.wire()));
        type.ifPresent(this::typed);
        flag("required");
        unique();
        choice("mutability", "READ_WRITE", "READ_ONLY", "IMMUTABLE", "WRITE_ONLY");
        choice("scope", "NONE", "SELF");
        text("externalName", LONGEST_TITLE, false);
        text("externalNamespace", LONGEST_DESCRIPTION, false);
        permissions();
        master();
        if (reading.clean()) {
            standard();
        }
        return kept;
    }

    private void typed(AttributeType type) {
        switch (type) {
            case STRING -> {
                limits(
                        "minLength",
                        "maxLength",
                        node -> node.canConvertToInt() && node.intValue() >= 0);
                format();
                pattern();
            }
            case NUMBER, INTEGER -> limits("minimum", "maximum", JsonNode::isNumber);
            case BOOLEAN -> {}
            case ARRAY -> items();
        }
        if (type != AttributeType.ARRAY) {
            choices(given, type, at, kept);
        }
    }

    private void text(String name, int longest, boolean needed) {
        JsonNode value = given.path(name);
        if (isAbsent(value)) {
            if (needed) {
                reading.wrong(at.field(name), "The field cannot be left blank");
            }
            return;
        }
        if (!value.isString() || value.stringValue().length() > longest) {
            reading.wrong(at.field(name), "must be a string of at most " + longest + " characters");
        } else if (needed && value.stringValue().isBlank()) {
            reading.wrong(at.field(name), "The field cannot be left blank");
        } else {
            kept.set(name, value);
        }
    }

    private Optional<AttributeType> type(
            JsonNode holder, String name, Path where, List<AttributeType> allowed) {
        Optional<AttributeType> type =
                AttributeType.of(holder.path(name).asString()).filter(allowed::contains);
        if (type.isEmpty()) {
            reading.wrong(
                    where.field(name),
                    "must be one of "
                            + String.join(
                                    ", ", allowed.stream().map(AttributeType::wire).toList()));
        }
        return type;
    }

    private void limits(String least, String most, Predicate<JsonNode> sound) {
        for (String name : List.of(least, most)) {
            JsonNode value = given.path(name);
            if (!isAbsent(value)) {
                if (sound.test(value)) {
                    kept.set(name, value);
                } else {
                    reading.wrong(at.field(name), "must be a number that fits the type");
                }
            }
        }
        if (kept.has(least)
                && kept.has(most)
                && kept.get(least).doubleValue() > kept.get(most).doubleValue()) {
            reading.wrong(at.field(least), "must not be greater than " + most);
        }
    }

    private void format() {
        JsonNode value = given.path("format");
        if (!isAbsent(value)) {
            TextFormat.of(value.asString())
                    .ifPresentOrElse(
                            format -> kept.put("format", format.wire()),
                            () -> reading.wrong(at.field("format"), "is not a known format"));
        }
    }

    private void pattern() {
        JsonNode value = given.path("pattern");
        if (!isAbsent(value)) {
            TextPattern.of(value.asString())
                    .ifPresentOrElse(
                            pattern -> kept.set("pattern", value),
                            () ->
                                    reading.wrong(
                                            at.field("pattern"), "is not a regular expression"));
        }
    }

    private void items() {
        JsonNode items = given.path("items");
        Path where = at.field("items");
        if (!items.isObject()) {
            reading.wrong(where, "An array must say what its items are");
            return;
        }
        ObjectNode keptItems = kept.putObject("items");
        type(
                        items,
                        "type",
                        where,
                        Arrays.stream(AttributeType.values()).filter(ELEMENTS::contains).toList())
                .ifPresent(
                        element -> {
                            keptItems.put("type", element.wire());
                            choices(items, element, where, keptItems);
                        });
    }

    /**
     * {@code enum}, and {@code oneOf}, which names the same values in the same order.
     *
     * @throws ApiException {@code E0000123} if it names others
     */
    private void choices(JsonNode holder, AttributeType type, Path where, ObjectNode into) {
        JsonNode listed = holder.path("enum");
        JsonNode named = holder.path("oneOf");
        if (isAbsent(listed)) {
            if (!isAbsent(named)) {
                reading.wrong(where.field("oneOf"), "is only supported together with enum");
            }
            return;
        }
        if (!listed.isArray()
                || listed.isEmpty()
                || listed.size() > MOST_CHOICES
                || listed.valueStream().anyMatch(value -> !type.fits(value))
                || new HashSet<>(listed.valueStream().toList()).size() != listed.size()) {
            reading.wrong(where.field("enum"), "must be unique values of the type " + type.wire());
            return;
        }
        into.set("enum", listed);
        if (!isAbsent(named)) {
            names(listed, named, where, into);
        }
    }

    private void names(JsonNode listed, JsonNode named, Path where, ObjectNode into) {
        List<JsonNode> values = named.valueStream().map(each -> each.path("const")).toList();
        boolean titled = named.valueStream().allMatch(each -> each.path("title").isString());
        if (!values.equals(listed.valueStream().toList())) {
            throw ApiException.of("E0000123");
        }
        if (!titled) {
            reading.wrong(where.field("oneOf"), "must give each value of enum a title");
            return;
        }
        var names = into.putArray("oneOf");
        named.forEach(
                each ->
                        names.add(
                                Json.object()
                                        .setAll(
                                                Map.of(
                                                        "const", each.path("const"),
                                                        "title", each.path("title")))));
    }

    private void flag(String name) {
        JsonNode value = given.path(name);
        if (isAbsent(value)) {
            return;
        }
        if (!value.isBoolean()) {
            reading.wrong(at.field(name), "must be a boolean");
        } else if (value.booleanValue()) {
            kept.put(name, true);
        }
    }

    /** What the wire shows is understood too: clients send back what they read. */
    private void unique() {
        JsonNode value = given.path("unique");
        boolean wanted = value.asString().equals(Uniqueness.VALIDATED) || value.booleanValue(false);
        if (wanted) {
            kept.put("unique", Uniqueness.VALIDATED);
        } else if (!isAbsent(value) && !value.isBoolean() && !value.isString()) {
            reading.wrong(at.field("unique"), "must be a boolean");
        }
    }

    private void choice(String name, String standard, String... others) {
        JsonNode value = given.path(name);
        String text = isAbsent(value) ? standard : value.asString();
        if (text.equals(standard) || List.of(others).contains(text)) {
            kept.put(name, text);
        } else {
            reading.wrong(
                    at.field(name),
                    "must be one of " + standard + ", " + String.join(", ", others));
        }
    }

    private void permissions() {
        kept.set("permissions", permissions(given, at, reading));
    }

    /** The permissions that a definition says; without any, users read their own value. */
    static JsonNode permissions(ObjectNode definition, Path at, Reading reading) {
        JsonNode value = definition.path("permissions");
        var permissions = Json.object().putArray("permissions");
        if (isAbsent(value) || value.isEmpty()) {
            permissions.addObject().put("principal", "SELF").put("action", "READ_ONLY");
            return permissions;
        }
        for (JsonNode each : value) {
            String action = each.path("action").asString();
            boolean known =
                    Arrays.stream(ProfileAttribute.SelfAccess.values())
                            .anyMatch(access -> access.name().equals(action));
            if (!known || !each.path("principal").asString().equals("SELF")) {
                reading.wrong(
                        at.field("permissions"),
                        "must give the principal SELF one of HIDE, READ_ONLY, READ_WRITE");
                return permissions;
            }
            permissions.addObject().put("principal", "SELF").put("action", action);
        }
        return permissions;
    }

    private void master() {
        kept.set("master", master(given, at, reading));
    }

    /** Where an attribute is mastered; {@code OVERRIDE} keeps its list of sources. */
    static JsonNode master(ObjectNode definition, Path at, Reading reading) {
        JsonNode value = definition.path("master");
        String type = isAbsent(value) ? "PROFILE_MASTER" : value.path("type").asString();
        ObjectNode master = Json.object().put("type", type);
        switch (type) {
            case "PROFILE_MASTER", "OKTA" -> {}
            case "OVERRIDE" -> {
                var priority = master.putArray("priority");
                value.path("priority")
                        .forEach(
                                each ->
                                        priority.addObject()
                                                .put("type", each.path("type").asString())
                                                .put("value", each.path("value").asString()));
            }
            default ->
                    reading.wrong(
                            at.field("master").field("type"),
                            "must be one of PROFILE_MASTER, OKTA, OVERRIDE");
        }
        return master;
    }

    /** Last: a standard value has to be one that the attribute takes. */
    private void standard() {
        JsonNode value = given.path("default");
        if (!isAbsent(value)) {
            ProfileAttribute.of(at.last(), kept)
                    .check(value, at.field("default"), reading)
                    .ifPresent(sound -> kept.set("default", sound));
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
