package dev.ostiary.server.limits;

import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.limits.TokenShare;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * How much of the org's limits one API token may use. Immutable.
 *
 * @param id public id, {@code prl…}
 * @param tokenId the principal: the id of an API token
 * @param createdBy the id of the user who made it
 * @param lastUpdatedBy the id of the user who last changed it
 */
record PrincipalRateLimit(
        String id,
        String tokenId,
        TokenShare share,
        Instant created,
        String createdBy,
        Instant lastUpdated,
        String lastUpdatedBy) {

    static final Schema SCHEMA =
            Schema.object("PrincipalRateLimit")
                    .always("id", Schema.TEXT)
                    .always("orgId", Schema.TEXT)
                    .always("principalId", Schema.TEXT)
                    .always("principalType", Schema.words(PrincipalType.SSWS_TOKEN))
                    .always("defaultPercentage", Schema.INTEGER)
                    .always("defaultConcurrencyPercentage", Schema.INTEGER)
                    .always("createdDate", Schema.MOMENT)
                    .always("createdBy", Schema.TEXT)
                    .always("lastUpdate", Schema.MOMENT)
                    .always("lastUpdatedBy", Schema.TEXT);

    PrincipalRateLimit with(TokenShare other, Instant now, String by) {
        return new PrincipalRateLimit(id, tokenId, other, created, createdBy, now, by);
    }

    void write(JsonGenerator out, Org org) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("orgId", org.id());
        out.writeStringProperty("principalId", tokenId);
        out.writeStringProperty("principalType", PrincipalType.SSWS_TOKEN.name());
        out.writeNumberProperty("defaultPercentage", share.percent());
        out.writeNumberProperty("defaultConcurrencyPercentage", share.concurrencyPercent());
        out.writeStringProperty("createdDate", date(created, org));
        out.writeStringProperty("createdBy", createdBy);
        out.writeStringProperty("lastUpdate", date(lastUpdated, org));
        out.writeStringProperty("lastUpdatedBy", lastUpdatedBy);
        out.writeEndObject();
    }

    /** The original leaves the milliseconds out here (WIRE, Dates); we do so under strict (P7). */
    private static String date(Instant moment, Org org) {
        return org.settings().strict() ? moment.toString() : Dates.text(moment);
    }
}
