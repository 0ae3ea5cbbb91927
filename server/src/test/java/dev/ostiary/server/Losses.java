package dev.ostiary.server;

import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a description of the API promised and another no longer does (P4): an object's every
 * property, a list's every element by its name, and of plain values the types. References are
 * followed, so that it does not matter where a schema stands.
 */
final class Losses {

    private static final Pattern TYPES = Pattern.compile(".*/(type|format|in)");

    private final JsonNode kept;
    private final JsonNode today;
    private final List<String> lost = new ArrayList<>();

    private Losses(JsonNode kept, JsonNode today) {
        this.kept = kept;
        this.today = today;
    }

    /** Where something is missing or of another type, with what it was and is. */
    static List<String> between(JsonNode kept, JsonNode today) {
        Losses losses = new Losses(kept, today);
        losses.compare("", kept.path("paths"), today.path("paths"));
        return losses.lost;
    }

    private void compare(String at, JsonNode was, JsonNode is) {
        JsonNode before = resolved(kept, was);
        JsonNode now = resolved(today, is);
        if (now.isMissingNode()) {
            lost.add(at + " is gone");
        } else if (before.isObject()) {
            before.forEachEntry((name, value) -> compare(at + "/" + name, value, now.path(name)));
        } else if (before.isArray() && at.endsWith("/parameters")) {
            for (JsonNode parameter : before) {
                compare(
                        at + "/" + parameter.path("name").asString(),
                        parameter,
                        named(now, parameter));
            }
        } else if (before.isArray() && at.endsWith("/anyOf")) {
            for (int i = 0; i < before.size(); i++) {
                compare(at + "/" + i, before.get(i), now.path(i));
            }
        } else if (TYPES.matcher(at).matches() && !before.equals(now)) {
            lost.add(at + " was " + before + " and is " + now);
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isString()) {
            return resolved(document, document.at(reference.asString().substring(1)));
        }
        JsonNode wrapped = node.path("allOf");
        if (wrapped.size() != 1) {
            return node;
        }
        ObjectNode whole = resolved(document, wrapped.get(0)).deepCopy().asObject();
        return whole.setAll(node.asObject()).without("allOf");
    }

    private static JsonNode named(JsonNode parameters, JsonNode wanted) {
        for (JsonNode each : parameters) {
            if (each.path("name").equals(wanted.path("name"))
                    && each.path("in").equals(wanted.path("in"))) {
                return each;
            }
        }
        return Json.object().path("none");
    }
}
