package dev.ostiary.server.apps.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
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
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tag ApplicationGrants: administrators let apps have scopes of the API. Thread-safe. */
public final class ScopeGrants implements Family {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final Set<String> scopes;
    private final ScopeGrantStore store = new ScopeGrantStore();

    /**
     * @param scopes every scope that an operation of the contract asks for
     */
    public ScopeGrants(
            Database database,
            Ids ids,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            Set<String> scopes) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.scopes = Set.copyOf(scopes);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listScopeConsentGrants", this::list).answersMany(ScopeGrant.SCHEMA),
                Binding.of("grantConsentToScope", this::grant)
                        .takes(Body.SHAPE)
                        .answers(ScopeGrant.SCHEMA),
                Binding.of("getScopeConsentGrant", this::get).answers(ScopeGrant.SCHEMA),
                Binding.of("revokeScopeConsentGrant", this::revoke));
    }

    /** The scopes that an app may have, for whoever gives it tokens. */
    public List<String> of(Reader reader, String appId) {
        return store.all(reader, appId).stream().map(ScopeGrant::scope).toList();
    }

    private record Body(String issuer, String scopeId) {
        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("grant");
            Field<Body, String> issuer = shape.field("issuer", Type.TEXT, Body::issuer).required();
            Field<Body, String> scope = shape.field("scopeId", Type.TEXT, Body::scopeId).required();
            return shape.build(in -> new Body(in.get(issuer), in.get(scope)));
        }
    }

    private record Found(App app, List<ScopeGrant> grants) {}

    private Reply list(Request request) {
        Found found =
                database.read(
                        request.org().number(),
                        reader -> {
                            App app = client(apps.require(reader, request.org(), appId(request)));
                            return new Found(app, store.all(reader, app.id()));
                        });
        return Reply.list(
                found.grants(),
                (each, out) -> each.write(out, request.baseUrl(), found.app(), embeds(request)));
    }

    private Reply get(Request request) {
        Found found =
                database.read(
                        request.org().number(),
                        reader -> {
                            App app = client(apps.require(reader, request.org(), appId(request)));
                            return new Found(app, List.of(require(reader, app, grantId(request))));
                        });
        return Reply.ok(
                out ->
                        found.grants()
                                .getFirst()
                                .write(out, request.baseUrl(), found.app(), embeds(request)));
    }

    private static boolean embeds(Request request) {
        return request.query().text("expand").filter("scope"::equals).isPresent();
    }

    private ScopeGrant require(Reader reader, App app, String id) {
        return (Ids.isId(id) ? store.find(reader, app.id(), id) : Optional.<ScopeGrant>empty())
                .orElseThrow(() -> ApiException.notFound(id, ScopeGrant.TYPE));
    }

    /** A scope that the app has already is granted once: the grant that there is is the answer. */
    private Reply grant(Request request) {
        Org org = request.org();
        Body body = request.body(Body.SHAPE);
        judge(request, body);
        record Made(App app, ScopeGrant grant) {}
        Made made =
                database.write(
                        org.number(),
                        tx -> {
                            App app = client(apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                            Optional<ScopeGrant> present =
                                    store.all(tx, app.id()).stream()
                                            .filter(each -> each.scope().equals(body.scopeId()))
                                            .findFirst();
                            return new Made(
                                    app, present.orElseGet(() -> grant(tx, request, app, body)));
                        });
        return Reply.json(201, out -> made.grant().write(out, request.baseUrl(), made.app(), true));
    }

    private ScopeGrant grant(Tx tx, Request request, App app, Body body) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        ScopeGrant grant =
                new ScopeGrant(
                        ids.next("oag", request.org().tail(), now),
                        body.scopeId(),
                        request.caller().actorId().orElse("unknown"),
                        now);
        store.insert(tx, app.id(), grant);
        tx.emit(
                events.of("app.oauth2.admin.consent.grant", app)
                        .target(grant.id(), ScopeGrant.TYPE, null, grant.scope()));
        return grant;
    }

    private void judge(Request request, Body body) {
        Reading reading = new Reading();
        if (!body.issuer().equals(request.baseUrl())) {
            reading.wrong(
                    Path.root("issuer").field("issuer"),
                    "must be the issuer of the org's own authorization server");
        }
        if (!scopes.contains(body.scopeId())) {
            reading.wrong(Path.root("scopeId").field("scopeId"), "is no scope of the API");
        }
        reading.finish();
    }

    private Reply revoke(Request request) {
        Org org = request.org();
        database.write(
                org.number(),
                tx -> {
                    App app = client(apps.held(tx, org, appId(request), AppStore.Lock.ALL));
                    ScopeGrant grant = require(tx, app, grantId(request));
                    store.delete(tx, app.id(), grant.id());
                    tx.emit(
                            events.of("app.oauth2.admin.consent.revoke", app)
                                    .target(grant.id(), ScopeGrant.TYPE, null, grant.scope()));
                    return grant;
                });
        return Reply.noContent();
    }

    /** What is no OAuth client is granted nothing. */
    private static App client(App app) {
        if (app.clientId() == null) {
            throw AppStore.unknown(app.id());
        }
        return app;
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private static String grantId(Request request) {
        return request.variable("grantId");
    }
}
