package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.ClientKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of the tag ApplicationSSOPublicKeys that are about public keys. They stand where
 * the app's settings have them, so that both ways show the same.
 */
public final class PublicKeys implements Family {

    private static final String SUBJECT = "JsonWebKey";
    private static final String ACTIVE = "ACTIVE";
    private static final String INACTIVE = "INACTIVE";

    private static final Schema.Fields KEY =
            Schema.object()
                    .maybe("kid", Schema.TEXT.orNull())
                    .always("kty", Schema.words("RSA", "EC"))
                    .maybe("use", Schema.words("sig", "enc"))
                    .maybe("alg", Schema.TEXT)
                    .maybe("e", Schema.TEXT)
                    .maybe("n", Schema.TEXT)
                    .maybe("crv", Schema.TEXT)
                    .maybe("x", Schema.TEXT)
                    .maybe("y", Schema.TEXT)
                    .maybe("status", Schema.words(ACTIVE, INACTIVE));

    private static final Schema SCHEMA =
            KEY.named("OAuthClientKey")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;

    public PublicKeys(
            Database database, Ids ids, InstantSource time, AppStore apps, AppEvents events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listJwk", this::list).answersMany(SCHEMA),
                Binding.of("addJwk", this::add).takes(KEY.andOthers()).answers(SCHEMA),
                Binding.of("getJwk", this::get).answers(SCHEMA),
                Binding.of("deletejwk", this::delete),
                Binding.of("activateOAuth2ClientJsonWebKey", request -> moved(request, ACTIVE))
                        .answers(SCHEMA),
                Binding.of("deactivateOAuth2ClientJsonWebKey", request -> moved(request, INACTIVE))
                        .answers(SCHEMA));
    }

    /** The keys of an app, as they stand in its body. */
    private static List<ObjectNode> keys(App app) {
        List<ObjectNode> keys = new ArrayList<>();
        app.document()
                .at("/settings/oauthClient/jwks/keys")
                .forEach(key -> keys.add(key.asObject()));
        return keys;
    }

    private App app(Request request) {
        return database.read(
                request.org().number(),
                reader ->
                        ClientSecrets.client(apps.require(reader, request.org(), appId(request))));
    }

    private Reply list(Request request) {
        return Reply.list(keys(app(request)), (key, out) -> write(out, request, key));
    }

    private Reply get(Request request) {
        ObjectNode key = require(keys(app(request)), keyId(request));
        return Reply.ok(out -> write(out, request, key));
    }

    private Reply add(Request request) {
        ObjectNode given = request.object();
        Reading reading = new Reading();
        Optional<ObjectNode> key = ClientKeys.one(given, Path.root("jwk"), reading);
        reading.finish();
        Org org = request.org();
        ObjectNode made =
                change(
                        request,
                        keys -> {
                            ObjectNode born =
                                    ClientKeys.born(
                                            key.orElseThrow(), ids.next("pks", org.tail()), now());
                            requireRoom(keys, born);
                            if (encrypts(born)) {
                                quiet(keys);
                            }
                            keys.add(born);
                            return born;
                        },
                        "app.oauth2.credentials.lifecycle.create");
        return Reply.json(201, out -> write(out, request, made));
    }

    private static void requireRoom(List<ObjectNode> keys, ObjectNode born) {
        if (keys.size() >= ClientKeys.MOST) {
            throw refused(
                    "You can't create a new key. You have reached the maximum number of keys allowed"
                            + " (50). To add another key, you must first delete an existing one.");
        }
        boolean nameless = keys.stream().anyMatch(key -> !key.has("kid"));
        if (!keys.isEmpty() && (nameless || !born.has("kid"))) {
            throw refused(
                    "Each key should have a unique kid when adding multiple keys. Use the Apps API to"
                            + " update the JWKS to add a kid for the existing key, or delete the"
                            + " existing key and re-add the key with a kid using the JWKS APIs.");
        }
        if (keys.stream().anyMatch(key -> key.path("kid").equals(born.path("kid")))) {
            throw refused("All keys in the 'jwks' must have a unique `kid`.");
        }
    }

    private Reply delete(Request request) {
        change(
                request,
                keys -> {
                    ObjectNode key = require(keys, keyId(request));
                    if (isActive(key)) {
                        throw refused(
                                "You can't delete an active JSON Web Key. Deactivate the key before"
                                        + " deleting it.");
                    }
                    keys.remove(key);
                    return key;
                },
                "app.oauth2.credentials.lifecycle.delete");
        return Reply.noContent();
    }

    private Reply moved(Request request, String to) {
        ObjectNode key =
                change(
                        request,
                        keys -> moved(keys, require(keys, keyId(request)), to),
                        to.equals(ACTIVE)
                                ? "app.oauth2.credentials.lifecycle.activate"
                                : "app.oauth2.credentials.lifecycle.deactivate");
        return Reply.ok(out -> write(out, request, key));
    }

    private ObjectNode moved(List<ObjectNode> keys, ObjectNode key, String to) {
        if (key.path("status").asString().equals(to)) {
            return key;
        }
        if (to.equals(ACTIVE) && isEncryption(key)) {
            quiet(keys);
        }
        return set(key, to);
    }

    /** One key at a time encrypts: another one takes its place. */
    private void quiet(List<ObjectNode> keys) {
        keys.stream().filter(PublicKeys::encrypts).forEach(key -> set(key, INACTIVE));
    }

    private ObjectNode set(ObjectNode key, String status) {
        return key.put("status", status).put("lastUpdated", Dates.text(now()));
    }

    private static boolean isActive(ObjectNode key) {
        return key.path("status").asString().equals(ACTIVE);
    }

    private static boolean encrypts(ObjectNode key) {
        return isActive(key) && isEncryption(key);
    }

    private static boolean isEncryption(ObjectNode key) {
        return key.path("use").asString().equals("enc");
    }

    /** A change that changes nothing is none: nothing is written, and the log is silent. */
    private ObjectNode change(
            Request request, Function<List<ObjectNode>, ObjectNode> work, String event) {
        Org org = request.org();
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.raise(tx, ConfigArea.APPS);
                    App app =
                            ClientSecrets.client(
                                    apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                    ObjectNode body = app.document();
                    List<ObjectNode> before = keys(app);
                    List<ObjectNode> keys = keys(app);
                    ObjectNode key = work.apply(keys);
                    requireProof(body, keys);
                    requireEncryption(body, before, keys);
                    if (!keys.equals(before)) {
                        save(tx, app, body, keys);
                        tx.emit(
                                events.of(event, app)
                                        .target(
                                                key.path("id").asString(),
                                                SUBJECT,
                                                null,
                                                key.path("kid").asString()));
                    }
                    return key;
                });
    }

    private void save(Tx tx, App app, ObjectNode body, List<ObjectNode> keys) {
        ObjectNode client = body.at("/settings/oauthClient").asObject();
        ArrayNode all = Json.object().arrayNode();
        keys.forEach(all::add);
        client.putObject("jwks").set("keys", all);
        apps.update(tx, app.with(body, now()));
    }

    /** A client that proves itself by a key keeps one that does. */
    private static void requireProof(ObjectNode body, List<ObjectNode> keys) {
        JsonNode method = body.at("/credentials/oauthClient/token_endpoint_auth_method");
        boolean elsewhere = body.at("/settings/oauthClient").has("jwks_uri");
        boolean proves = keys.stream().anyMatch(key -> isActive(key) && !isEncryption(key));
        if (method.asString().equals("private_key_jwt") && !elsewhere && !proves) {
            throw refused(
                    "You can't deactivate the only active key when 'token_endpoint_auth_method' is"
                            + " 'private_key_jwt'.");
        }
    }

    /** A client whose ID tokens are encrypted keeps the key for that, or changes it for another. */
    private static void requireEncryption(
            ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        if (body.at("/settings/oauthClient").has("id_token_encrypted_response_alg")
                && before.stream().anyMatch(PublicKeys::encrypts)
                && after.stream().noneMatch(PublicKeys::encrypts)) {
            throw refused("You can't deactivate the active encryption key.");
        }
    }

    private static ObjectNode require(List<ObjectNode> keys, String id) {
        return keys.stream()
                .filter(key -> key.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, SUBJECT));
    }

    private static ApiException refused(String cause) {
        return ApiException.validation(SUBJECT, cause);
    }

    private static void write(JsonGenerator out, Request request, ObjectNode key) {
        String self =
                request.url(
                        "/api/v1/apps/"
                                + appId(request)
                                + "/credentials/jwks/"
                                + key.path("id").asString());
        out.writeStartObject();
        key.properties()
                .forEach(
                        each -> {
                            out.writeName(each.getKey());
                            Json.raw(out, Json.text(each.getValue()));
                        });
        CredentialLinks.of(self, isActive(key)).write(out);
        out.writeEndObject();
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private static String keyId(Request request) {
        return request.variable("keyId");
    }
}
