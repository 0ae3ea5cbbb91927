package dev.ostiary.server.apps.grants;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.apps.App;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * That an app may have a scope (Apps API, "Grant consent to scope for application"). Immutable.
 *
 * @param id {@code oag…}
 * @param createdBy the administrator
 */
record ScopeGrant(String id, String scope, String createdBy, Instant created) {

    /** The wire's name of the type, in errors and events. */
    static final String TYPE = "OAuth2ScopeConsentGrant";

    static final Schema SCHEMA =
            Schema.object("ScopeGrant")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE"))
                    .always("created", Schema.MOMENT)
                    .always(
                            "createdBy",
                            Schema.object()
                                    .always("id", Schema.TEXT)
                                    .always("type", Schema.words("User")))
                    .always("lastUpdated", Schema.MOMENT)
                    .always("issuer", Schema.TEXT)
                    .always("clientId", Schema.TEXT)
                    .always("scopeId", Schema.TEXT)
                    .always("source", Schema.words("ADMIN"))
                    .maybe(
                            "_embedded",
                            Schema.object()
                                    .always("scope", Schema.object().always("id", Schema.TEXT)))
                    .always("_links", Links.SCHEMA);

    void write(JsonGenerator out, String baseUrl, App app, boolean embedded) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("status", "ACTIVE");
        out.writeStringProperty("created", Dates.text(created));
        out.writeObjectPropertyStart("createdBy");
        out.writeStringProperty("id", createdBy);
        out.writeStringProperty("type", "User");
        out.writeEndObject();
        out.writeStringProperty("lastUpdated", Dates.text(created));
        out.writeStringProperty("issuer", baseUrl);
        out.writeStringProperty("clientId", String.valueOf(app.clientId()));
        out.writeStringProperty("scopeId", scope);
        out.writeStringProperty("source", "ADMIN");
        if (embedded) {
            out.writeObjectPropertyStart("_embedded");
            out.writeObjectPropertyStart("scope");
            out.writeStringProperty("id", scope);
            out.writeEndObject();
            out.writeEndObject();
        }
        String self = baseUrl + "/api/v1/apps/" + app.id();
        new Links()
                .to("app", self)
                .hinted("self", self + "/grants/" + id, "GET", "DELETE")
                .to("client", baseUrl + "/oauth2/v1/clients/" + app.clientId())
                .write(out);
        out.writeEndObject();
    }
}
