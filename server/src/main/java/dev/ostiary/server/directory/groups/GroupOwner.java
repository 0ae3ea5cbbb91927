package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Dates.Accident;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * An owner of a group, assigned here rather than imported from an app. Immutable.
 *
 * @param id of the user or the group
 * @param type which of the two it is
 * @param lastUpdated when it was assigned
 */
record GroupOwner(String id, Type type, Instant lastUpdated) {

    /** What can own a group. */
    enum Type {
        USER("users"),
        GROUP("groups");

        private final String collection;

        Type(String collection) {
            this.collection = collection;
        }
    }

    static final Schema SCHEMA =
            Schema.object("GroupOwner")
                    .always("id", Schema.TEXT)
                    .always("type", Schema.words(Type.values()))
                    .always("resolved", Schema.BOOLEAN)
                    .always("originId", Schema.TEXT.orNull())
                    .always("originType", Schema.words("OKTA_DIRECTORY"))
                    .always("displayName", Schema.TEXT)
                    .always("lastUpdated", Schema.MOMENT);

    /** How the log names owners: {@code orn:okta:directory:{orgId}:users:{id}}. */
    String principal(Org org) {
        return "orn:okta:directory:" + org.id() + ":" + type.collection + ":" + id;
    }

    /** Writes it under the name that its user or group has now. */
    void write(JsonGenerator out, String displayName, Org org) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("type", type.name());
        out.writeBooleanProperty("resolved", true);
        out.writeNullProperty("originId");
        out.writeStringProperty("originType", "OKTA_DIRECTORY");
        out.writeStringProperty("displayName", displayName);
        out.writeStringProperty(
                "lastUpdated", Dates.text(lastUpdated, Accident.SPACE, org.settings().strict()));
        out.writeEndObject();
    }
}
