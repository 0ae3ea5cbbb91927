package dev.ostiary.server.hooks.inline;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A hook. Immutable.
 *
 * @param id {@code cal…}
 * @param version of what is asked, as a client has chosen it
 * @param channel without its secret
 */
record InlineHook(
        String id,
        String name,
        HookType type,
        String version,
        boolean active,
        Channel channel,
        Instant created,
        Instant lastUpdated) {

    static final Schema SCHEMA =
            Schema.object("InlineHook")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .always("name", Schema.TEXT)
                    .always("type", Schema.TEXT)
                    .always("version", Schema.TEXT)
                    .always("channel", ChannelJson.ANSWERED)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    InlineHook with(String otherName, String otherVersion, Channel other, Instant now) {
        return new InlineHook(
                id, otherName, type, otherVersion, active, other.withoutSecret(), created, now);
    }

    InlineHook active(boolean isActive, Instant now) {
        return new InlineHook(id, name, type, version, isActive, channel, created, now);
    }

    boolean same(InlineHook other) {
        return name.equals(other.name)
                && version.equals(other.version)
                && channel.equals(other.channel);
    }

    void write(JsonGenerator out, String baseUrl) {
        String self = baseUrl + "/api/v1/inlineHooks/" + id;
        out.writeStartObject();
        out.writeStringProperty("id", id);
        writeFields(out);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        Links links = new Links().to("self", self);
        if (active) {
            links.hinted("execute", self + "/execute", "POST")
                    .hinted("deactivate", self + "/lifecycle/deactivate", "POST");
        } else {
            links.hinted("activate", self + "/lifecycle/activate", "POST")
                    .hinted("delete", self, "DELETE");
        }
        links.write(out);
        out.writeEndObject();
    }

    /** What the document keeps of it besides id and dates. */
    void writeFields(JsonGenerator out) {
        out.writeStringProperty("status", active ? "ACTIVE" : "INACTIVE");
        out.writeStringProperty("name", name);
        out.writeStringProperty("type", type.wire());
        out.writeStringProperty("version", version);
        out.writeName("channel");
        ChannelJson.write(out, channel);
    }

    /** How events name it. */
    Target target() {
        return new Target(id, "InlineHook", name, name, Map.of("type", type.wire()));
    }
}
