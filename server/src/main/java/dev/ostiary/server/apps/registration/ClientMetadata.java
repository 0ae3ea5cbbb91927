package dev.ostiary.server.apps.registration;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.apps.App;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metadata of a client (RFC 7591, 2; Dynamic Client Registration API, "Client Application
 * object") and the app that it is. Pure functions of documents.
 */
final class ClientMetadata {

    private static final String METHOD = "token_endpoint_auth_method";
    private static final String JWKS = "jwks";

    /** Where a client is told that a session is over. */
    private static final String FRONT_CHANNEL = "frontchannel_logout_uri";

    /** Whether it is told: apps alone say so. */
    private static final String TAKES_PART = "participate_slo";

    /** What is shown of every client, null where it says nothing. */
    private static final List<String> ALWAYS = List.of("client_uri", "logo_uri");

    /** What is shown of every client, an empty list where it says nothing. */
    private static final String REDIRECT_URIS = "redirect_uris";

    /** What is shown where it is said. */
    private static final List<String> SAID =
            List.of(
                    "post_logout_redirect_uris",
                    "response_types",
                    "grant_types",
                    "initiate_login_uri",
                    "tos_uri",
                    "policy_uri",
                    "jwks_uri",
                    "request_object_signing_alg",
                    "id_token_encrypted_response_alg",
                    FRONT_CHANNEL,
                    "frontchannel_logout_session_required");

    /** RFC 9449, 5.2. */
    private static final String BOUND = "dpop_bound_access_tokens";

    private static final String TYPE = "application_type";

    /** What the server says of a key of its app and a client does not. */
    private static final List<String> OF_APPS = List.of("id", "status", "created", "lastUpdated");

    static final Schema SCHEMA =
            Schema.object("Client")
                    .always("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .always("client_id_issued_at", Schema.LONG)
                    .maybe("client_secret_expires_at", Schema.LONG)
                    .always("client_name", Schema.TEXT)
                    .always(REDIRECT_URIS, Schema.list(Schema.TEXT))
                    .andOthers();

    /** What both operations take. */
    static final Schema BODY =
            Schema.object()
                    .always("client_name", Schema.TEXT)
                    .maybe(TYPE, Schema.TEXT.orNull())
                    .maybe(REDIRECT_URIS, Schema.list(Schema.TEXT).orNull())
                    .maybe("response_types", Schema.list(Schema.TEXT).orNull())
                    .maybe("grant_types", Schema.list(Schema.TEXT).orNull())
                    .maybe(METHOD, Schema.TEXT.orNull())
                    .andOthers();

    private ClientMetadata() {}

    /**
     * The app that a client asks to be, as {@code createApplication} takes it. Who registers itself
     * so asks users for consent unless an administrator says otherwise.
     */
    static ObjectNode app(ObjectNode client) {
        ObjectNode settings = Json.object().put("consent_method", "REQUIRED");
        return app(client, settings, "");
    }

    /** The app that it asks to become: what only apps know of it stays. */
    static ObjectNode app(ObjectNode client, App before) {
        ObjectNode settings = settings(before).deepCopy();
        String told = settings.path(FRONT_CHANNEL).asString("");
        ALWAYS.forEach(settings::remove);
        SAID.forEach(settings::remove);
        settings.remove(List.of(REDIRECT_URIS, JWKS, BOUND));
        ObjectNode app = app(client, settings, told);
        app.path("credentials")
                .path("oauthClient")
                .asObject()
                .put("client_id", String.valueOf(before.clientId()));
        return app;
    }

    /**
     * @param told where it was told before that a session is over; empty for nowhere
     */
    private static ObjectNode app(ObjectNode client, ObjectNode settings, String told) {
        ObjectNode app = Json.object().put("name", "oidc_client");
        app.set("label", client.path("client_name"));
        app.put("signOnMode", "OPENID_CONNECT");
        ObjectNode credentials = app.putObject("credentials").putObject("oauthClient");
        copy(client, METHOD, credentials);
        ALWAYS.forEach(name -> copy(client, name, settings));
        SAID.forEach(name -> copy(client, name, settings));
        List.of(REDIRECT_URIS, TYPE, JWKS, BOUND).forEach(name -> copy(client, name, settings));
        takePart(settings, told);
        app.putObject("settings").set("oauthClient", settings);
        return app;
    }

    /** Who names another address wants to be told there; only browsers' apps can be. */
    private static void takePart(ObjectNode settings, String told) {
        String tell = settings.path(FRONT_CHANNEL).asString("");
        if (tell.isEmpty()) {
            settings.remove(TAKES_PART);
        } else if (!tell.equals(told)
                && List.of("web", "browser").contains(settings.path(TYPE).asString("web"))) {
            settings.put(TAKES_PART, true);
        }
    }

    private static void copy(ObjectNode from, String name, ObjectNode to) {
        if (from.has(name) && !from.path(name).isNull()) {
            to.set(name, from.path(name));
        }
    }

    private static ObjectNode settings(App app) {
        return app.document().path("settings").path("oauthClient").asObject();
    }

    /** What kind of client an app is. */
    static String type(App app) {
        return settings(app).path(TYPE).asString("");
    }

    /** Whether an app proves itself by a secret that it sends. */
    static boolean sendsSecret(App app) {
        String method = method(app);
        return method.equals("client_secret_basic") || method.equals("client_secret_post");
    }

    private static String method(App app) {
        return app.document().path("credentials").path("oauthClient").path(METHOD).asString("");
    }

    /**
     * Writes a client.
     *
     * @param secret that this answer may show
     */
    static void write(JsonGenerator out, App app, Optional<String> secret) {
        ObjectNode settings = settings(app);
        String method = method(app);
        out.writeStartObject();
        out.writeStringProperty("client_id", String.valueOf(app.clientId()));
        secret.ifPresent(text -> out.writeStringProperty("client_secret", text));
        out.writeNumberProperty("client_id_issued_at", app.created().getEpochSecond());
        if (method.startsWith("client_secret")) {
            out.writeNumberProperty("client_secret_expires_at", 0);
        }
        out.writeStringProperty("client_name", app.label());
        for (String name : ALWAYS) {
            out.writeName(name);
            Json.raw(out, settings.has(name) ? Json.text(settings.get(name)) : "null");
        }
        out.writeName(REDIRECT_URIS);
        JsonNode redirects = settings.path(REDIRECT_URIS);
        Json.raw(out, redirects.isArray() ? Json.text(redirects) : "[]");
        for (String name : SAID) {
            if (settings.has(name)) {
                out.writeName(name);
                Json.raw(out, Json.text(settings.get(name)));
            }
        }
        out.writeStringProperty(METHOD, method);
        out.writeStringProperty(TYPE, settings.path(TYPE).asString("web"));
        if (settings.path(BOUND).asBoolean(false)) {
            out.writeBooleanProperty(BOUND, true);
        }
        if (settings.path(JWKS).path("keys").isArray()) {
            out.writeName(JWKS);
            Json.raw(out, Json.text(keys(settings.path(JWKS).path("keys"))));
        }
        out.writeEndObject();
    }

    private static ObjectNode keys(JsonNode kept) {
        ObjectNode set = Json.object();
        ArrayNode keys = set.putArray("keys");
        for (JsonNode key : kept) {
            ObjectNode shown = key.deepCopy().asObject();
            shown.remove(OF_APPS);
            keys.add(shown);
        }
        return set;
    }
}
