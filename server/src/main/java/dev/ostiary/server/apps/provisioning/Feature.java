package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What provisioning does for an app, one way (schema {@code ApplicationFeature}). Immutable, as far
 * as nobody changes the capabilities.
 *
 * @param capabilities whole, as the wire has them
 */
record Feature(Name name, ObjectNode capabilities) {

    /** The wire's name of the type, in errors (WIRE, "Errors"). */
    static final String TYPE = "PublicAppFeatureSetName";

    static final Schema SCHEMA =
            Schema.object("ApplicationFeature")
                    .always("name", Schema.words(Name.values()))
                    .always("status", Schema.words("ENABLED"))
                    .always("description", Schema.TEXT)
                    .always("capabilities", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA);

    /** The two ways. */
    enum Name {
        USER_PROVISIONING(
                "User provisioning settings from Okta to a downstream application",
                """
                {"create": {"lifecycleCreate": {"status": "DISABLED"}},
                 "update": {"profile": {"status": "DISABLED"},
                    "lifecycleDeactivate": {"status": "DISABLED"},
                    "password": {"status": "DISABLED", "seed": "RANDOM",
                        "change": "KEEP_EXISTING"}}}"""),
        INBOUND_PROVISIONING(
                "In-bound provisioning settings from an application to Okta",
                """
                {"importSettings": {"username": {"usernameFormat": "EMAIL"},
                    "schedule": {"status": "DISABLED"}},
                 "importRules": {"userCreateAndMatch": {"exactMatchCriteria": "USERNAME",
                    "allowPartialMatch": false, "autoActivateNewUsers": false,
                    "autoConfirmExactMatch": false, "autoConfirmNewUsers": false,
                    "autoConfirmPartialMatch": false}}}""");

        private final String description;
        private final String usual;

        Name(String description, String usual) {
            this.description = description;
            this.usual = usual;
        }

        static Optional<Name> of(String text) {
            return Arrays.stream(values()).filter(each -> each.name().equals(text)).findFirst();
        }

        /** As it is until somebody says otherwise. */
        Feature untouched() {
            return new Feature(this, Json.object(usual));
        }
    }

    void write(JsonGenerator out, String baseUrl, String appId) {
        out.writeStartObject();
        out.writeStringProperty("name", name.name());
        out.writeStringProperty("status", "ENABLED");
        out.writeStringProperty("description", name.description);
        out.writeName("capabilities");
        Json.raw(out, Json.text(capabilities));
        new Links()
                .hinted(
                        "self",
                        baseUrl + "/api/v1/apps/" + appId + "/features/" + name.name(),
                        "GET",
                        "PUT")
                .write(out);
        out.writeEndObject();
    }
}
