package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * That a group of the org is pushed to a group of an app (schema {@code GroupPushMapping}).
 * Immutable.
 *
 * @param id {@code gPm…}
 * @param sourceId the group whose members are pushed
 * @param targetId the group of the app
 * @param appConfig what an app wants to know beside that, as JSON
 * @param lastPush when the members were last pushed
 */
record PushMapping(
        String id,
        String appId,
        String sourceId,
        String targetId,
        Status status,
        @Nullable String appConfig,
        Instant created,
        Instant lastUpdated,
        @Nullable Instant lastPush) {

    static final String PREFIX = "gPm";

    /** The wire's name of the type, in errors. */
    static final String TYPE = "GroupPushMapping";

    /** As the wire has it. */
    enum Status {
        ACTIVE,
        INACTIVE,
        ERROR
    }

    static final Schema SCHEMA =
            Schema.object("GroupPushMapping")
                    .always("id", Schema.TEXT)
                    .always("sourceGroupId", Schema.TEXT)
                    .always("targetGroupId", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("errorSummary", Schema.TEXT)
                    .maybe("appConfig", Schema.DOCUMENT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .maybe("lastPush", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    /** The same in another state. */
    PushMapping in(Status other, Instant now) {
        return new PushMapping(
                id, appId, sourceId, targetId, other, appConfig, created, now, lastPush);
    }

    /** Without milliseconds in a strict org, as the original has it (WIRE, "Dates"). */
    void write(JsonGenerator out, Org org, String baseUrl) {
        boolean strict = org.settings().strict();
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("sourceGroupId", sourceId);
        out.writeStringProperty("targetGroupId", targetId);
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("errorSummary", "");
        if (appConfig != null) {
            out.writeName("appConfig");
            Json.raw(out, appConfig);
        }
        out.writeStringProperty("created", text(created, strict));
        out.writeStringProperty("lastUpdated", text(lastUpdated, strict));
        if (lastPush != null) {
            out.writeStringProperty("lastPush", text(lastPush, strict));
        }
        new Links()
                .to("app", baseUrl + "/api/v1/apps/" + appId)
                .to("sourceGroup", baseUrl + "/api/v1/groups/" + sourceId)
                .to("targetGroup", baseUrl + "/api/v1/groups/" + targetId)
                .write(out);
        out.writeEndObject();
    }

    private static String text(Instant moment, boolean strict) {
        return Dates.text(moment, Dates.Accident.NO_MILLISECONDS, strict);
    }
}
