package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attributes of a group as JSON text: most reads only pass it on. Immutable.
 *
 * @param name the name, in the text too
 * @param json one JSON object
 */
record GroupProfile(String name, String json) {

    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";

    /** Read and written alike; what is written has both. */
    static final Schema SCHEMA =
            Schema.object("GroupProfile")
                    .andOthers()
                    .always(NAME, Schema.TEXT)
                    .maybe(DESCRIPTION, Schema.TEXT.orNull());

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 1024;

    /** The profile of an {@code okta:user_group}; no description is written as null. */
    static GroupProfile of(String name, Optional<String> description) {
        return of(name, description, Json.object());
    }

    private static GroupProfile of(String name, Optional<String> description, ObjectNode custom) {
        ObjectNode document = Json.object();
        document.put(NAME, name);
        document.put(DESCRIPTION, description.orElse(null));
        document.setAll(custom);
        return new GroupProfile(name, Json.text(document));
    }

    /**
     * The profile that a client describes (Groups, "Default Profile Properties", and what the org
     * has added to them).
     *
     * @throws ApiException {@code E0000001} with a cause for each property that is wrong or unknown
     */
    static GroupProfile read(ObjectNode document, ProfileSchema schema) {
        List<String> causes = new ArrayList<>();
        Optional<String> name =
                text(document, NAME, LONGEST_NAME, causes).filter(n -> !n.isBlank());
        if (name.isEmpty() && causes.isEmpty()) {
            causes.add("name: The field cannot be left blank");
        }
        Optional<String> description = text(document, DESCRIPTION, LONGEST_DESCRIPTION, causes);
        String subject = causes.isEmpty() ? "profile" : subject(causes);
        Reading reading = new Reading();
        ObjectNode custom = schema.completeCustom(document, reading);
        causes.addAll(reading.causes());
        for (String property : document.propertyNames()) {
            if (schema.find(property).isEmpty()) {
                causes.add("Property name '" + property + "' is not defined in profile");
            }
        }
        if (!causes.isEmpty()) {
            throw ApiException.validation(subject, causes);
        }
        return of(name.orElseThrow(), description, custom);
    }

    private static String subject(List<String> causes) {
        return causes.getFirst().startsWith(NAME) ? NAME : DESCRIPTION;
    }

    private static Optional<String> text(
            ObjectNode document, String property, int longest, List<String> causes) {
        JsonNode value = document.path(property);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            causes.add(property + ": must be a string");
            return Optional.empty();
        }
        String text = value.stringValue();
        if (text.codePointCount(0, text.length()) > longest) {
            causes.add(
                    property
                            + ": The field is too long: at most "
                            + longest
                            + " characters are allowed");
        }
        return Optional.of(text);
    }

    /** A document of its own. */
    ObjectNode document() {
        return Json.object(json);
    }

    /** The names of the properties in which the other one differs. */
    List<String> changed(GroupProfile other) {
        return ProfileSchema.changed(document(), other.document());
    }
}
