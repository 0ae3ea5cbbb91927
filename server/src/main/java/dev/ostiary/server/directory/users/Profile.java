package dev.ostiary.server.directory.users;

import dev.ostiary.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The profile of a user as JSON text: most reads only pass it on, and never parse it. Immutable.
 *
 * @param json one JSON object
 */
public record Profile(String json) {

    /** The profile that a document holds. */
    public static Profile of(ObjectNode document) {
        return new Profile(Json.text(document));
    }

    /** A document of its own, which the caller may change. */
    public ObjectNode document() {
        return Json.object(json);
    }

    /** The text of an attribute of a document; null where it is absent, null or no text. */
    static @Nullable String text(ObjectNode document, String attribute) {
        JsonNode value = document.get(attribute);
        return value != null && value.isString() ? value.stringValue() : null;
    }
}
