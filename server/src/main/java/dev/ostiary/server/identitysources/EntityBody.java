package dev.ostiary.server.identitysources;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.identitysources.Load.Described;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a user or a group of a source: whose it is, and texts for attributes that there are.
 * Whether they make a whole profile is judged where it is written.
 *
 * @param schema what users of the source may have
 */
record EntityBody(ProfileSchema schema) {

    /** Schemas {@code UserRequestSchema} and {@code GroupsRequestSchema}, in characters. */
    static final int LONGEST_USER_ID = 512;

    static final int LONGEST_GROUP_ID = 255;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 1024;
    private static final String EXTERNAL_ID = "externalId";
    private static final String PROFILE = "profile";

    private static final Schema.Fields USER_PROFILE =
            Schema.object("IdentitySourceUserProfile")
                    .andOthers()
                    .maybe("userName", Schema.TEXT.orNull())
                    .maybe("firstName", Schema.TEXT.orNull())
                    .maybe("lastName", Schema.TEXT.orNull())
                    .maybe("email", Schema.TEXT.orNull())
                    .maybe("secondEmail", Schema.TEXT.orNull())
                    .maybe("mobilePhone", Schema.TEXT.orNull())
                    .maybe("homeAddress", Schema.TEXT.orNull());

    private static final Schema.Fields GROUP_PROFILE =
            Schema.object("IdentitySourceGroupProfile")
                    .maybe("displayName", Schema.TEXT)
                    .maybe("description", Schema.TEXT.orNull());

    /** A user on its way in. */
    static final Schema.Fields USER =
            Schema.object().maybe(EXTERNAL_ID, Schema.TEXT).always(PROFILE, USER_PROFILE);

    /** A group on its way in. */
    static final Schema.Fields GROUP =
            Schema.object().maybe(EXTERNAL_ID, Schema.TEXT).always(PROFILE, GROUP_PROFILE);

    static Schema.Fields userProfile() {
        return USER_PROFILE;
    }

    static Schema.Fields groupProfile() {
        return GROUP_PROFILE;
    }

    Optional<Described> user(JsonNode item, Path at, Reading reading) {
        Optional<String> id = externalId(item, at, LONGEST_USER_ID, reading);
        Optional<ObjectNode> profile = userProfile(item.path(PROFILE), at.field(PROFILE), reading);
        return id.isEmpty() || profile.isEmpty()
                ? Optional.empty()
                : Optional.of(new Described(id.get(), profile.get()));
    }

    Optional<Described> group(JsonNode item, Path at, Reading reading) {
        Optional<String> id = externalId(item, at, LONGEST_GROUP_ID, reading);
        Optional<ObjectNode> profile = groupProfile(item.path(PROFILE), at.field(PROFILE), reading);
        return id.isEmpty() || profile.isEmpty()
                ? Optional.empty()
                : Optional.of(new Described(id.get(), profile.get()));
    }

    /** "Profile attributes can only be of the string type." */
    Optional<ObjectNode> userProfile(JsonNode given, Path at, Reading reading) {
        if (!given.isObject() || given.isEmpty()) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        for (var each : given.properties()) {
            JsonNode value = each.getValue();
            if (schema.find(each.getKey()).isEmpty()) {
                reading.sentence(
                        at.text(),
                        "Property name '" + each.getKey() + "' is not defined in profile");
            } else if (!value.isString() && !value.isNull()) {
                reading.wrong(at.field(each.getKey()), "must be a string");
            }
        }
        return Optional.of(given.asObject());
    }

    /** The two attributes that a group of a source has. */
    static Optional<ObjectNode> groupProfile(JsonNode given, Path at, Reading reading) {
        if (!given.isObject() || given.isEmpty()) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        ObjectNode profile = Json.object();
        for (var each : given.properties()) {
            String name = each.getKey();
            JsonNode value = each.getValue();
            Path here = at.field(name);
            switch (name) {
                case "displayName" ->
                        text(value, here, LONGEST_NAME, reading)
                                .ifPresent(text -> profile.put(name, text));
                case "description" -> {
                    if (value.isNull()) {
                        profile.putNull(name);
                    } else if (!value.isString()
                            || value.stringValue().length() > LONGEST_DESCRIPTION) {
                        reading.wrong(
                                here,
                                "must be a string of at most "
                                        + LONGEST_DESCRIPTION
                                        + " characters");
                    } else {
                        profile.set(name, value);
                    }
                }
                default ->
                        reading.sentence(
                                at.text(),
                                "Property name '" + name + "' is not defined in profile");
            }
        }
        return Optional.of(profile);
    }

    static Optional<String> externalId(JsonNode item, Path at, int longest, Reading reading) {
        return text(item.path(EXTERNAL_ID), at.field(EXTERNAL_ID), longest, reading);
    }

    /** A text that says something. */
    static Optional<String> text(JsonNode node, Path at, int longest, Reading reading) {
        if (!node.isString() || node.stringValue().isBlank()) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        return node.stringValue().length() > longest
                ? reading.wrong(at, "must be at most " + longest + " characters")
                : Optional.of(node.stringValue());
    }
}
