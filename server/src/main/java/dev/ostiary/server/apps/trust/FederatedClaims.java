package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.expression.Expression;
import dev.ostiary.server.expression.InvalidExpression;
import dev.ostiary.server.expression.Scope;
import dev.ostiary.server.expression.Type;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The tag ApplicationSSOFederatedClaims. No type of event is published for claims: the log tells
 * that the app was updated. Thread-safe.
 */
public final class FederatedClaims implements Family {

    /** A bound, since every input has one. */
    private static final int MOST = 100;

    private static final String CLAIM_ID = "claimId";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final OrgSchemas schemas;
    private final FederatedClaimStore store = new FederatedClaimStore();

    public FederatedClaims(
            Database database,
            Ids ids,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            OrgSchemas schemas) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.schemas = schemas;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listFederatedClaims", this::list).answersMany(FederatedClaim.SCHEMA),
                Binding.of("createFederatedClaim", this::create)
                        .takes(FederatedClaim.Body.SHAPE)
                        .answers(FederatedClaim.SCHEMA),
                Binding.of("getFederatedClaim", this::get).answers(FederatedClaim.SCHEMA),
                Binding.of("replaceFederatedClaim", this::replace)
                        .takes(FederatedClaim.Body.SHAPE)
                        .answers(FederatedClaim.SCHEMA),
                Binding.of("deleteFederatedClaim", this::delete));
    }

    private Reply list(Request request) {
        Org org = request.org();
        List<FederatedClaim> claims =
                database.read(
                        org.number(),
                        reader ->
                                store.all(reader, apps.require(reader, org, appId(request)).id()));
        return Reply.list(claims, FederatedClaim::write);
    }

    private Reply get(Request request) {
        Org org = request.org();
        FederatedClaim claim =
                database.read(
                        org.number(),
                        reader ->
                                store.require(
                                        reader,
                                        apps.require(reader, org, appId(request)).id(),
                                        request.variable(CLAIM_ID)));
        return Reply.ok(claim::write);
    }

    private Reply create(Request request) {
        FederatedClaim.Body body = request.body(FederatedClaim.Body.SHAPE);
        Org org = request.org();
        FederatedClaim made =
                write(
                        org,
                        body,
                        tx -> {
                            App app = held(tx, request);
                            judge(org, app, body);
                            if (store.all(tx, app.id()).size() >= MOST) {
                                throw ApiException.validation(
                                        "federatedClaim",
                                        "An app has at most " + MOST + " federated claims.");
                            }
                            Instant now = now();
                            FederatedClaim claim =
                                    new FederatedClaim(
                                            ids.next(FederatedClaim.PREFIX, org.tail(), now),
                                            body.name(),
                                            body.expression(),
                                            now,
                                            now);
                            store.insert(tx, app.id(), claim);
                            events.updated(tx, app, app);
                            return claim;
                        });
        return Reply.json(201, made::write);
    }

    /** 201, as the published description has it (WIRE, "Status codes of writes"). */
    private Reply replace(Request request) {
        FederatedClaim.Body body = request.body(FederatedClaim.Body.SHAPE);
        FederatedClaim replaced =
                write(
                        request.org(),
                        body,
                        tx -> {
                            App app = held(tx, request);
                            judge(request.org(), app, body);
                            FederatedClaim before =
                                    store.require(tx, app.id(), request.variable(CLAIM_ID));
                            FederatedClaim after =
                                    new FederatedClaim(
                                            before.id(),
                                            body.name(),
                                            body.expression(),
                                            before.created(),
                                            now());
                            store.update(tx, app.id(), after);
                            events.updated(tx, app, app);
                            return after;
                        });
        return Reply.json(201, replaced::write);
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    App app = held(tx, request);
                    FederatedClaim claim = store.require(tx, app.id(), request.variable(CLAIM_ID));
                    store.delete(tx, app.id(), claim.id());
                    events.updated(tx, app, app);
                    return claim;
                });
        return Reply.noContent();
    }

    /**
     * Changes of one app's claims come one after the other, so that there are never too many; who
     * makes the app's tokens sees them by the next one.
     */
    private App held(Tx tx, Request request) {
        ConfigVersionStore.raise(tx, ConfigArea.APPS);
        return apps.held(tx, request.org(), appId(request), AppStore.Lock.ALONE);
    }

    /** What means nothing would never be said, and nobody would know why. */
    private void judge(Org org, App app, FederatedClaim.Body body) {
        Map<String, Type> profile = schemas.of(org).expressionTypes(org);
        try {
            Expression.compile(
                    body.expression(),
                    app.mode() == SignOnMode.OPENID_CONNECT
                            ? Scope.ofTokenClaims(profile, false)
                            : Scope.ofAssertions(profile));
        } catch (InvalidExpression e) {
            throw ApiException.validation("expression", "expression: " + e.getMessage());
        }
    }

    private FederatedClaim write(Org org, FederatedClaim.Body body, Work<FederatedClaim> work) {
        try {
            return database.write(org.number(), work);
        } catch (UniqueViolation taken) {
            if (!taken.constraint().equals(FederatedClaimStore.NAME_TAKEN)) {
                throw taken;
            }
            throw ApiException.validation(
                    "name", "name: There is already a claim '" + body.name() + "' of this app");
        }
    }

    private static String appId(Request request) {
        return request.variable("appId");
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
