package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * What is known of an API token; never the token itself.
 *
 * @param id public id, {@code 00T…}
 * @param userId who made it and in whose name it acts
 * @param name what people call it
 * @param clientName what it was made with
 * @param network from where it may be used
 * @param window how long it may go unused
 * @param lastUsed the last use, to the hour
 */
record ApiToken(
        String id,
        String userId,
        String name,
        String clientName,
        TokenNetwork network,
        Duration window,
        Instant created,
        Instant lastUpdated,
        Instant lastUsed) {

    static final Schema SCHEMA =
            Schema.object("ApiToken")
                    .always("name", Schema.TEXT)
                    .always("userId", Schema.TEXT)
                    .always("tokenWindow", Schema.TEXT)
                    .always("network", TokenNetwork.SHAPE.schema(Way.OUT))
                    .always("id", Schema.TEXT)
                    .always("clientName", Schema.TEXT)
                    .always("expiresAt", Schema.MOMENT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    Instant expiresAt() {
        return lastUsed.plus(window);
    }

    /** A use renews a token, and counts as an update of it. */
    private Instant lastChanged() {
        return lastUsed.isAfter(lastUpdated) ? lastUsed : lastUpdated;
    }

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeStringProperty("userId", userId);
        out.writeStringProperty("tokenWindow", TokenWindow.text(window));
        out.writeName("network");
        TokenNetwork.SHAPE.write(out, network);
        out.writeStringProperty("id", id);
        out.writeStringProperty("clientName", clientName);
        out.writeStringProperty("expiresAt", Dates.text(expiresAt()));
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastChanged()));
        new Links()
                .hinted("self", baseUrl + "/api/v1/api-tokens/" + id, "GET", "DELETE")
                .hinted("user", baseUrl + "/api/v1/users/" + userId, "GET")
                .write(out);
        out.writeEndObject();
    }
}
