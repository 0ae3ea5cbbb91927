package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of {@code createApplication} and {@code replaceApplication}, which are the same
 * but for one thing: what a replacing body does not name stays as it is, part by part, as the
 * documentation's examples have it ("Update application"); a part that it names is taken for the
 * whole of it. So a new app is one that replaces nothing.
 *
 * <p>Every cause is told at once (P6).
 */
final class AppBody {

    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_SHARED_NAME = 100;

    /** What both operations take. */
    static final Schema SCHEMA =
            Schema.object()
                    .maybe("name", Schema.TEXT.orNull())
                    .always("label", Schema.TEXT)
                    .always("signOnMode", Schema.words(SignOnMode.values()))
                    .maybe("accessibility", Parts.ACCESSIBILITY.in().orNull())
                    .maybe("visibility", Schema.DOCUMENT.orNull())
                    .maybe("features", Schema.list(Schema.TEXT).orNull())
                    .maybe("credentials", Schema.DOCUMENT.orNull())
                    .maybe("settings", Schema.DOCUMENT.orNull())
                    .maybe("profile", Schema.DOCUMENT.orNull())
                    .maybe("licensing", Schema.DOCUMENT.orNull())
                    .andOthers();

    private final ObjectNode given;
    private final ObjectNode before;
    private final Supplier<String> keyIds;
    private final Instant now;
    private final Reading reading = new Reading();

    private AppBody(ObjectNode given, ObjectNode before, Supplier<String> keyIds, Instant now) {
        this.given = given;
        this.before = before;
        this.keyIds = keyIds;
        this.now = now;
    }

    /**
     * A new app.
     *
     * @param keyIds makes ids of a client's keys
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static AppDraft created(ObjectNode given, Supplier<String> keyIds, Instant now) {
        return new AppBody(given, Json.object(), keyIds, now).read(Optional.empty());
    }

    /** The app that takes the place of another, as {@link #created}. */
    static AppDraft replaced(App before, ObjectNode given, Supplier<String> keyIds, Instant now) {
        return new AppBody(given, before.document(), keyIds, now).read(Optional.of(before));
    }

    private AppDraft read(Optional<App> app) {
        String label = label();
        Optional<SignOnMode> mode = mode();
        @Nullable String name =
                given.path("name").isString() ? given.path("name").asString() : null;
        Optional<Definition> definition =
                mode.flatMap(
                        known ->
                                app.isPresent()
                                        ? Definition.of(app.get(), known, reading)
                                        : Definition.ofNew(name, known, reading));
        ObjectNode body = Json.object();
        body.set("accessibility", complete(Parts.ACCESSIBILITY, "accessibility"));
        visibility(body, mode.filter(SignOnMode.OPENID_CONNECT::equals).isPresent());
        body.set(
                "features",
                before.path("features").isArray()
                        ? before.get("features")
                        : Json.object().arrayNode());
        keep(body, "licensing");
        AppDraft draft = definition.map(known -> defined(known, label, body)).orElse(null);
        reading.finish();
        if (draft == null) {
            throw new IllegalStateException("no definition, and nothing wrong");
        }
        return draft;
    }

    private AppDraft defined(Definition definition, String label, ObjectNode body) {
        ObjectNode settings = settings(definition);
        ObjectNode credentials = credentials(definition, settings);
        ObjectNode client =
                credentials.path("oauthClient").isObject()
                        ? credentials.path("oauthClient").asObject()
                        : Json.object();
        @Nullable String clientId = take(client, "client_id");
        @Nullable String secret = take(client, "client_secret");
        body.set("credentials", credentials);
        body.set("settings", settings);
        if (definition.mode() == SignOnMode.OPENID_CONNECT) {
            keep(body, "profile");
        }
        String method = client.path("token_endpoint_auth_method").asString("");
        return new AppDraft(
                definition,
                label,
                body,
                clientId,
                secret,
                method.startsWith("client_secret"),
                sharedPassword(credentials),
                kid());
    }

    private String label() {
        JsonNode label = given.path("label");
        Path at = Path.root("label").field("label");
        if (!label.isString() || label.stringValue().isBlank()) {
            reading.wrong(at, "The field cannot be left blank");
            return "";
        }
        if (label.stringValue().codePointCount(0, label.stringValue().length()) > LONGEST_LABEL) {
            reading.wrong(at, "The field is too long");
        }
        return label.stringValue();
    }

    private Optional<SignOnMode> mode() {
        JsonNode mode = given.path("signOnMode");
        Path at = Path.root("signOnMode").field("signOnMode");
        if (Form.isAbsent(mode)) {
            return reading.wrong(at, "The field cannot be left blank");
        }
        Optional<SignOnMode> known = SignOnMode.of(mode.asString(""));
        if (known.isEmpty()) {
            reading.wrong(
                    at, "'signOnMode' is invalid. Valid values: " + List.of(SignOnMode.values()));
        }
        return known;
    }

    /** A client of OpenID Connect is nothing that users look for, unless it says so (WIRE). */
    private void visibility(ObjectNode body, boolean hidden) {
        Form form =
                Form.of(
                        Form.flag("autoLaunch"),
                        Form.flag("autoSubmitToolbar"),
                        Form.part("hide", Parts.hide(hidden)),
                        Form.member("appLinks", new Kind.Free()).or(Json.object()));
        body.set("visibility", complete(form, "visibility"));
    }

    /** Said, taken away by null, or as it was. */
    private void keep(ObjectNode body, String name) {
        JsonNode value = given.has(name) ? given.path(name) : before.path(name);
        if (value.isObject()) {
            body.set(name, value);
        } else if (!Form.isAbsent(value)) {
            reading.wrong(Path.root(name).field(name), "must be an object");
        }
    }

    private ObjectNode complete(Form form, String name) {
        return form.complete(part(given, before, name), Path.root(name).field(name), reading);
    }

    /** What is said of a part, or what was said before. */
    private static JsonNode part(JsonNode given, JsonNode before, String name) {
        return Form.isAbsent(given.path(name)) ? before.path(name) : given.path(name);
    }

    private ObjectNode settings(Definition definition) {
        JsonNode said = object("settings");
        JsonNode old = before.path("settings");
        Path at = Path.root("settings").field("settings");
        ObjectNode settings = Json.object();
        settings.set(
                "app",
                definition.settings().complete(part(said, old, "app"), at.field("app"), reading));
        if (definition.mode() == SignOnMode.OPENID_CONNECT) {
            settings.set("oauthClient", oauthSettings(said, old));
        }
        settings.set(
                "notifications",
                Parts.NOTIFICATIONS.complete(
                        part(said, old, "notifications"), at.field("notifications"), reading));
        Form switches =
                Form.of(
                        Form.flag("manualProvisioning"),
                        Form.flag("implicitAssignment"),
                        Form.text("inlineHookId", 20),
                        Form.text("identityStoreId", 20));
        ObjectNode switched = Json.object();
        switches.members().forEach(each -> switched.set(each.name(), part(said, old, each.name())));
        switched.properties().removeIf(each -> each.getValue() instanceof MissingNode);
        settings.setAll(switches.complete(switched, at, reading));
        settings.set(
                "notes",
                Parts.NOTES.complete(part(said, old, "notes"), at.field("notes"), reading));
        settings.put("emOptInStatus", "NONE");
        definition.signOn().ifPresent(form -> settings.set("signOn", signOn(form, said, old, at)));
        return settings;
    }

    private ObjectNode signOn(Form form, JsonNode said, JsonNode old, Path at) {
        JsonNode given = part(said, old, "signOn");
        if (given.isObject()) {
            // "if you don't specify slo or spCertificate the existing configuration persists"
            ObjectNode merged = given.deepCopy().asObject();
            for (String name : List.of("slo", "spCertificate")) {
                JsonNode kept = old.path("signOn").path(name);
                if (!merged.has(name) && kept.isObject()) {
                    merged.set(name, kept);
                }
            }
            given = merged;
        }
        ObjectNode signOn = form.complete(given, at.field("signOn"), reading);
        SamlRules.apply(signOn, reading);
        return signOn;
    }

    private ObjectNode oauthSettings(JsonNode said, JsonNode old) {
        JsonNode given = spelled(part(said, old, "oauthClient"));
        JsonNode kept = old.path("oauthClient");
        ObjectNode settings =
                ClientForm.SETTINGS.complete(given, Path.root("oauthClient"), reading);
        if (!settings.has("refresh_token") && kept.has("refresh_token")) {
            settings.set("refresh_token", kept.get("refresh_token"));
        }
        if (settings.has("jwks")) {
            ObjectNode jwks = Json.object();
            jwks.set(
                    "keys",
                    ClientKeys.all(
                            settings.path("jwks").path("keys"),
                            kept.path("jwks").path("keys"),
                            keyIds,
                            now,
                            reading));
            settings.set("jwks", jwks);
        }
        return settings;
    }

    /** The guide "Configure Single Logout" spells it as apps of SAML do. */
    private static JsonNode spelled(JsonNode client) {
        if (!client.hasNonNull("participateSlo") || client.has("participate_slo")) {
            return client;
        }
        ObjectNode known = client.deepCopy().asObject();
        known.set("participate_slo", known.remove("participateSlo"));
        return known;
    }

    private ObjectNode credentials(Definition definition, ObjectNode settings) {
        JsonNode said = object("credentials");
        JsonNode old = before.path("credentials");
        Path at = Path.root("credentials").field("credentials");
        ObjectNode credentials = Json.object();
        if (definition.mode().keepsPasswords()) {
            scheme(credentials, said, old, at);
        }
        credentials.set(
                "userNameTemplate",
                Parts.USER_NAME_TEMPLATE.complete(
                        part(said, old, "userNameTemplate"),
                        at.field("userNameTemplate"),
                        reading));
        credentials.putObject("signing");
        if (definition.mode() == SignOnMode.OPENID_CONNECT) {
            ObjectNode merged =
                    old.path("oauthClient").isObject()
                            ? old.path("oauthClient").asObject().deepCopy()
                            : Json.object();
            said.path("oauthClient")
                    .properties()
                    .forEach(
                            each -> {
                                if (!each.getValue().isNull()) {
                                    merged.set(each.getKey(), each.getValue());
                                }
                            });
            ObjectNode client =
                    ClientForm.CREDENTIALS.complete(merged, Path.root("oauthClient"), reading);
            ClientRules.apply(settings.path("oauthClient").asObject(), client, reading);
            credentials.set("oauthClient", client);
        }
        return credentials;
    }

    private void scheme(ObjectNode credentials, JsonNode said, JsonNode old, Path at) {
        Form form =
                Form.of(
                        Form.word("scheme", Parts.SCHEMES.toArray(String[]::new))
                                .or(Parts.SCHEMES.getFirst()),
                        Form.flag("revealPassword"),
                        Form.text("userName", LONGEST_SHARED_NAME));
        ObjectNode merged = Json.object();
        form.members()
                .forEach(
                        each -> {
                            JsonNode value = part(said, old, each.name());
                            if (!Form.isAbsent(value)) {
                                merged.set(each.name(), value);
                            }
                        });
        ObjectNode read = form.complete(merged, at, reading);
        if (!read.path("scheme").asString().equals(Parts.SHARED)) {
            read.remove("userName");
        } else if (!read.has("userName")) {
            reading.wrong(at.field("userName"), "The field cannot be left blank");
        }
        credentials.setAll(read);
    }

    private @Nullable String sharedPassword(ObjectNode credentials) {
        JsonNode password = given.path("credentials").path("password").path("value");
        boolean shared = credentials.path("scheme").asString("").equals(Parts.SHARED);
        return shared && password.isString() && !password.stringValue().isEmpty()
                ? password.stringValue()
                : null;
    }

    private @Nullable String kid() {
        JsonNode kid = given.path("credentials").path("signing").path("kid");
        return kid.isString() ? kid.stringValue() : null;
    }

    private JsonNode object(String name) {
        JsonNode node = given.path(name);
        if (!Form.isAbsent(node) && !node.isObject()) {
            reading.wrong(Path.root(name).field(name), "must be an object");
            return MissingNode.getInstance();
        }
        return node;
    }

    private static @Nullable String take(ObjectNode from, String name) {
        JsonNode value = from.remove(name);
        return value == null ? null : value.asString();
    }
}
