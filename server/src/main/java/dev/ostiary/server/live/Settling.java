package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives an org the user types, schemas, realms and definitions of linked objects of another one.
 * What is there already and the same is left alone, so that it can be done again; what the other
 * one does not have stays.
 */
final class Settling {

    private final OrgApi org;
    private final PrintWriter out;

    Settling(OrgApi org, PrintWriter out) {
        this.org = org;
        this.out = out;
    }

    /** Makes what is missing, changes what is different. */
    void like(Frame source) {
        Frame before = Frame.of(org);
        source.types().forEach((name, type) -> type(name, type, before));
        Frame typed = Frame.of(org);
        source.schemas().forEach((name, schema) -> schemaOfType(name, schema, typed));
        schema(Frame.GROUP_SCHEMA, "groups", source.ofGroups(), typed.ofGroups());
        realms(source, typed);
        source.relations().forEach((name, relation) -> relation(name, relation, typed));
    }

    private void type(String name, JsonNode type, Frame before) {
        ObjectNode said = Json.object();
        said.set("displayName", type.path("displayName"));
        said.put("description", type.path("description").asString(""));
        JsonNode there = before.types().get(name);
        if (there == null) {
            did("type " + name);
            org.send("POST", Frame.TYPES, Json.text(said.put("name", name)));
        } else if (!Differences.ofType(type).equals(Differences.ofType(there))) {
            did("type " + name);
            org.send("POST", Frame.TYPES + "/" + org.id(there), Json.text(said));
        }
    }

    private void schemaOfType(String name, JsonNode schema, Frame typed) {
        JsonNode type = typed.types().get(name);
        JsonNode there = typed.schemas().get(name);
        if (type != null && there != null) {
            schema(
                    Frame.USER_SCHEMAS + Frame.schema(org, type),
                    "users of type " + name,
                    schema,
                    there);
        }
    }

    private void schema(String path, String whose, JsonNode wanted, JsonNode there) {
        ObjectNode definitions = Json.object();
        boolean any = false;
        for (String kind : new String[] {"base", "custom"}) {
            String at = "/definitions/" + kind + "/properties";
            ObjectNode changed =
                    definitions.putObject(kind).put("id", "#" + kind).putObject("properties");
            for (var each : wanted.at(at).properties()) {
                if (!each.getValue().equals(there.at(at).path(each.getKey()))) {
                    changed.set(each.getKey(), each.getValue());
                    any = true;
                }
            }
            if (changed.isEmpty()) {
                definitions.remove(kind);
            }
        }
        if (any) {
            did("schema of " + whose);
            ObjectNode body = Json.object();
            body.set("definitions", definitions);
            org.send("POST", path, Json.text(body));
        }
    }

    private void realms(Frame source, Frame there) {
        Map<String, JsonNode> realms = source.realms();
        Optional<JsonNode> ours = there.defaultRealm();
        for (var each : realms.entrySet()) {
            JsonNode realm = each.getValue();
            boolean first = realm.path("isDefault").asBoolean(false);
            JsonNode same =
                    first && ours.isPresent() ? ours.get() : there.realms().get(each.getKey());
            ObjectNode body = Json.object();
            body.set("profile", realm.path("profile"));
            if (same == null) {
                did("realm " + each.getKey());
                org.send("POST", Frame.REALMS, Json.text(body));
            } else if (!same.path("profile").equals(realm.path("profile"))) {
                did("realm " + each.getKey());
                org.send("PUT", Frame.REALMS + "/" + org.id(same), Json.text(body));
            }
        }
    }

    private void relation(String name, JsonNode relation, Frame there) {
        if (!there.relations().containsKey(name)) {
            did("linked object " + name);
            ObjectNode body = Json.object();
            body.set("primary", relation.path("primary"));
            body.set("associated", relation.path("associated"));
            org.send("POST", Frame.RELATIONS, Json.text(body));
        }
    }

    private void did(String what) {
        out.println("writing " + Said.plain(what));
        out.flush();
    }
}
