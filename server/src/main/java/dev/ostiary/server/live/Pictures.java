package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An org's objects as lines that an import reads: everything by names. Where both sides of a
 * comparison make the same of something, it is the same. Beside the names a line keeps its id, for
 * whoever asks on for more of it.
 */
final class Pictures {

    private final Map<String, String> names;

    Pictures(Frame frame) {
        this.names = frame.names();
    }

    /** A user, without what nobody can read: secrets. */
    ObjectNode user(JsonNode user) {
        ObjectNode line = Json.object().put("kind", "user");
        line.set("id", user.path("id"));
        line.set("status", user.path("status"));
        named(line, "type", user.at("/type/id"));
        named(line, "realm", user.path("realmId"));
        line.set("profile", said(user.path("profile")));
        return line;
    }

    private void named(ObjectNode line, String property, JsonNode id) {
        Optional.ofNullable(names.get(id.asString("")))
                .ifPresent(name -> line.putObject(property).put("name", name));
    }

    /** A group. */
    static ObjectNode group(JsonNode group) {
        ObjectNode line = Json.object().put("kind", "group");
        line.set("id", group.path("id"));
        line.set("profile", said(group.path("profile")));
        return line;
    }

    /** A member of a group. */
    static ObjectNode membership(String login, String group) {
        return Json.object().put("kind", "membership").put("user", login).put("group", group);
    }

    /** What is null says nothing. */
    private static ObjectNode said(JsonNode profile) {
        ObjectNode said = Json.object();
        profile.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> said.set(each.getKey(), each.getValue()));
        return said;
    }

    /** The login of a user. */
    static String login(JsonNode user) {
        return user.at("/profile/login").asString("");
    }
}
