package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The default provisioning connection of an app, without its secret (schema {@code
 * ProvisioningConnectionResponse}). Immutable.
 *
 * @param enabled whether it is active
 * @param baseUrl where the app is, for those that are asked
 * @param clientId the client in the org at the other end
 * @param rotationMode who changes the keys that sign for it
 * @param adminName the administrator at the other end
 * @param hasSecret whether there is a token or a password
 */
record Connection(
        String appId,
        boolean enabled,
        Scheme scheme,
        @Nullable String baseUrl,
        @Nullable String clientId,
        @Nullable String rotationMode,
        @Nullable String adminName,
        boolean hasSecret,
        Instant lastUpdated) {

    /** As the wire has it. */
    enum Scheme {
        TOKEN,
        OAUTH2
    }

    private static final String ENABLED = "ENABLED";
    private static final String DISABLED = "DISABLED";
    private static final String UNKNOWN = "UNKNOWN";

    static final Schema SCHEMA =
            Schema.object("ProvisioningConnection")
                    .maybe("authScheme", Schema.words("TOKEN"))
                    .maybe("baseUrl", Schema.TEXT)
                    .always(
                            "profile",
                            Schema.object()
                                    .always("authScheme", Schema.words("TOKEN", "OAUTH2", UNKNOWN))
                                    .maybe("clientId", Schema.TEXT)
                                    .maybe(
                                            "signing",
                                            Schema.object()
                                                    .always(
                                                            "rotationMode",
                                                            Schema.words("AUTO", "MANUAL"))))
                    .always("status", Schema.words(ENABLED, DISABLED, UNKNOWN))
                    .always("_links", Links.SCHEMA);

    /** That of an app of which nobody said anything. */
    static Connection untouched(String appId, Scheme scheme, Instant now) {
        return new Connection(appId, false, scheme, null, null, null, null, false, now);
    }

    Connection enabled(boolean other, Instant now) {
        return new Connection(
                appId, other, scheme, baseUrl, clientId, rotationMode, adminName, hasSecret, now);
    }

    String status() {
        return enabled ? ENABLED : DISABLED;
    }

    void write(JsonGenerator out, String baseUrlOfOrg) {
        out.writeStartObject();
        if (scheme == Scheme.TOKEN) {
            out.writeStringProperty("authScheme", scheme.name());
        }
        text(out, "baseUrl", baseUrl);
        out.writeObjectPropertyStart("profile");
        out.writeStringProperty("authScheme", scheme.name());
        text(out, "clientId", clientId);
        if (rotationMode != null) {
            out.writeObjectPropertyStart("signing");
            out.writeStringProperty("rotationMode", rotationMode);
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeStringProperty("status", status());
        String self = self(baseUrlOfOrg, appId);
        new Links()
                .hinted("self", self, "GET", "POST")
                .hinted(
                        enabled ? "deactivate" : "activate",
                        self + "/lifecycle/" + (enabled ? "deactivate" : "activate"),
                        "POST")
                .write(out);
        out.writeEndObject();
    }

    /** Writes that of an app that cannot be provisioned. */
    static void writeUnknown(JsonGenerator out, String baseUrlOfOrg, String appId) {
        out.writeStartObject();
        out.writeObjectPropertyStart("profile");
        out.writeStringProperty("authScheme", UNKNOWN);
        out.writeEndObject();
        out.writeStringProperty("status", UNKNOWN);
        new Links().hinted("self", self(baseUrlOfOrg, appId), "GET").write(out);
        out.writeEndObject();
    }

    private static String self(String baseUrlOfOrg, String appId) {
        return baseUrlOfOrg + "/api/v1/apps/" + appId + "/connections/default";
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }
}
