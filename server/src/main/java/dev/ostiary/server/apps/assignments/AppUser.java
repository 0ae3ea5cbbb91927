package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserJson;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A user in an app (Apps API, "Application User object"). Immutable. Nothing is provisioned from
 * here, so the status is ACTIVE, and nothing is ever synchronized.
 *
 * @param groupId the group by which it has the app; null where it has it by itself
 * @param profile as JSON
 * @param externalId what the identity source calls it that the app is; null for others
 */
record AppUser(
        String appId,
        User user,
        Assignment.Scope scope,
        @Nullable String groupId,
        Optional<String> userName,
        @Nullable Instant passwordChanged,
        String profile,
        Instant created,
        Instant lastUpdated,
        Instant statusChanged,
        @Nullable String externalId) {

    /** The wire's name of the type, in errors. */
    static final String TYPE = "AppUser";

    static final Schema SCHEMA =
            Schema.object("AppUser")
                    .always("id", Schema.TEXT)
                    .always("externalId", Schema.TEXT.orNull())
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("scope", Schema.words(Assignment.Scope.values()))
                    .always("status", Schema.words("ACTIVE"))
                    .always("statusChanged", Schema.MOMENT)
                    .always("passwordChanged", Schema.MOMENT.orNull())
                    .always("syncState", Schema.words("DISABLED"))
                    .always("lastSync", Schema.MOMENT.orNull())
                    .always(
                            "credentials",
                            Schema.object()
                                    .maybe("userName", Schema.TEXT)
                                    .maybe("password", Schema.object()))
                    .always("profile", Schema.DOCUMENT)
                    .always("_links", Links.SCHEMA)
                    .maybe("_embedded", Schema.DOCUMENT);

    /**
     * Writes it.
     *
     * @param embedded how the user itself is written into it, where a client asks for that
     */
    void write(JsonGenerator out, String baseUrl, Optional<UserJson> embedded) {
        out.writeStartObject();
        out.writeStringProperty("id", user.id());
        if (externalId == null) {
            out.writeNullProperty("externalId");
        } else {
            out.writeStringProperty("externalId", externalId);
        }
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        out.writeStringProperty("scope", scope.name());
        out.writeStringProperty("status", "ACTIVE");
        out.writeStringProperty("statusChanged", Dates.text(statusChanged));
        if (passwordChanged == null) {
            out.writeNullProperty("passwordChanged");
        } else {
            out.writeStringProperty("passwordChanged", Dates.text(passwordChanged));
        }
        out.writeStringProperty("syncState", "DISABLED");
        out.writeNullProperty("lastSync");
        credentials(out);
        out.writeName("profile");
        Json.raw(out, profile);
        links(baseUrl).write(out);
        embedded.ifPresent(
                json -> {
                    out.writeObjectPropertyStart("_embedded");
                    out.writeName("user");
                    json.write(out, user);
                    out.writeEndObject();
                });
        out.writeEndObject();
    }

    private void credentials(JsonGenerator out) {
        out.writeObjectPropertyStart("credentials");
        userName.ifPresent(name -> out.writeStringProperty("userName", name));
        if (passwordChanged != null) {
            out.writeObjectPropertyStart("password");
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private Links links(String baseUrl) {
        Links links = new Links().to("app", baseUrl + "/api/v1/apps/" + appId);
        if (groupId != null) {
            links.to("group", baseUrl + "/api/v1/groups/" + groupId);
        }
        return links.to("user", baseUrl + "/api/v1/users/" + user.id());
    }
}
