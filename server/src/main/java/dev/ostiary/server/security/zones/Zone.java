package dev.ostiary.server.security.zones;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Way;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A network zone.
 *
 * @param id {@code nzo…}
 * @param active whether it matches anything
 * @param system which of the org's own zones it is, if it is one
 */
record Zone(
        String id,
        String name,
        boolean active,
        ZoneUsage usage,
        Optional<SystemZone> system,
        Perimeter perimeter,
        Instant created,
        Instant lastUpdated) {

    /** What {@link #write} writes: what all zones have, and what those of its type enclose. */
    static final Schema SCHEMA =
            Schema.either(
                    schema("IPZone", ZoneType.IP, Perimeter.Ip.SHAPE),
                    schema("DynamicZone", ZoneType.DYNAMIC, Perimeter.Dynamic.SHAPE),
                    schema("EnhancedDynamicZone", ZoneType.DYNAMIC_V2, Perimeter.Enhanced.SHAPE));

    private static Schema schema(String name, ZoneType type, Shape<?> perimeter) {
        return Schema.object(name)
                .always("type", Schema.words(type))
                .always("id", Schema.TEXT)
                .always("name", Schema.TEXT)
                .always("status", Schema.words("ACTIVE", "INACTIVE"))
                .always("usage", Schema.words(ZoneUsage.values()))
                .always("created", Schema.MOMENT)
                .always("lastUpdated", Schema.MOMENT)
                .always("system", Schema.BOOLEAN)
                .maybe("useAsExemptList", Schema.BOOLEAN)
                .with(perimeter.schema(Way.OUT))
                .always("_links", Links.SCHEMA);
    }

    /** The same, as a client wants it from now on. */
    Zone with(ZoneBody body, Instant now) {
        return new Zone(
                id,
                body.name(),
                body.active().orElse(active),
                body.usage().orElse(usage),
                system,
                body.perimeter(),
                created,
                now);
    }

    Zone with(Perimeter other, Instant now) {
        return new Zone(id, name, active, usage, system, other, created, now);
    }

    Zone created(Instant moment) {
        return new Zone(id, name, active, usage, system, perimeter, moment, lastUpdated);
    }

    Zone active(boolean whether, Instant now) {
        return new Zone(id, name, whether, usage, system, perimeter, created, now);
    }

    /** Whether a change left everything as it was. */
    boolean saysTheSameAs(Zone other) {
        return with(perimeter, created).equals(other.with(other.perimeter, created));
    }

    boolean blocks() {
        return usage == ZoneUsage.BLOCKLIST;
    }

    boolean is(SystemZone which) {
        return system.equals(Optional.of(which));
    }

    Target target() {
        return new Target(id, "NetworkZone", name, name);
    }

    /** As the API shows it. */
    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("type", perimeter.type().name());
        out.writeStringProperty("id", id);
        out.writeStringProperty("name", name);
        out.writeStringProperty("status", active ? "ACTIVE" : "INACTIVE");
        out.writeStringProperty("usage", usage.name());
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeBooleanProperty("system", system.isPresent());
        if (is(SystemZone.EXEMPT)) {
            out.writeBooleanProperty("useAsExemptList", true);
        }
        writePerimeter(out);
        links(baseUrl + "/api/v1/zones/" + id).write(out);
        out.writeEndObject();
    }

    /** What is kept of it beside its id and dates. */
    void writeKept(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("type", perimeter.type().name());
        out.writeStringProperty("name", name);
        out.writeStringProperty("status", active ? "ACTIVE" : "INACTIVE");
        out.writeStringProperty("usage", usage.name());
        system.ifPresent(which -> out.writeStringProperty("system", which.name()));
        writePerimeter(out);
        out.writeEndObject();
    }

    private void writePerimeter(JsonGenerator out) {
        switch (perimeter) {
            case Perimeter.Ip ip -> Perimeter.Ip.SHAPE.writeFields(out, ip);
            case Perimeter.Dynamic dynamic -> Perimeter.Dynamic.SHAPE.writeFields(out, dynamic);
            case Perimeter.Enhanced enhanced -> Perimeter.Enhanced.SHAPE.writeFields(out, enhanced);
        }
    }

    /** What the state forbids is not published (P31). */
    private Links links(String self) {
        boolean deletable = system.isEmpty() && !active;
        Links links =
                deletable
                        ? new Links().hinted("self", self, "GET", "PUT", "DELETE")
                        : new Links().hinted("self", self, "GET", "PUT");
        return active
                ? links.hinted("deactivate", self + "/lifecycle/deactivate", "POST")
                : links.hinted("activate", self + "/lifecycle/activate", "POST");
    }
}
