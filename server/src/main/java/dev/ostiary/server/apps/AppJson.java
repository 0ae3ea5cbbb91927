package dev.ostiary.server.apps;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An app on the wire (WIRE, "What the server adds on create").
 *
 * @param baseUrl scheme and host as the client used them
 * @param org whose app it is
 * @param links what neighbours add to the links of an app
 */
public record AppJson(String baseUrl, Org org, AppLinks links) {

    private static final Schema VISIBILITY =
            Schema.object()
                    .always("autoLaunch", Schema.BOOLEAN)
                    .always("autoSubmitToolbar", Schema.BOOLEAN)
                    .always("hide", Parts.hide(false).out())
                    .always("appLinks", Schema.map(Schema.BOOLEAN));

    /** What an answer holds. */
    public static final Schema SCHEMA =
            Schema.object("Application")
                    .always("id", Schema.TEXT)
                    .always("orn", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .always("label", Schema.TEXT)
                    .always("status", Schema.words(App.Status.values()))
                    .always("lastUpdated", Schema.MOMENT)
                    .always("created", Schema.MOMENT)
                    .always("accessibility", Parts.ACCESSIBILITY.out())
                    .maybe("licensing", Schema.DOCUMENT)
                    .always("visibility", VISIBILITY)
                    .always("features", Schema.list(Schema.TEXT))
                    .always("signOnMode", Schema.words(SignOnMode.values()))
                    .always(
                            "credentials",
                            Schema.object()
                                    .always("userNameTemplate", Parts.USER_NAME_TEMPLATE.out())
                                    .always("signing", Schema.object().maybe("kid", Schema.TEXT))
                                    .maybe("scheme", Schema.words(schemes()))
                                    .maybe("revealPassword", Schema.BOOLEAN)
                                    .maybe("userName", Schema.TEXT)
                                    .maybe("password", Schema.DOCUMENT)
                                    .maybe("oauthClient", ClientForm.CREDENTIALS.out()))
                    .always(
                            "settings",
                            Schema.object()
                                    .always("app", Schema.DOCUMENT)
                                    .always("notifications", Parts.NOTIFICATIONS.out())
                                    .always("manualProvisioning", Schema.BOOLEAN)
                                    .always("implicitAssignment", Schema.BOOLEAN)
                                    .always("notes", Parts.NOTES.out())
                                    .always("emOptInStatus", Schema.TEXT)
                                    .maybe("inlineHookId", Schema.TEXT)
                                    .maybe("identityStoreId", Schema.TEXT)
                                    .maybe("oauthClient", ClientForm.SETTINGS.out())
                                    .maybe("signOn", Schema.DOCUMENT))
                    .maybe("profile", Schema.DOCUMENT)
                    .always("universalLogout", Schema.DOCUMENT.orNull())
                    .always("_links", Links.SCHEMA)
                    .maybe("_embedded", Schema.DOCUMENT);

    private static String[] schemes() {
        return Parts.SCHEMES.toArray(String[]::new);
    }

    /** What only some answers show. */
    public record Extras(Optional<String> secret, Optional<Consumer<JsonGenerator>> user) {

        /** Nothing of it. */
        public static final Extras NONE = new Extras(Optional.empty(), Optional.empty());

        /** The secret of a client that was just made or changed. */
        static Extras secret(Optional<String> secret) {
            return new Extras(secret, Optional.empty());
        }

        /** The assignment of a user. */
        static Extras user(Optional<Consumer<JsonGenerator>> user) {
            return new Extras(Optional.empty(), user);
        }
    }

    /** Writes it without anything that only some answers show. */
    public void write(JsonGenerator out, App app) {
        write(out, app, Extras.NONE);
    }

    void write(JsonGenerator out, App app, Extras extras) {
        ObjectNode body = app.document();
        out.writeStartObject();
        out.writeStringProperty("id", app.id());
        out.writeStringProperty("orn", app.orn(org));
        out.writeStringProperty("name", app.name());
        out.writeStringProperty("label", app.label());
        out.writeStringProperty("status", app.status().name());
        out.writeStringProperty("lastUpdated", Dates.text(app.lastUpdated()));
        out.writeStringProperty("created", Dates.text(app.created()));
        part(out, body, "accessibility");
        part(out, body, "licensing");
        part(out, body, "visibility");
        part(out, body, "features");
        out.writeStringProperty("signOnMode", app.mode().name());
        out.writeName("credentials");
        Json.raw(out, Json.text(credentials(app, body.path("credentials"), extras)));
        part(out, body, "settings");
        part(out, body, "profile");
        out.writeNullProperty("universalLogout");
        links(app).write(out);
        extras.user()
                .ifPresent(
                        user -> {
                            out.writeObjectPropertyStart("_embedded");
                            out.writeName("user");
                            user.accept(out);
                            out.writeEndObject();
                        });
        out.writeEndObject();
    }

    private static void part(JsonGenerator out, ObjectNode body, String name) {
        if (body.has(name)) {
            out.writeName(name);
            Json.raw(out, Json.text(body.get(name)));
        }
    }

    private static ObjectNode credentials(App app, JsonNode kept, Extras extras) {
        ObjectNode credentials = kept.deepCopy().asObject();
        if (app.kid() != null) {
            credentials.putObject("signing").put("kid", app.kid());
        }
        if (credentials.path("scheme").asString("").equals(Parts.SHARED)) {
            credentials.putObject("password");
        }
        if (app.clientId() != null) {
            JsonNode client = kept.path("oauthClient");
            ObjectNode shown = credentials.putObject("oauthClient");
            shown.set("autoKeyRotation", client.path("autoKeyRotation"));
            shown.put("client_id", app.clientId());
            extras.secret().ifPresent(secret -> shown.put("client_secret", secret));
            shown.set("token_endpoint_auth_method", client.path("token_endpoint_auth_method"));
            shown.set("pkce_required", client.path("pkce_required"));
        }
        return credentials;
    }

    /** Where users get into an app. */
    public static String linkUrl(App app, String baseUrl) {
        return "%s/home/%s/%s/aln%s"
                .formatted(baseUrl, app.name(), app.id(), app.id().substring(3));
    }

    private Links links(App app) {
        String self = baseUrl + "/api/v1/apps/" + app.id();
        Links all = new Links();
        links.add(all, org, app, baseUrl);
        if (app.mode().hasMetadata()) {
            all.typed("metadata", self + "/sso/saml/metadata", "application/xml");
            all.typed(
                    "help",
                    baseUrl
                            + "/app/%s/%s/setup/help/%s/instructions"
                                    .formatted(app.name(), app.id(), app.mode()),
                    "text/html");
        }
        all.hinted("uploadLogo", self + "/logo", "POST")
                .item("appLinks", app.linkName(), linkUrl(app, baseUrl), "text/html")
                .to("groups", self + "/groups")
                .item("logo", "medium", links.logo(app, baseUrl), "image/png");
        if (app.mode() == SignOnMode.OPENID_CONNECT) {
            all.to("clientCredentials", self + "/credentials/secrets");
        }
        String step = app.active() ? "deactivate" : "activate";
        return all.to("users", self + "/users").to(step, self + "/lifecycle/" + step);
    }
}
