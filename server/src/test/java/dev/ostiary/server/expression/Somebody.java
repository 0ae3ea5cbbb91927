package dev.ostiary.server.expression;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.expression.Type.Simple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A user of the documentation's examples, with everything that expressions can name. */
final class Somebody implements Facts {

    static final Instant NOW = Instant.parse("2015-07-31T17:18:37.979Z");

    static final Map<String, Type> ATTRIBUTES =
            Map.ofEntries(
                    Map.entry("firstName", Simple.TEXT),
                    Map.entry("lastName", Simple.TEXT),
                    Map.entry("middleInitial", Simple.TEXT),
                    Map.entry("honorificPrefix", Simple.TEXT),
                    Map.entry("courtesyTitle", Simple.TEXT),
                    Map.entry("email", Simple.TEXT),
                    Map.entry("login", Simple.TEXT),
                    Map.entry("city", Simple.TEXT),
                    Map.entry("department", Simple.TEXT),
                    Map.entry("title", Simple.TEXT),
                    Map.entry("role", Simple.TEXT),
                    Map.entry("primaryPhone", Simple.TEXT),
                    Map.entry("employeeNumber", Simple.TEXT),
                    Map.entry("nonEmployeeNumber", Simple.TEXT),
                    Map.entry("groupCode", Simple.INTEGER),
                    Map.entry("salary", Simple.INTEGER),
                    Map.entry("rating", Simple.NUMBER),
                    Map.entry("yearJoined", Simple.INTEGER),
                    Map.entry("isContractor", Simple.BOOLEAN),
                    Map.entry("hasBadge", Simple.BOOLEAN),
                    Map.entry("stringDouble", Simple.TEXT),
                    Map.entry("country", Simple.TEXT),
                    Map.entry("countryAlpha2", Simple.TEXT),
                    Map.entry("countryAlpha3", Simple.TEXT),
                    Map.entry("strArray", new Type.ArrayOf(Simple.TEXT)),
                    Map.entry("intArray", new Type.ArrayOf(Simple.INTEGER)),
                    Map.entry("favoriteColors", new Type.ArrayOf(Simple.TEXT)));

    static final Scope RULES = Scope.ofGroupRules(ATTRIBUTES);

    static final Scope ENGINE = Scope.ofIdentityEngine("policies", ATTRIBUTES);

    static final Scope MAPPINGS = mappings();

    private static final List<Group> GROUPS =
            List.of(
                    Group.of("00gak46y5hydV6NdM0g4", "Everyone", "BUILT_IN"),
                    group("00g1emaKYZTWRYYRRTSK", "West Coast Users", "OKTA_GROUP", "0a81"),
                    group("00garwpuyxHaWOkdV0g4", "West Coast Admins", "OKTA_GROUP", "0a03"),
                    group("00gjitX9HqABSoqTB0g3", "Engineering Users", "APP_GROUP", "0aae"),
                    group("00gnftmgQxC2L19j6I9c", "Engineering Users", "APP_GROUP", "0a61"));

    private final JsonNode profile;

    Somebody(String profile) {
        this.profile = Json.parse(profile.getBytes(StandardCharsets.UTF_8));
    }

    static Somebody john() {
        return new Somebody(
                """
                {"firstName": "John", "lastName": "Doe", "email": "john.doe@okta.com",
                 "login": "john.doe@okta.com", "strArray": ["one", "two"], "intArray": [1, 2, 3],
                 "stringDouble": "1.1", "country": "United States", "countryAlpha2": "US",
                 "countryAlpha3": "USA", "isContractor": false, "city": "San Francisco",
                 "salary": 1000000, "groupCode": 123, "department": "California-North-Sales",
                 "title": "Engineer", "primaryPhone": "+1 415-555-0100", "role": "Engineer",
                 "hasBadge": true, "favoriteColors": ["blue"], "employeeNumber": "",
                 "nonEmployeeNumber": "N7", "yearJoined": 2018, "rating": 3.5}\
                """);
    }

    JsonNode profile() {
        return profile;
    }

    @Override
    public String toString() {
        return profile.toString();
    }

    private static Group group(String id, String name, String type, String source) {
        Map<String, Value> more =
                Map.of(
                        "created",
                        new Value.Text("2015-01-01T00:00:00.000Z"),
                        "profile",
                        Value.of(Map.of("description", new Value.Text("About " + name))));
        return new Group(
                id, name, type, Optional.of(source), key -> more.getOrDefault(key, Value.NOTHING));
    }

    private static Scope mappings() {
        Map<String, Type> names = new HashMap<>(ATTRIBUTES);
        Type.Thing user = Scope.user(ATTRIBUTES, Map.of());
        names.put("user", user);
        names.put("source", user);
        names.put("zendesk", new Type.Thing("app user", Map.of(), true));
        names.put("org", new Type.Thing("org", Map.of("name", Simple.TEXT), false));
        names.put("access", new Type.Thing("access", Map.of("scope", ArrayOf.TEXTS), false));
        return new Scope("everything", names, EnumSet.allOf(Function.Family.class));
    }

    private static final class ArrayOf {
        private static final Type TEXTS = new Type.ArrayOf(Simple.TEXT);
    }

    @Override
    public Value variable(String name) {
        Map<String, Value> own =
                Map.of(
                        "created",
                        new Value.Moment(
                                Instant.parse("2015-07-30T23:58:32.000Z").atZone(ZoneOffset.UTC)),
                        "id",
                        new Value.Text("00u1"));
        return switch (name) {
            case "user", "source" -> Facts.user(profile, own);
            case "zendesk" -> Value.of(Map.of("role", new Value.Text("agent")));
            case "org" -> Value.of(Map.of("name", new Value.Text("Oktaprise")));
            case "access" ->
                    Value.of(
                            Map.of(
                                    "scope",
                                    new Value.Items(
                                            List.of(
                                                    new Value.Text("openid"),
                                                    new Value.Text("email")))));
            default -> Value.of(profile.get(name));
        };
    }

    @Override
    public List<Group> groups() {
        return GROUPS;
    }

    @Override
    public Value internalProperty(String name) {
        return new Value.Text(name.equals("id") ? "00u1" : "ACTIVE");
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public Value linked(Value user, String primaryName) {
        return primaryName.equals("manager")
                ? Facts.user(
                        Json.parse("{\"lastName\":\"Gates\"}".getBytes(StandardCharsets.UTF_8)),
                        Map.of())
                : Value.NOTHING;
    }

    @Override
    public Value relative(Relative relative, List<String> sources) {
        return switch (relative) {
            case MANAGER -> Value.of(Map.of("firstName", new Value.Text("Ada")));
            case MANAGER_APP_USER ->
                    Value.of(Map.of("firstName", new Value.Text("Ada at " + sources.get(1))));
            case DIRECTORY_USER -> Value.of(Map.of("managerUpn", new Value.Text("bob@okta.com")));
            case WORKDAY_USER, ASSISTANT, ASSISTANT_APP_USER -> Value.NOTHING;
        };
    }
}
