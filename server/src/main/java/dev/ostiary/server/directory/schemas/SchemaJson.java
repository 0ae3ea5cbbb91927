package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A schema on the wire (Schemas, "User Schema object", "Group Schema object"): JSON Schema, draft
 * 4.
 *
 * @param baseUrl scheme and host as the client used them
 * @param ofDefaultType whether it belongs to the type that every org begins with, or to groups
 */
record SchemaJson(String baseUrl, boolean ofDefaultType) {

    private static final Schema PART =
            Schema.object("ProfilePart")
                    .always("id", Schema.TEXT)
                    .always("type", Schema.TEXT)
                    .always("properties", Schema.map(Schema.DOCUMENT))
                    .always("required", Schema.list(Schema.TEXT));

    static final Schema SCHEMA =
            Schema.object("ProfileSchema")
                    .always("id", Schema.TEXT)
                    .always("$schema", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("title", Schema.TEXT)
                    .maybe("description", Schema.TEXT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("created", Schema.MOMENT)
                    .always(
                            "definitions",
                            Schema.object().always("custom", PART).always("base", PART))
                    .always("type", Schema.TEXT)
                    .always("properties", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA);

    private static final String DRAFT = "http://json-schema.org/draft-04/schema#";

    void write(JsonGenerator out, StoredSchema stored) {
        String place = place(stored);
        ProfileSchema schema = stored.schema();
        out.writeStartObject();
        out.writeStringProperty("id", baseUrl + "/meta/schemas/" + place);
        out.writeStringProperty("$schema", DRAFT);
        out.writeStringProperty("name", stored.name());
        out.writeStringProperty("title", stored.title());
        if (stored.isOfGroups()) {
            out.writeStringProperty("description", "Okta group profile template");
        }
        out.writeStringProperty("lastUpdated", Dates.text(stored.lastUpdated()));
        out.writeStringProperty("created", Dates.text(stored.created()));
        out.writeObjectPropertyStart("definitions");
        part(out, "custom", schema.custom());
        part(out, "base", schema.base());
        out.writeEndObject();
        out.writeStringProperty("type", "object");
        out.writeName("properties");
        Json.raw(
                out,
                "{\"profile\":{\"allOf\":[{\"$ref\":\"#/definitions/custom\"},"
                        + "{\"$ref\":\"#/definitions/base\"}]}}");
        links(place, stored).write(out);
        out.writeEndObject();
    }

    private String place(StoredSchema stored) {
        if (stored.isOfAnApp()) {
            return "apps/" + stored.id() + "/default";
        }
        String kind = stored.isOfGroups() ? "group" : "user";
        return kind + "/" + (ofDefaultType ? "default" : stored.id());
    }

    private Links links(String place, StoredSchema stored) {
        Links links = new Links().action("self", baseUrl + "/api/v1/meta/schemas/" + place, "GET");
        return stored.isOfGroups() || stored.isOfAnApp()
                ? links
                : links.action(
                        "type",
                        baseUrl + "/api/v1/meta/types/user/" + TypeIds.typeOf(stored.id()),
                        "GET");
    }

    private static void part(JsonGenerator out, String name, List<ProfileAttribute> attributes) {
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("id", "#" + name);
        out.writeStringProperty("type", "object");
        out.writeObjectPropertyStart("properties");
        for (ProfileAttribute attribute : attributes) {
            out.writeName(attribute.name());
            Json.raw(out, Json.text(attribute.definition()));
        }
        out.writeEndObject();
        out.writeArrayPropertyStart("required");
        attributes.stream()
                .filter(ProfileAttribute::required)
                .forEach(attribute -> out.writeString(attribute.name()));
        out.writeEndArray();
        out.writeEndObject();
    }
}
