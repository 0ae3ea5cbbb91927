package dev.ostiary.server.orgs;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import tools.jackson.core.JsonGenerator;

/**
 * The answer that makes an org (example {@code CreateChildOrgResponseEx}): the only place where its
 * token ever stands.
 *
 * @param url where the org is reached
 */
record ChildOrgJson(ChildOrg child, OrgCreator.Made made, String url) {

    private static final int INTERSTITIAL_MILLIS = 1200;

    /** What {@link #write} writes. */
    static final Schema SCHEMA =
            Schema.object("ChildOrg")
                    .always("id", Schema.TEXT)
                    .with(ChildOrg.SHAPE.schema(Way.OUT))
                    .always("status", Schema.words("ACTIVE"))
                    .always("expiresAt", Schema.MOMENT.orNull())
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("licensing", Schema.object().always("apps", Schema.list(Schema.TEXT)))
                    .always("settings", settings())
                    .always("token", Schema.TEXT)
                    .always("tokenType", Schema.words("SSWS"))
                    .always("_links", Links.SCHEMA);

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
        Org org = made.org();
        String created = Dates.text(org.created());
        out.writeStartObject();
        out.writeStringProperty("id", org.id());
        ChildOrg.SHAPE.writeFields(out, child);
        out.writeStringProperty("status", "ACTIVE");
        out.writeNullProperty("expiresAt");
        out.writeStringProperty("created", created);
        out.writeStringProperty("lastUpdated", created);
        out.writeObjectPropertyStart("licensing");
        out.writeArrayPropertyStart("apps");
        out.writeEndArray();
        out.writeEndObject();
        writeSettings(out);
        out.writeStringProperty("token", made.apiToken());
        out.writeStringProperty("tokenType", "SSWS");
        links().write(out);
        out.writeEndObject();
    }

    /** Those of an org that nobody has touched, which a new one is. */
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
        String self = base + "/orgs/" + made.org().name();
        return new Links()
                .to("administrator", base + "/users/" + made.adminId())
                .to("uploadLogo", base + "/org/logo")
                .to("organization", self)
                .to("contacts", self + "/contacts")
                .to("policy", self + "/policy");
    }
}
