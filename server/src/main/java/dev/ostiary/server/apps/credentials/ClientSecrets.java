package dev.ostiary.server.apps.credentials;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.ClientSecret;
import dev.ostiary.server.apps.ClientSecret.Status;
import dev.ostiary.server.apps.ClientSecretStore;
import dev.ostiary.server.apps.Clients;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The operations of the tag ApplicationSSOPublicKeys that are about secrets: two at most, so that
 * one takes over before the other goes. Whoever may read apps reads them, and the log says so.
 */
public final class ClientSecrets implements Family {

    private static final String SUBJECT = "OAuth2ClientSecretMediated";
    private static final String TYPE = "OAuth2ClientSecret";

    private static final Schema SCHEMA =
            Schema.object("OAuthClientSecret")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words(Status.values()))
                    .always("client_secret", Schema.TEXT)
                    .always("secret_hash", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final AppStore apps;
    private final AppEvents events;
    private final ClientSecretStore secrets;
    private final InstantSource time;

    public ClientSecrets(
            Database database,
            AppStore apps,
            AppEvents events,
            ClientSecretStore secrets,
            InstantSource time) {
        this.database = database;
        this.apps = apps;
        this.events = events;
        this.secrets = secrets;
        this.time = time;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOAuth2ClientSecrets", this::list).answersMany(SCHEMA),
                Binding.of("createOAuth2ClientSecret", this::create)
                        .mayTake(Body.SHAPE.schema(dev.ostiary.platform.json.Way.IN))
                        .answers(SCHEMA),
                Binding.of("getOAuth2ClientSecret", this::get).answers(SCHEMA),
                Binding.of("deleteOAuth2ClientSecret", this::delete),
                Binding.of("activateOAuth2ClientSecret", request -> move(request, Status.ACTIVE))
                        .answers(SCHEMA),
                Binding.of(
                                "deactivateOAuth2ClientSecret",
                                request -> move(request, Status.INACTIVE))
                        .answers(SCHEMA));
    }

    /** The body of {@code createOAuth2ClientSecret}. */
    private record Body(@Nullable String text, @Nullable String status) {
        private static final Body NOTHING = new Body(null, null);
        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("clientSecret");
            Field<Body, String> text = shape.field("client_secret", Type.TEXT, Body::text);
            Field<Body, String> status =
                    shape.field("status", Type.TEXT, Body::status)
                            .must(
                                    word -> word.equals("ACTIVE") || word.equals("INACTIVE"),
                                    "must be one of [ACTIVE, INACTIVE]");
            return shape.build(in -> new Body(in.orNull(text), in.orNull(status)));
        }
    }

    private record Read(App app, List<ClientSecret> secrets) {}

    /** Reading a secret is something that happened. */
    private Read read(Request request) {
        Org org = request.org();
        return database.write(
                org.number(),
                tx -> {
                    App app = client(apps.held(tx, org, appId(request), AppStore.Lock.STAYS));
                    List<ClientSecret> all = secrets.all(tx, app.id());
                    if (!all.isEmpty()) {
                        tx.emit(events.of("app.oauth2.client.read_client_secret", app));
                    }
                    return new Read(app, all);
                });
    }

    private Reply list(Request request) {
        return Reply.list(read(request).secrets(), (secret, out) -> write(out, request, secret));
    }

    private Reply get(Request request) {
        ClientSecret secret = require(read(request).secrets(), secretId(request));
        return Reply.ok(out -> write(out, request, secret));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Body body = request.hasBody() ? request.body(Body.SHAPE) : Body.NOTHING;
        Status status = "INACTIVE".equals(body.status()) ? Status.INACTIVE : Status.ACTIVE;
        ClientSecret made =
                write(
                        request,
                        tx -> {
                            App app = client(apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                            judge(app, body.text());
                            if (secrets.all(tx, app.id()).size() >= ClientSecretStore.MOST) {
                                throw refused(
                                        "You've reached the maximum number of client secrets per"
                                                + " client.");
                            }
                            String text = body.text() == null ? secrets.random() : body.text();
                            ClientSecret secret = secrets.of(org, text, status, now());
                            secrets.insert(tx, app.id(), secret);
                            emit(tx, "app.oauth2.credentials.lifecycle.create", app, secret);
                            return secret;
                        });
        return Reply.json(201, out -> write(out, request, made));
    }

    private static void judge(App app, @Nullable String text) {
        if (text != null) {
            Reading reading = new Reading();
            Clients.judgeSecret(app, text, reading);
            reading.finish();
        }
    }

    private Reply delete(Request request) {
        Org org = request.org();
        write(
                request,
                tx -> {
                    App app = client(apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                    ClientSecret secret = require(secrets.all(tx, app.id()), secretId(request));
                    if (secret.active()) {
                        throw refused(
                                "You can't delete an active client secret. Deactivate the secret"
                                        + " before deleting it.");
                    }
                    secrets.delete(tx, app.id(), secret);
                    emit(tx, "app.oauth2.credentials.lifecycle.delete", app, secret);
                    return secret;
                });
        return Reply.noContent();
    }

    private Reply move(Request request, Status to) {
        Org org = request.org();
        ClientSecret after =
                write(
                        request,
                        tx -> {
                            App app = client(apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                            List<ClientSecret> all = secrets.all(tx, app.id());
                            ClientSecret secret = require(all, secretId(request));
                            return secret.status() == to ? secret : moved(tx, app, all, secret, to);
                        });
        return Reply.ok(out -> write(out, request, after));
    }

    private ClientSecret moved(
            Tx tx, App app, List<ClientSecret> all, ClientSecret secret, Status to) {
        if (to == Status.INACTIVE && all.stream().filter(ClientSecret::active).count() < 2) {
            throw refused("You can't deactivate the only active client secret.");
        }
        ClientSecret after =
                new ClientSecret(
                        secret.id(), to, secret.sealed(), secret.hash(), secret.created(), now());
        secrets.update(tx, app.id(), after);
        emit(
                tx,
                to == Status.ACTIVE
                        ? "app.oauth2.credentials.lifecycle.activate"
                        : "app.oauth2.credentials.lifecycle.deactivate",
                app,
                after);
        return after;
    }

    private <T> T write(Request request, dev.ostiary.platform.store.Work<T> work) {
        return database.write(
                request.org().number(),
                tx -> {
                    ConfigVersionStore.raise(tx, ConfigArea.APPS);
                    return work.run(tx);
                });
    }

    private void emit(Tx tx, String type, App app, ClientSecret secret) {
        tx.emit(events.of(type, app).target(secret.id(), TYPE, null, secret.id()));
    }

    /** What is no OAuth client has no credentials of one. */
    static App client(App app) {
        if (app.clientId() == null) {
            throw AppStore.unknown(app.id());
        }
        return app;
    }

    private static ClientSecret require(List<ClientSecret> all, String id) {
        return all.stream()
                .filter(secret -> secret.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, TYPE));
    }

    private static ApiException refused(String cause) {
        return ApiException.validation(SUBJECT, cause);
    }

    private void write(JsonGenerator out, Request request, ClientSecret secret) {
        String self =
                request.url(
                        "/api/v1/apps/" + appId(request) + "/credentials/secrets/" + secret.id());
        out.writeStartObject();
        out.writeStringProperty("id", secret.id());
        out.writeStringProperty("status", secret.status().name());
        out.writeStringProperty("client_secret", secrets.open(request.org().number(), secret));
        out.writeStringProperty("secret_hash", secret.hash());
        out.writeStringProperty("created", Dates.text(secret.created()));
        out.writeStringProperty("lastUpdated", Dates.text(secret.lastUpdated()));
        CredentialLinks.of(self, secret.active()).write(out);
        out.writeEndObject();
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private static String secretId(Request request) {
        return request.variable("secretId");
    }
}
