package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Something remarkable about a sign-in. Immutable.
 *
 * @param id {@code bhv…}
 * @param name unique in the org, in any case; expressions refer to it
 * @param active whether sign-ins are judged by it
 */
record Behaviour(
        String id,
        String name,
        boolean active,
        Measure measure,
        Instant created,
        Instant lastUpdated) {

    static final Schema SCHEMA =
            Schema.object("BehaviorRule")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("type", Schema.words(Measure.Kind.values()))
                    .always(
                            "settings",
                            Schema.either(
                                    Measure.Location.SHAPE.schema(Way.OUT),
                                    Measure.Device.SHAPE.schema(Way.OUT),
                                    Measure.Velocity.SHAPE.schema(Way.OUT)))
                    .always("status", Schema.words("ACTIVE", "INACTIVE"))
                    .always("created", Schema.TEXT)
                    .always("lastUpdated", Schema.TEXT)
                    .always("_link", Links.SCHEMA)
                    .always("_links", Links.SCHEMA);

    Behaviour with(String otherName, boolean isActive, Measure other, Instant now) {
        return new Behaviour(id, otherName, isActive, other, created, now);
    }

    Behaviour active(boolean isActive, Instant now) {
        return with(name, isActive, measure, now);
    }

    boolean same(Behaviour other) {
        return name.equals(other.name) && active == other.active && measure.equals(other.measure);
    }

    void write(JsonGenerator out, String baseUrl, boolean strict) {
        String self = baseUrl + "/api/v1/behaviors/" + id;
        String step = active ? "deactivate" : "activate";
        out.writeStartObject();
        out.writeStringProperty("id", id);
        writeFields(out);
        out.writeStringProperty("created", Dates.text(created, Dates.Accident.SPACE, strict));
        out.writeStringProperty(
                "lastUpdated", Dates.text(lastUpdated, Dates.Accident.SPACE, strict));
        out.writeObjectPropertyStart("_link");
        out.writeObjectPropertyStart("self");
        out.writeStringProperty("href", self);
        out.writeObjectPropertyStart("hints");
        out.writeArrayPropertyStart("allow");
        for (String verb : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            out.writeString(verb);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        new Links()
                .hinted("self", self, "GET", "PUT", "DELETE")
                .hinted(step, self + "/lifecycle/" + step, "POST")
                .write(out);
        out.writeEndObject();
    }

    /** What the document keeps of it besides id and dates. */
    void writeKept(JsonGenerator out) {
        out.writeStartObject();
        writeFields(out);
        out.writeEndObject();
    }

    private void writeFields(JsonGenerator out) {
        out.writeStringProperty("name", name);
        out.writeStringProperty("type", measure.kind().name());
        out.writeName("settings");
        writeSettings(out);
        out.writeStringProperty("status", active ? "ACTIVE" : "INACTIVE");
    }

    private void writeSettings(JsonGenerator out) {
        switch (measure) {
            case Measure.Location location -> Measure.Location.SHAPE.write(out, location);
            case Measure.Device device -> Measure.Device.SHAPE.write(out, device);
            case Measure.Ip ip -> Measure.Ip.SHAPE.write(out, ip);
            case Measure.Asn asn -> Measure.Asn.SHAPE.write(out, asn);
            case Measure.Velocity velocity -> Measure.Velocity.SHAPE.write(out, velocity);
        }
    }

    /** How events name it. */
    Target target() {
        String settings = new String(Json.bytes(this::writeSettings), StandardCharsets.UTF_8);
        return new Target(
                id,
                "BehaviorSettings",
                name,
                name,
                Map.of(
                        "type",
                        measure.kind().name(),
                        "status",
                        active ? "ACTIVE" : "INACTIVE",
                        "settings",
                        settings));
    }
}
