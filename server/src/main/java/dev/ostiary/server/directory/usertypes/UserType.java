package dev.ostiary.server.directory.usertypes;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.schemas.TypeIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user type. Immutable.
 *
 * @param id {@code oty…}
 * @param name unique in the org, in any case; never changes
 * @param displayName what people call it
 * @param description what it is for
 * @param createdBy id of the user who made it
 * @param lastUpdatedBy id of the user who changed it last
 */
record UserType(
        String id,
        String name,
        String displayName,
        @Nullable String description,
        Instant created,
        String createdBy,
        Instant lastUpdated,
        String lastUpdatedBy) {

    static final Schema SCHEMA =
            Schema.object("UserType")
                    .always("id", Schema.TEXT)
                    .always("displayName", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .maybe("description", Schema.TEXT)
                    .always("createdBy", Schema.TEXT)
                    .always("lastUpdatedBy", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("default", Schema.BOOLEAN)
                    .always("_links", Links.SCHEMA);

    /** The wire's word for it in errors (WIRE, "Errors"). */
    static final String TYPE = "CVDType";

    static final String DEFAULT_NAME = "user";

    /** The type that an org is born with. */
    static UserType born(Org org) {
        String system = "spr" + org.id().substring("spr".length());
        return new UserType(
                defaultId(org),
                DEFAULT_NAME,
                "User",
                "Okta user profile template with default permission settings",
                org.created(),
                system,
                org.created(),
                system);
    }

    static String defaultId(Org org) {
        return TypeIds.ofDefault(org);
    }

    boolean isDefault(Org org) {
        return id.equals(defaultId(org));
    }

    UserType with(
            String otherDisplayName, @Nullable String otherDescription, String by, Instant now) {
        return new UserType(
                id, name, otherDisplayName, otherDescription, created, createdBy, now, by);
    }

    /** As an event names it. */
    Target target() {
        return new Target(id, "UserType", name, displayName);
    }

    void write(JsonGenerator out, Org org, String baseUrl) {
        String self = baseUrl + "/api/v1/meta/types/user/" + id;
        String schema = baseUrl + "/api/v1/meta/schemas/user/" + TypeIds.schemaOf(id);
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("displayName", displayName);
        out.writeStringProperty("name", name);
        if (description != null) {
            out.writeStringProperty("description", description);
        }
        out.writeStringProperty("createdBy", createdBy);
        out.writeStringProperty("lastUpdatedBy", lastUpdatedBy);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("default", isDefault(org));
        new Links().action("schema", schema, "GET").action("self", self, "GET").write(out);
        out.writeEndObject();
    }

    /** As it is stored. */
    ObjectNode body() {
        ObjectNode body = Json.object().put("name", name).put("displayName", displayName);
        if (description != null) {
            body.put("description", description);
        }
        return body.put("created", Dates.text(created))
                .put("createdBy", createdBy)
                .put("lastUpdatedBy", lastUpdatedBy);
    }

    static UserType of(String id, ObjectNode body, Instant created, Instant lastUpdated) {
        return new UserType(
                id,
                body.path("name").asString(),
                body.path("displayName").asString(),
                body.hasNonNull("description") ? body.path("description").asString() : null,
                Dates.parse(body.path("created").asString()).orElse(created),
                body.path("createdBy").asString(),
                lastUpdated,
                body.path("lastUpdatedBy").asString());
    }
}
