package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * That an app may ask for single sign-on into another (schema {@code InterclientTrustMapping}).
 * Immutable: it is made and deleted.
 *
 * @param id {@code itm…}
 * @param appId the app that is signed in to
 * @param allowedId the app that may ask
 * @param by who made it
 */
record InterclientTrust(String id, String appId, String allowedId, String by, Instant created) {

    static final String PREFIX = "itm";

    static final Schema SCHEMA =
            Schema.object("InterclientTrustMapping")
                    .always("id", Schema.TEXT)
                    .always("orgId", Schema.TEXT)
                    .always("appInstanceId", Schema.TEXT)
                    .always("trustedAppInstanceId", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("lastUpdatedBy", Schema.TEXT);

    void write(JsonGenerator out, Org org) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("orgId", org.id());
        out.writeStringProperty("appInstanceId", appId);
        out.writeStringProperty("trustedAppInstanceId", allowedId);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(created));
        out.writeStringProperty("lastUpdatedBy", by);
        out.writeEndObject();
    }
}
