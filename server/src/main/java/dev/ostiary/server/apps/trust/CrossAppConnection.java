package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * That an app may act in another one (schema {@code OrgCrossAppAccessConnection}). Immutable.
 *
 * @param id {@code con…}
 * @param requestingId the app that acts
 * @param resourceId the app that it acts in
 */
record CrossAppConnection(
        String id,
        String requestingId,
        String resourceId,
        Status status,
        Instant created,
        Instant lastUpdated) {

    static final String PREFIX = "con";

    /** The wire's name of the type, in errors (WIRE, "Errors"). */
    static final String TYPE = "Connection";

    /** As the wire has it. */
    enum Status {
        ACTIVE,
        INACTIVE
    }

    static final Schema SCHEMA =
            Schema.object("OrgCrossAppAccessConnection")
                    .always("id", Schema.TEXT)
                    .always("requestingAppInstanceId", Schema.TEXT)
                    .always("resourceAppInstanceId", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT);

    CrossAppConnection in(Status other, Instant now) {
        return new CrossAppConnection(id, requestingId, resourceId, other, created, now);
    }

    Target target() {
        return new Target(id, TYPE, "unknown", null);
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("requestingAppInstanceId", requestingId);
        out.writeStringProperty("resourceAppInstanceId", resourceId);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeEndObject();
    }
}
