package dev.ostiary.server.orgs;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * An org as it is shown where orgs make orgs (example {@code CreateChildOrgResponseEx}).
 *
 * @param name what people call it
 * @param website where it is at home
 * @param adminId id of its first super administrator
 * @param token that administrator's API token: only in the answer that makes the org
 * @param url where the org is reached
 */
record ChildOrgJson(
        Org org,
        String name,
        Optional<String> website,
        Instant lastUpdated,
        Optional<String> adminId,
        Optional<String> token,
        String url) {

    private static final int INTERSTITIAL_MILLIS = 1200;

    /** What {@link #write} writes of an org that is asked for. */
    static final Schema SCHEMA = fields("OrgBySubdomain");

    /** What {@link #write} writes of an org that has just been made. */
    static final Schema NEW =
            fields("ChildOrg")
                    .always("token", Schema.TEXT)
                    .always("tokenType", Schema.words("SSWS"));

    private static Schema.Fields fields(String name) {
        return Schema.object(name)
                .always("id", Schema.TEXT)
                .with(ChildOrg.SHAPE.schema(Way.OUT))
                .always("status", Schema.words("ACTIVE"))
                .always("expiresAt", Schema.MOMENT.orNull())
                .always("created", Schema.MOMENT)
                .always("lastUpdated", Schema.MOMENT)
                .always("licensing", Schema.object().always("apps", Schema.list(Schema.TEXT)))
                .always("settings", settings())
                .always("_links", Links.SCHEMA);
    }

    private static Schema settings() {
        Schema.Fields attributes =
                Schema.object()
                        .always("secondaryEmail", Schema.BOOLEAN)
                        .always("secondaryImage", Schema.BOOLEAN);
        return Schema.object()
                .always(
                        "app",
                        Schema.object()
                                .always("errorRedirectUrl", Schema.TEXT.orNull())
                                .always("interstitialUrl", Schema.TEXT.orNull())
                                .always("interstitialMinWaitTime", Schema.INTEGER))
                .always("userAccount", Schema.object().always("attributes", attributes))
                .always(
                        "portal",
                        Schema.object()
                                .always("errorRedirectUrl", Schema.TEXT.orNull())
                                .always("signOutUrl", Schema.TEXT.orNull()))
                .always("logs", Schema.object().always("level", Schema.TEXT));
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", org.id());
        out.writeStringProperty("subdomain", org.name());
        out.writeStringProperty("name", name);
        website.ifPresent(text -> out.writeStringProperty("website", text));
        out.writeStringProperty("edition", ChildOrg.EDITION);
        out.writeStringProperty("status", "ACTIVE");
        out.writeNullProperty("expiresAt");
        out.writeStringProperty("created", Dates.text(org.created()));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeObjectPropertyStart("licensing");
        out.writeArrayPropertyStart("apps");
        out.writeEndArray();
        out.writeEndObject();
        writeSettings(out);
        token.ifPresent(
                text -> {
                    out.writeStringProperty("token", text);
                    out.writeStringProperty("tokenType", "SSWS");
                });
        links().write(out);
        out.writeEndObject();
    }

    /** No operation changes them, so each org has those that it began with. */
    private static void writeSettings(JsonGenerator out) {
        out.writeObjectPropertyStart("settings");
        out.writeObjectPropertyStart("app");
        out.writeNullProperty("errorRedirectUrl");
        out.writeNullProperty("interstitialUrl");
        out.writeNumberProperty("interstitialMinWaitTime", INTERSTITIAL_MILLIS);
        out.writeEndObject();
        out.writeObjectPropertyStart("userAccount");
        out.writeObjectPropertyStart("attributes");
        out.writeBooleanProperty("secondaryEmail", true);
        out.writeBooleanProperty("secondaryImage", true);
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectPropertyStart("portal");
        out.writeNullProperty("errorRedirectUrl");
        out.writeNullProperty("signOutUrl");
        out.writeEndObject();
        out.writeObjectPropertyStart("logs");
        out.writeStringProperty("level", "INFO");
        out.writeEndObject();
        out.writeEndObject();
    }

    private Links links() {
        String base = url + "/api/v1";
        String self = base + "/orgs/" + org.name();
        Links links = new Links();
        adminId.ifPresent(id -> links.to("administrator", base + "/users/" + id));
        return links.to("uploadLogo", base + "/org/logo")
                .to("organization", self)
                .to("contacts", self + "/contacts")
                .to("policy", self + "/policy");
    }
}
