package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.trust.CrossAppConnection.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tag ApplicationCrossAppAccessConnections. Thread-safe. */
public final class CrossAppConnections implements Family {

    /** The most that a page holds, and the page that -1 asks for. */
    private static final int MOST = 200;

    private static final Pattern NUMBER = Pattern.compile("-1|[0-9]{1,9}");
    private static final String WORDS = "must be one of [ACTIVE, INACTIVE]";
    private static final int LONGEST_NAME = 255;

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final AppStore apps;
    private final EventCatalogue events;
    private final CrossAppConnectionStore store = new CrossAppConnectionStore();

    public CrossAppConnections(
            Database database, Ids ids, InstantSource time, AppStore apps, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.apps = apps;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getAllCrossAppAccessConnections", this::list)
                        .answersMany(CrossAppConnection.SCHEMA),
                Binding.of("createCrossAppAccessConnection", this::create)
                        .takes(Body.SHAPE)
                        .answers(CrossAppConnection.SCHEMA),
                Binding.of("getCrossAppAccessConnection", this::get)
                        .answers(CrossAppConnection.SCHEMA),
                Binding.of("updateCrossAppAccessConnection", this::update)
                        .takes(Change.SHAPE)
                        .answers(CrossAppConnection.SCHEMA),
                Binding.of("deleteCrossAppAccessConnection", this::delete));
    }

    private record Body(String requestingId, String resourceId, Optional<String> status) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("connection");
            Field<Body, String> requesting =
                    shape.field("requestingAppInstanceId", Type.TEXT, Body::requestingId)
                            .required();
            Field<Body, String> resource =
                    shape.field("resourceAppInstanceId", Type.TEXT, Body::resourceId).required();
            Field<Body, String> status =
                    shape.field("status", Type.TEXT, (Body body) -> body.status().orElse(null))
                            .must(CrossAppConnections::isStatus, WORDS);
            return shape.build(
                    in -> new Body(in.get(requesting), in.get(resource), in.find(status)));
        }
    }

    private record Change(String status) {

        private static final Shape<Change> SHAPE = shape();

        private static Shape<Change> shape() {
            Shape.Builder<Change> shape = Shape.of("connection");
            Field<Change, String> status =
                    shape.field("status", Type.TEXT, Change::status)
                            .must(CrossAppConnections::isStatus, WORDS)
                            .required();
            return shape.build(in -> new Change(in.get(status)));
        }
    }

    private static boolean isStatus(String text) {
        return Arrays.stream(Status.values()).anyMatch(each -> each.name().equals(text));
    }

    /** A limit of 0 asks for nothing, -1 for all that a page can hold. */
    private Reply list(Request request) {
        Org org = request.org();
        Query query = request.query();
        int limit = limit(query);
        Sql filter = filter(query);
        Page<CrossAppConnection> page =
                database.read(
                        org.number(),
                        reader -> {
                            App app = apps.require(reader, org, request.variable("appId"));
                            return limit == 0
                                    ? new Page<>(List.of(), Optional.empty())
                                    : store.page(
                                            reader,
                                            app.id(),
                                            filter,
                                            new PageRequest(
                                                    limit, query.text("after"), Optional.empty()));
                        });
        return Reply.list(page.items(), CrossAppConnection::write)
                .with(request.links(page, Math.max(limit, 1), LinkPolicy.SELF));
    }

    private static int limit(Query query) {
        String text = query.text("limit").orElse("-1");
        if (!NUMBER.matcher(text).matches()) {
            throw ApiException.validation("limit", "limit: must be an integer from -1");
        }
        int asked = Integer.parseInt(text);
        return asked < 0 ? MOST : Math.min(asked, MOST);
    }

    private static Sql filter(Query query) {
        Sql filter = Sql.of("TRUE");
        Optional<String> status = query.text("status");
        if (status.isPresent()) {
            if (!isStatus(status.get())) {
                throw ApiException.validation("status", "status: " + WORDS);
            }
            filter = filter.then("AND c.status = ?", status.get());
        }
        if (query.text("requestingAppId").isPresent()) {
            filter = filter.then("AND c.requesting_id = ?", id(query, "requestingAppId"));
        }
        if (query.text("resourceAppId").isPresent()) {
            filter = filter.then("AND c.resource_id = ?", id(query, "resourceAppId"));
        }
        if (query.flag("activeAppsOnly", false)) {
            filter = filter.then("AND q.status = 'ACTIVE' AND r.status = 'ACTIVE'");
        }
        if (query.text("requestingAppName").isPresent()) {
            filter =
                    filter.then(
                            "AND strpos(q.label_folded, ?) > 0", name(query, "requestingAppName"));
        }
        if (query.text("resourceAppName").isPresent()) {
            filter =
                    filter.then(
                            "AND strpos(r.label_folded, ?) > 0", name(query, "resourceAppName"));
        }
        return filter;
    }

    /** What cannot be an id is nobody's. */
    private static String id(Query query, String parameter) {
        return query.text(parameter).filter(Ids::isId).orElse("");
    }

    /** No label is longer, and none has what the database cannot hold. */
    private static String name(Query query, String parameter) {
        String text = query.text(parameter).orElse("");
        if (text.length() > LONGEST_NAME || text.indexOf('\0') >= 0) {
            throw ApiException.validation(
                    parameter, parameter + ": must be at most " + LONGEST_NAME + " characters");
        }
        return CaseFold.fold(text);
    }

    private Reply get(Request request) {
        Org org = request.org();
        CrossAppConnection found =
                database.read(
                        org.number(),
                        reader ->
                                store.require(
                                        reader,
                                        apps.require(reader, org, request.variable("appId")).id(),
                                        request.variable("connectionId")));
        return Reply.ok(found::write);
    }

    private Reply create(Request request) {
        Body body = request.body(Body.SHAPE);
        try {
            CrossAppConnection made =
                    database.write(request.org().number(), tx -> create(tx, request, body));
            return Reply.json(201, made::write);
        } catch (UniqueViolation e) {
            if (!e.constraint().equals(CrossAppConnectionStore.CONNECTED)) {
                throw e;
            }
            throw refused("The two apps are connected already.");
        }
    }

    private CrossAppConnection create(Tx tx, Request request, Body body) {
        Org org = request.org();
        App app = apps.held(tx, org, request.variable("appId"), AppStore.Lock.STAYS);
        if (!app.id().equals(body.requestingId()) && !app.id().equals(body.resourceId())) {
            throw refused("The app is neither the requesting nor the resource app.");
        }
        if (body.requestingId().equals(body.resourceId())) {
            throw refused("An app cannot be connected to itself.");
        }
        App requesting = known(tx, org, body.requestingId(), "requestingAppInstanceId");
        App resource = known(tx, org, body.resourceId(), "resourceAppInstanceId");
        Instant now = now();
        CrossAppConnection made =
                new CrossAppConnection(
                        ids.next(CrossAppConnection.PREFIX, org.tail(), now),
                        requesting.id(),
                        resource.id(),
                        body.status().map(Status::valueOf).orElse(Status.ACTIVE),
                        now,
                        now);
        store.insert(tx, made);
        tx.emit(
                events.event("app.cross_app_access.connection.create")
                        .target(made.target())
                        .target(requesting.target())
                        .target(resource.target()));
        return made;
    }

    private App known(Tx tx, Org org, String id, String field) {
        App app =
                apps.find(tx, org, id)
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                field, field + ": The app does not exist"));
        return apps.held(tx, org, app.id(), AppStore.Lock.STAYS);
    }

    private static ApiException refused(String why) {
        return ApiException.validation("connection", why);
    }

    /** The same status again is no change. */
    private Reply update(Request request) {
        Status wanted = Status.valueOf(request.body(Change.SHAPE).status());
        CrossAppConnection changed =
                database.write(
                        request.org().number(),
                        tx -> {
                            CrossAppConnection before = locked(tx, request);
                            if (before.status() == wanted) {
                                return before;
                            }
                            CrossAppConnection after = before.in(wanted, now());
                            store.update(tx, after);
                            tx.emit(
                                    events.event("app.cross_app_access.connection.update")
                                            .target(
                                                    after.target()
                                                            .changed(
                                                                    status(before),
                                                                    status(after))));
                            return after;
                        });
        return Reply.ok(changed::write);
    }

    private static Map<String, String> status(CrossAppConnection connection) {
        return Map.of("status", connection.status().name());
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    CrossAppConnection connection = locked(tx, request);
                    store.delete(tx, connection);
                    tx.emit(
                            events.event("app.cross_app_access.connection.delete")
                                    .target(connection.target()));
                    return connection;
                });
        return Reply.noContent();
    }

    private CrossAppConnection locked(Tx tx, Request request) {
        App app = apps.held(tx, request.org(), request.variable("appId"), AppStore.Lock.STAYS);
        return store.lock(tx, app.id(), request.variable("connectionId"));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
