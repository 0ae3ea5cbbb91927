package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Groups as JSON (WIRE, "What the server adds on create"). Immutable and thread-safe.
 *
 * @param baseUrl scheme and host as the client used them
 * @param members how many members the groups have, where the client asked for statistics
 */
record GroupJson(String baseUrl, Map<String, Integer> members) {

    static final Schema SCHEMA =
            Schema.object("Group")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("lastMembershipUpdated", Schema.MOMENT)
                    .always("objectClass", Schema.list(Schema.TEXT))
                    .always("type", Schema.words(GroupType.values()))
                    .always("profile", GroupProfile.SCHEMA)
                    .maybe("source", Schema.object().always("id", Schema.TEXT))
                    .always("_links", Links.SCHEMA)
                    .maybe(
                            "_embedded",
                            Schema.object()
                                    .always(
                                            "stats",
                                            Schema.object("GroupStats")
                                                    .always("usersCount", Schema.INTEGER)
                                                    .always("appsCount", Schema.INTEGER)
                                                    .always(
                                                            "groupPushMappingsCount",
                                                            Schema.INTEGER)
                                                    .always("hasAdminPrivilege", Schema.BOOLEAN)
                                                    .always("hasAdminPrivlege", Schema.BOOLEAN)
                                                    .always("_links", Links.SCHEMA)));

    private static final String LOGO = "/img/logos/groups/okta-";

    /** Without statistics. */
    static GroupJson plain(String baseUrl) {
        return new GroupJson(baseUrl, Map.of());
    }

    void write(JsonGenerator out, List<Group> groups) {
        out.writeStartArray();
        groups.forEach(group -> write(out, group));
        out.writeEndArray();
    }

    void write(JsonGenerator out, Group group) {
        out.writeStartObject();
        out.writeStringProperty("id", group.id());
        out.writeStringProperty("created", Dates.text(group.created()));
        out.writeStringProperty("lastUpdated", Dates.text(group.lastUpdated()));
        out.writeStringProperty("lastMembershipUpdated", Dates.text(group.lastMembershipUpdated()));
        out.writeArrayPropertyStart("objectClass");
        out.writeString("okta:user_group");
        out.writeEndArray();
        out.writeStringProperty("type", group.type().name());
        out.writeName("profile");
        Json.raw(out, group.profile().json());
        if (group.sourceId() != null) {
            out.writeObjectPropertyStart("source");
            out.writeStringProperty("id", group.sourceId());
            out.writeEndObject();
        }
        links(group).write(out);
        if (members.containsKey(group.id())) {
            out.writeObjectPropertyStart("_embedded");
            stats(out, group, members.getOrDefault(group.id(), 0));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private Links links(Group group) {
        Links links =
                new Links()
                        .item("logo", "medium", baseUrl + LOGO + "medium.png", "image/png")
                        .item("logo", "large", baseUrl + LOGO + "large.png", "image/png");
        if (group.sourceId() != null) {
            links.to("source", baseUrl + "/api/v1/apps/" + group.sourceId());
        }
        return resources(links, group).to("owners", self(group) + "/owners");
    }

    private String self(Group group) {
        return baseUrl + "/api/v1/groups/" + group.id();
    }

    /** There are no apps, push mappings or roles of groups that could be counted. */
    private void stats(JsonGenerator out, Group group, int usersCount) {
        out.writeObjectPropertyStart("stats");
        out.writeNumberProperty("usersCount", usersCount);
        out.writeNumberProperty("appsCount", 0);
        out.writeNumberProperty("groupPushMappingsCount", 0);
        out.writeBooleanProperty("hasAdminPrivilege", false);
        // as the published schema spells it: official clients look for this one
        out.writeBooleanProperty("hasAdminPrivlege", false);
        resources(new Links(), group).write(out);
        out.writeEndObject();
    }

    private Links resources(Links links, Group group) {
        return links.to("users", self(group) + "/users").to("apps", self(group) + "/apps");
    }
}
