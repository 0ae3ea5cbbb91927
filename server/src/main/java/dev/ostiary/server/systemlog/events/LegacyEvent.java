package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.event.LoggedEvent;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A logged event in the words of the Events API (Events API, "Event object").
 *
 * @param uuid its identity in the log
 * @param published when it happened, cut to the second
 * @param body as the System Log shows it
 */
record LegacyEvent(UUID uuid, Instant published, JsonNode body) {

    private static final String USER = "User";

    private static final Schema TEXT = Schema.TEXT.orNull();
    private static final Schema.Fields PRINCIPAL =
            Schema.object("EventPrincipal")
                    .always("id", Schema.TEXT)
                    .always("displayName", TEXT)
                    .maybe("login", TEXT)
                    .always("objectType", Schema.TEXT);

    static final Schema SCHEMA =
            Schema.object("Event")
                    .always("eventId", Schema.TEXT)
                    .always("sessionId", TEXT)
                    .always("requestId", TEXT)
                    .always("published", Schema.MOMENT)
                    .always(
                            "action",
                            Schema.object()
                                    .always("message", TEXT)
                                    .always("categories", Schema.list(Schema.TEXT))
                                    .always("objectType", Schema.TEXT)
                                    .always("requestUri", TEXT))
                    .always(
                            "actors",
                            Schema.list(PRINCIPAL.named("EventActor").maybe("ipAddress", TEXT)))
                    .always("targets", Schema.list(PRINCIPAL));

    static LegacyEvent of(LoggedEvent event) {
        return new LegacyEvent(
                event.uuid(),
                event.published().truncatedTo(ChronoUnit.SECONDS),
                Json.parse(event.body()));
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("eventId", id());
        text(out, "sessionId", at("/authenticationContext/externalSessionId"));
        text(out, "requestId", isWeb() ? at("/transaction/id") : null);
        out.writeStringProperty("published", Dates.text(published));
        action(out);
        actors(out);
        out.writeArrayPropertyStart("targets");
        for (JsonNode target : body.path("target")) {
            principal(out, target);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** {@code tev}, 22 characters, and the time in milliseconds, as the original's look. */
    private String id() {
        byte[] bytes =
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
        return "tev"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                + published.toEpochMilli();
    }

    private void action(JsonGenerator out) {
        String objectType = body.path("legacyEventType").asString("");
        out.writeObjectPropertyStart("action");
        text(out, "message", at("/displayMessage"));
        out.writeArrayPropertyStart("categories");
        Categories.of(objectType).ifPresent(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("objectType", objectType);
        text(out, "requestUri", isWeb() ? at("/debugContext/debugData/requestUri") : "Background");
        out.writeEndObject();
    }

    private void actors(JsonGenerator out) {
        out.writeArrayPropertyStart("actors");
        principal(out, body.path("actor"));
        if (isWeb()) {
            out.writeStartObject();
            String raw = at("/client/userAgent/rawUserAgent");
            out.writeStringProperty("id", raw == null ? "" : raw);
            text(out, "displayName", at("/client/userAgent/browser"));
            text(out, "ipAddress", at("/client/ipAddress"));
            out.writeStringProperty("objectType", "Client");
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Only users have a login. */
    private static void principal(JsonGenerator out, JsonNode who) {
        String type = who.path("type").asString("");
        out.writeStartObject();
        out.writeStringProperty("id", who.path("id").asString(""));
        text(out, "displayName", text(who.path("displayName")));
        if (type.equals(USER)) {
            text(out, "login", text(who.path("alternateId")));
        }
        out.writeStringProperty("objectType", type);
        out.writeEndObject();
    }

    /** What happens without a request is the server's own work. */
    private boolean isWeb() {
        return "WEB".equals(at("/transaction/type"));
    }

    private @Nullable String at(String pointer) {
        return text(body.at(pointer));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.stringValue() : null;
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value);
        }
    }
}
