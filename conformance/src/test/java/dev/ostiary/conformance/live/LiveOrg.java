package dev.ostiary.conformance.live;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An org with some of everything that is copied. */
final class LiveOrg {

    private final Http http;
    private final Directory directory;

    LiveOrg(Org org) {
        this.http = org.http();
        this.directory = new Directory(org);
    }

    /** Attributes, a type, a realm, a relation, groups, users in every kind of standing. */
    void furnish() {
        attribute("/api/v1/meta/schemas/user/default", "shirt", "Shirt");
        attribute("/api/v1/meta/schemas/group/default", "costCentre", "Cost centre");
        JsonNode type =
                http.post(
                                "/api/v1/meta/types/user",
                                Json.object()
                                        .put("name", "contractor")
                                        .put("displayName", "Contractor")
                                        .put("description", "From outside"))
                        .expect(200)
                        .json();
        String schema = type.at("/_links/schema/href").asString();
        attribute(schema.substring(schema.indexOf("/api/")), "agency", "Agency");
        relation();
        ObjectNode realm = Json.object();
        realm.putObject("profile").put("name", "Partners").put("realmType", "PARTNER");
        String realmId = Directory.id(http.post("/api/v1/realms", realm).expect(200).json());

        ObjectNode sales = Directory.newGroup("Sales / \"North\"");
        sales.withObject("profile").put("costCentre", "C-17");
        JsonNode group = http.post("/api/v1/groups", sales).expect(200).json();
        directory.group("Empty");

        JsonNode nadia = made(Directory.newUserWithPassword("nadia@example.com"), "shirt", "S");
        JsonNode boss = made(Directory.newUser("Boss+1@Example.com"), "city", "Zürich");
        ObjectNode outside = Directory.newUser("outside@example.com").put("realmId", realmId);
        outside.putObject("type").put("id", Directory.id(type));
        JsonNode contractor = made(outside, "agency", "Acme");
        JsonNode gone = directory.active("gone@example.com");
        JsonNode resting = directory.active("resting@example.com");
        directory.staged("staged@example.com");
        directory.join(group, nadia);
        directory.join(group, contractor);
        http.post("/api/v1/users/" + Directory.id(resting) + "/lifecycle/suspend").expect(200);
        http.post("/api/v1/users/" + Directory.id(gone) + "/lifecycle/deactivate").expect(200);
        rule(group, nadia);
        link(nadia, boss);
        link(contractor, nadia);
    }

    /** A rule whose condition names a group by its id, and that leaves somebody out. */
    private void rule(JsonNode group, JsonNode excluded) {
        JsonNode into = directory.group("Bosses");
        ObjectNode rule = Json.object().put("type", "group_rule").put("name", "Who leads");
        ObjectNode conditions = rule.putObject("conditions");
        conditions
                .putObject("people")
                .putObject("users")
                .putArray("exclude")
                .add(Directory.id(excluded));
        conditions
                .putObject("expression")
                .put("type", "urn:okta:expression:1.0")
                .put(
                        "value",
                        "user.city==\"Zürich\" AND !isMemberOfAnyGroup(\""
                                + Directory.id(group)
                                + "\")");
        rule.putObject("actions")
                .putObject("assignUserToGroups")
                .putArray("groupIds")
                .add(Directory.id(into));
        String id = Directory.id(http.post("/api/v1/groups/rules", rule).expect(200).json());
        http.post("/api/v1/groups/rules/" + id + "/lifecycle/activate").expect(204);
    }

    private JsonNode made(ObjectNode user, String attribute, String value) {
        user.withObject("profile").put(attribute, value);
        return http.post("/api/v1/users?activate=true", user).expect(200).json();
    }

    private void attribute(String schema, String name, String title) {
        ObjectNode body = Json.object();
        body.putObject("definitions")
                .putObject("custom")
                .put("id", "#custom")
                .put("type", "object")
                .putObject("properties")
                .putObject(name)
                .put("title", title)
                .put("type", "string")
                .put("maxLength", 20);
        http.post(schema, body).expect(200);
    }

    /** The definition of managers and those who report to them. */
    void relation() {
        ObjectNode definition = Json.object();
        side(definition.putObject("primary"), "manager");
        side(definition.putObject("associated"), "subordinate");
        http.post("/api/v1/meta/schemas/user/linkedObjects", definition).expect(201);
    }

    private static void side(ObjectNode side, String name) {
        side.put("name", name).put("title", name).put("description", name).put("type", "USER");
    }

    private void link(JsonNode user, JsonNode manager) {
        http.put(
                        "/api/v1/users/"
                                + Directory.id(user)
                                + "/linkedObjects/manager/"
                                + Directory.id(manager))
                .expect(204);
    }
}
