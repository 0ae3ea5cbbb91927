package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.credentials.SigningKey;
import dev.ostiary.server.apps.credentials.SigningKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag ApplicationConnections, but for the last step of a consent at another company's. No type
 * of event is published for connections: the log tells that the app was updated. Thread-safe.
 */
public final class Connections implements Family {

    private static final String UNTIL = "apps that users are provisioned to";

    private final Database database;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final SigningKeys keys;
    private final ConnectionStore store;

    /**
     * @param keys what signs for apps
     */
    public Connections(
            Database database,
            InstantSource time,
            Sealed sealed,
            AppStore apps,
            AppEvents events,
            SigningKeys keys) {
        this.database = database;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.keys = keys;
        this.store = new ConnectionStore(sealed);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getDefaultProvisioningConnectionForApplication", this::get)
                        .answers(Connection.SCHEMA),
                Binding.of("updateDefaultProvisioningConnectionForApplication", this::update)
                        .takes(ConnectionBody.SCHEMA)
                        .answers(Connection.SCHEMA)
                        .untilThereAre(UNTIL),
                Binding.of("getUserProvisioningConnectionJWKS", this::keys)
                        .answers(
                                Schema.object("ProvisioningConnectionKeys")
                                        .always(
                                                "jwks",
                                                Schema.object()
                                                        .always(
                                                                "keys",
                                                                Schema.list(SigningKey.SCHEMA)))),
                Binding.of(
                                "activateDefaultProvisioningConnectionForApplication",
                                request -> enable(request, true))
                        .untilThereAre(UNTIL),
                Binding.of(
                        "deactivateDefaultProvisioningConnectionForApplication",
                        request -> enable(request, false)));
    }

    /** Whether users may be pushed to an app. */
    boolean isEnabled(Reader reader, App app) {
        return Provisioned.of(app).isPresent()
                && store.find(reader, app.id()).filter(Connection::enabled).isPresent();
    }

    private Reply get(Request request) {
        Org org = request.org();
        return database.read(
                org.number(),
                reader -> {
                    App app = apps.require(reader, org, request.variable("appId"));
                    Optional<Connection> found =
                            Provisioned.of(app).map(kind -> of(reader, app, kind));
                    return found.map(connection -> answer(request, connection))
                            .orElseGet(
                                    () ->
                                            Reply.ok(
                                                    out ->
                                                            Connection.writeUnknown(
                                                                    out,
                                                                    request.baseUrl(),
                                                                    app.id())));
                });
    }

    private Connection of(Reader reader, App app, Provisioned kind) {
        return store.find(reader, app.id())
                .orElseGet(() -> Connection.untouched(app.id(), kind.usual(), app.lastUpdated()));
    }

    private Reply update(Request request) {
        ObjectNode body = request.object();
        Org org = request.org();
        Connection changed =
                database.write(
                        org.number(),
                        tx -> {
                            App app = held(tx, request);
                            Provisioned kind = Provisioned.require(app);
                            Instant now = now();
                            ConnectionBody wanted =
                                    ConnectionBody.read(body, kind, of(tx, app, kind), now);
                            Connection after =
                                    request.query().flag("activate", false)
                                            ? wanted.connection().enabled(true, now)
                                            : wanted.connection();
                            store.put(tx, after, wanted.secret());
                            events.updated(tx, app, app);
                            return after;
                        });
        return answer(request, changed);
    }

    /** What was never configured is off already. */
    private Reply enable(Request request, boolean enabled) {
        database.write(
                request.org().number(),
                tx -> {
                    App app = held(tx, request);
                    Provisioned.require(app);
                    Optional<Connection> before = store.find(tx, app.id());
                    if (enabled && before.isEmpty()) {
                        throw ApiException.validation(
                                "credential", "The provisioning connection is not configured.");
                    }
                    before.filter(connection -> connection.enabled() != enabled)
                            .ifPresent(
                                    connection -> {
                                        store.put(tx, connection.enabled(enabled, now()), null);
                                        events.updated(tx, app, app);
                                    });
                    return app;
                });
        return Reply.noContent();
    }

    private App held(Tx tx, Request request) {
        return apps.held(tx, request.org(), request.variable("appId"), AppStore.Lock.ALONE);
    }

    /** The key that signs for the app signs for its connection, too; not every app has one. */
    private Reply keys(Request request) {
        Org org = request.org();
        App app =
                database.read(
                        org.number(),
                        reader -> apps.require(reader, org, request.variable("appId")));
        Provisioned.require(app);
        Optional<SigningKey> key = keys.current(org, app);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeObjectPropertyStart("jwks");
                    out.writeArrayPropertyStart("keys");
                    key.ifPresent(each -> each.write(out));
                    out.writeEndArray();
                    out.writeEndObject();
                    out.writeEndObject();
                });
    }

    private static Reply answer(Request request, Connection connection) {
        return Reply.ok(out -> connection.write(out, request.baseUrl()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
