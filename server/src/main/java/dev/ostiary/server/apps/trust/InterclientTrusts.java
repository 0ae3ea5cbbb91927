package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag ApplicationInterclientTrustMappings. Thread-safe. */
public final class InterclientTrusts implements Family, AppChanges.Watch {

    private static final int MOST = 5;
    private static final String SUBJECT = "Interclient Trust Mappings";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final InterclientTrustStore store = new InterclientTrustStore();

    public InterclientTrusts(
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
                Binding.of("listInterclientAllowedApplications", request -> list(request, true))
                        .answersMany(Schema.TEXT),
                Binding.of("createInterclientTrustMapping", this::create)
                        .takes(Body.SHAPE)
                        .answers(InterclientTrust.SCHEMA)
                        .untilThereAre("interclient tokens"),
                Binding.of("deleteInterclientTrustMapping", this::delete),
                Binding.of("listInterclientTargetApplications", request -> list(request, false))
                        .answersMany(Schema.TEXT));
    }

    private record Body(String id) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("interclientTrustMapping");
            Field<Body, String> id = shape.field("id", Type.TEXT, Body::id).required();
            return shape.build(in -> new Body(in.get(id)));
        }
    }

    private Reply list(Request request, boolean allowed) {
        List<String> found =
                database.read(request.org().number(), reader -> list(reader, request, allowed));
        return Reply.list(found, (id, out) -> out.writeString(id));
    }

    private List<String> list(Reader reader, Request request, boolean allowed) {
        String id = apps.require(reader, request.org(), request.variable("appId")).id();
        return allowed ? store.allowed(reader, id) : store.targets(reader, id);
    }

    private Reply create(Request request) {
        Body body = request.body(Body.SHAPE);
        Org org = request.org();
        InterclientTrust made = database.write(org.number(), tx -> create(tx, request, body.id()));
        return Reply.json(201, out -> made.write(out, org));
    }

    /** The app is held, so that the sixth of two who come at once finds five. */
    private InterclientTrust create(Tx tx, Request request, String allowedId) {
        Org org = request.org();
        App app = apps.held(tx, org, request.variable("appId"), AppStore.Lock.ALONE);
        if (app.mode() != SignOnMode.OPENID_CONNECT && app.mode() != SignOnMode.SAML_2_0) {
            throw refused("The target application must be an OIDC or SAML app.");
        }
        App allowed =
                apps.find(tx, org, allowedId)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "The application '"
                                                        + allowedId
                                                        + "' does not exist."));
        apps.held(tx, org, allowed.id(), AppStore.Lock.STAYS);
        List<String> present = store.allowed(tx, app.id());
        if (allowed.id().equals(app.id())) {
            throw refused("An application cannot be a trusted app of itself.");
        }
        if (present.contains(allowed.id())) {
            throw refused("The application is a trusted app already.");
        }
        if (present.size() >= MOST) {
            throw refused("The target application cannot have more than 5 trusted apps.");
        }
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        InterclientTrust trust =
                new InterclientTrust(
                        ids.next(InterclientTrust.PREFIX, org.tail(), now),
                        app.id(),
                        allowed.id(),
                        request.caller().principal().map(Caller.Principal::id).orElse(""),
                        now);
        store.insert(tx, trust);
        tx.emit(events.of("app.interclient_mapping.create", app).target(allowed.target()));
        return trust;
    }

    private static ApiException refused(String why) {
        return ApiException.validation(SUBJECT, why);
    }

    private Reply delete(Request request) {
        Org org = request.org();
        String allowedId = request.variable("allowedAppId");
        database.write(
                org.number(),
                tx -> {
                    App app = apps.held(tx, org, request.variable("appId"), AppStore.Lock.ALONE);
                    App allowed = apps.require(tx, org, allowedId);
                    if (!store.delete(tx, app.id(), allowed.id())) {
                        throw AppStore.unknown(allowedId);
                    }
                    tx.emit(
                            events.of("app.interclient_mapping.delete", app)
                                    .target(allowed.target()));
                    return app;
                });
        return Reply.noContent();
    }

    @Override
    public void deleting(Tx tx, Org org, App app) {
        if (store.deleteAll(tx, app.id())) {
            tx.emit(events.of("app.interclient_mapping.delete_all", app));
        }
    }
}
