package dev.ostiary.platform.event;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an event as the System Log API has it (System Log API, LogEvent object), without the nulls
 * of the object: a third of its properties have no value, and each would be read, sorted and kept
 * by the database. {@link EventOrder} shows them again. No object becomes empty by it, since
 * searches tell one that has something in it from one that has not (P27).
 *
 * <p>Values of free maps are text, numbers, booleans, null, lists and maps of these; anything else
 * is written as its text. An event must never make the change fail that it tells of: so characters
 * that PostgreSQL refuses are replaced, and text that a client may have made huge is cut.
 */
final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int MAX_TEXT = 4096;
    private static final int MAX_DEPTH = 8;

    private final JsonGenerator out;

    private EventJson(JsonGenerator out) {
        this.out = out;
    }

    static String write(Event event, RequestContext context, UUID uuid, Instant published) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            new EventJson(out).event(event, context, uuid, published);
        }
        return text.toString();
    }

    private void event(Event event, RequestContext context, UUID uuid, Instant published) {
        out.writeStartObject();
        actor(event.actorIn(context));
        client(context.client());
        authentication(context.authentication().with(event.authentication()));
        text("displayMessage", event.displayMessage());
        text("eventType", event.eventType());
        out.writeObjectPropertyStart("outcome");
        text("result", event.outcome().result().name());
        text("reason", event.outcome().reason());
        out.writeEndObject();
        text("published", TIME.format(published));
        security(context.security());
        text("severity", event.severity().name());
        out.writeObjectPropertyStart("debugContext");
        out.writeObjectPropertyStart("debugData");
        Map<String, @Nullable Object> debugData = new LinkedHashMap<>(context.debugData());
        debugData.putAll(event.debugData());
        entries(debugData, 0);
        out.writeEndObject();
        out.writeEndObject();
        text("legacyEventType", event.legacyEventType().orElse(null));
        transaction(context.transaction());
        text("uuid", uuid.toString());
        text("version", "0");
        request(context.ipChain());
        targets(event.targets());
        out.writeEndObject();
    }

    private void actor(Actor actor) {
        out.writeObjectPropertyStart("actor");
        text("id", actor.id());
        text("type", actor.type());
        text("alternateId", actor.alternateId());
        text("displayName", actor.displayName());
        value("detailEntry", actor.detailEntry());
        out.writeEndObject();
    }

    private void client(LogClient client) {
        out.writeObjectPropertyStart("client");
        UserAgent agent = client.userAgent();
        if (agent != null) {
            out.writeObjectPropertyStart("userAgent");
            text("rawUserAgent", agent.raw());
            text("os", agent.os());
            text("browser", agent.browser());
            out.writeEndObject();
        }
        text("zone", client.zone());
        text("device", client.device());
        text("id", client.id());
        evenNull("ipAddress", client.ipAddress());
        geography(client.geography());
        out.writeEndObject();
    }

    private void geography(@Nullable Geography place) {
        if (place == null) {
            return;
        }
        out.writeObjectPropertyStart("geographicalContext");
        text("city", place.city());
        text("state", place.state());
        text("country", place.country());
        text("postalCode", place.postalCode());
        if (place.latitude() != null && place.longitude() != null) {
            out.writeObjectPropertyStart("geolocation");
            out.writeNumberProperty("lat", place.latitude());
            out.writeNumberProperty("lon", place.longitude());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void authentication(AuthenticationContext how) {
        out.writeObjectPropertyStart("authenticationContext");
        text("authenticationProvider", how.authenticationProvider());
        text("credentialProvider", how.credentialProvider());
        text("credentialType", how.credentialType());
        text("interface", how.via());
        out.writeNumberProperty("authenticationStep", 0);
        text("rootSessionId", how.rootSessionId());
        text("externalSessionId", how.externalSessionId());
        out.writeEndObject();
    }

    private void security(SecurityContext network) {
        out.writeObjectPropertyStart("securityContext");
        value("asNumber", network.asNumber());
        text("asOrg", network.asOrg());
        text("isp", network.isp());
        text("domain", network.domain());
        evenNull("isProxy", network.isProxy());
        out.writeEndObject();
    }

    private void transaction(LogTransaction transaction) {
        out.writeObjectPropertyStart("transaction");
        text("type", transaction.type().name());
        text("id", transaction.id());
        value("detail", transaction.detail());
        out.writeEndObject();
    }

    private void request(List<IpHop> hops) {
        out.writeObjectPropertyStart("request");
        out.writeArrayPropertyStart("ipChain");
        for (IpHop hop : hops) {
            out.writeStartObject();
            text("ip", hop.ip());
            geography(hop.geography());
            text("version", hop.version());
            text("source", hop.source());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void targets(List<Target> targets) {
        out.writeArrayPropertyStart("target");
        for (Target target : targets) {
            out.writeStartObject();
            text("id", target.id());
            text("type", target.type());
            text("alternateId", target.alternateId());
            text("displayName", target.displayName());
            value("detailEntry", target.detailEntry());
            changes(target.changeDetails());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void changes(Target.@Nullable Change change) {
        if (change != null) {
            out.writeObjectPropertyStart("changeDetails");
            value("from", change.from());
            value("to", change.to());
            out.writeEndObject();
        }
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            out.writeName(name);
            text(value);
        }
    }

    private void text(String value) {
        out.writeString(SafeText.of(value, MAX_TEXT));
    }

    private void value(String name, @Nullable Object value) {
        if (value != null) {
            evenNull(name, value);
        }
    }

    private void evenNull(String name, @Nullable Object value) {
        out.writeName(name);
        value(value, 0);
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> out.writeNull();
            case Boolean flag -> out.writeBoolean(flag);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Map<?, ?> map when depth < MAX_DEPTH -> {
                out.writeStartObject();
                entries(map, depth + 1);
                out.writeEndObject();
            }
            case Iterable<?> many when depth < MAX_DEPTH -> {
                out.writeStartArray();
                many.forEach(element -> value(element, depth + 1));
                out.writeEndArray();
            }
            default -> text(value.toString());
        }
    }

    private void entries(Map<?, ?> map, int depth) {
        map.forEach(
                (name, value) -> {
                    out.writeName(SafeText.of(name.toString(), MAX_TEXT));
                    value(value, depth);
                });
    }
}
