package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations of the tag ApplicationSSOCredentialKey that are about keys. */
public final class AppKeys implements Family {

    private static final int KID_LENGTH = 43;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 10;

    private final Database database;
    private final AppStore apps;
    private final AppEvents events;
    private final SigningKeys keys;
    private final Tokens tokens;

    public AppKeys(
            Database database, AppStore apps, AppEvents events, SigningKeys keys, Tokens tokens) {
        this.database = database;
        this.apps = apps;
        this.events = events;
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listApplicationKeys", this::list).answersMany(SigningKey.SCHEMA),
                Binding.of("getApplicationKey", this::get).answers(SigningKey.SCHEMA),
                Binding.of("generateApplicationKey", this::generate).answers(SigningKey.SCHEMA),
                Binding.of("cloneApplicationKey", this::copy).answers(SigningKey.SCHEMA));
    }

    private App app(Request request) {
        return database.read(
                request.org().number(),
                reader -> apps.require(reader, request.org(), request.variable("appId")));
    }

    private Reply list(Request request) {
        return Reply.list(keys.all(request.org(), app(request)), (key, out) -> key.write(out));
    }

    private Reply get(Request request) {
        SigningKey key = keys.require(request.org(), app(request), request.variable("keyId"));
        return Reply.ok(key::write);
    }

    private Reply generate(Request request) {
        Org org = request.org();
        App app = signing(app(request));
        int years = years(request);
        Instant now = keys.now();
        KeyMaker.Made made = keys.maker().selfSigned(org.name(), years, now);
        SigningKey key =
                new SigningKey(
                        tokens.urlSafe(KID_LENGTH), made.certificate(), now, now, made.expires());
        byte[] sealedKey = keys.store().seal(org.number(), key.kid(), made.privateKey());
        database.write(
                org.number(),
                tx -> {
                    App held = apps.held(tx, org, app.id(), AppStore.Lock.STAYS);
                    keys.store().insert(tx, app.id(), key, sealedKey);
                    tx.emit(event("app.keys.generate", held, key));
                    return key;
                });
        return created(request, app.id(), key);
    }

    private static int years(Request request) {
        Optional<String> years = request.query().text("validityYears");
        if (years.isEmpty() || !years.get().matches("[0-9]{1,3}")) {
            throw outOfRange();
        }
        int number = Integer.parseInt(years.get());
        if (number < SHORTEST || number > LONGEST) {
            throw outOfRange();
        }
        return number;
    }

    private static ApiException outOfRange() {
        return ApiException.validation(
                "generateKey", "Validity years out of range. It should be 2 - 10 years");
    }

    /** "Only apps with SAML_2_0, SAML_1_1, WS_FEDERATION or OPENID_CONNECT support rollover." */
    private static App signing(App app) {
        if (!app.mode().signs()) {
            throw ApiException.validation(
                    "generateKey", "The sign-on mode of the app does not support key credentials.");
        }
        return app;
    }

    private Reply copy(Request request) {
        Org org = request.org();
        App source = app(request);
        SigningKey key = keys.require(org, source, request.variable("keyId"));
        String target = request.query().text("targetAid").orElse("");
        database.write(
                org.number(),
                tx -> {
                    App held = apps.held(tx, org, target, AppStore.Lock.STAYS);
                    if (key.kid().equals(held.kid())
                            || !keys.store().copy(tx, source.id(), key.kid(), target)) {
                        throw ApiException.validation(
                                "cloneKey",
                                "Key already exists in the list of key credentials for the target"
                                        + " app.");
                    }
                    tx.emit(event("app.keys.clone", held, key));
                    return key;
                });
        return created(request, target, key);
    }

    private Event event(String type, App app, SigningKey key) {
        return events.of(type, app).target(key.kid(), "JsonWebKey", null, key.kid());
    }

    static Reply created(Request request, String appId, SigningKey key) {
        return Reply.json(201, key::write)
                .with(
                        "Location",
                        request.url("/api/v1/apps/" + appId + "/credentials/keys/" + key.kid()));
    }
}
