package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.SourceUserStore;
import dev.ostiary.server.identitysources.Load.Kind;
import dev.ostiary.server.identitysources.Session.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The tag IdentitySource, as far as it is about sessions and what is loaded into them. What was
 * loaded is done by {@link SourceRuns}. Thread-safe.
 */
public final class ImportSessions implements Family {

    /** The most requests that load into one session (guide, "Bulk-load requests"). */
    static final int MOST_LOADS = 50;

    /** So long an active session keeps another from beginning (guide, "Errors are thrown"). */
    private static final Duration ALONE = Duration.ofMinutes(5);

    private static final String SESSION_ID = "sessionId";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final Feeds feeds;
    private final SourceRuns runs;
    private final Sources sources;
    private final SourceUserStore users = new SourceUserStore();
    private final SessionStore store = new SessionStore();

    /** Sessions whose imports somebody else does. */
    public ImportSessions(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            AppStore apps,
            Feeds feeds,
            SourceRuns runs) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.sources = new Sources(apps);
        this.feeds = feeds;
        this.runs = runs;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listIdentitySourceSessions", this::list).answersMany(Session.SCHEMA),
                Binding.of("createIdentitySourceSession", this::create).answers(Session.SCHEMA),
                Binding.of("getIdentitySourceSession", this::get).answers(Session.SCHEMA),
                Binding.of("deleteIdentitySourceSession", this::cancel),
                loading("uploadIdentitySourceDataForUpsert", Kind.USERS),
                loading("uploadIdentitySourceDataForDelete", Kind.USERS_GONE),
                loading("uploadIdentitySourceGroupsForUpsert", Kind.GROUPS),
                loading("uploadIdentitySourceGroupsDataForDelete", Kind.GROUPS_GONE),
                loading("uploadIdentitySourceGroupMembershipsForUpsert", Kind.MEMBERS),
                loading("uploadIdentitySourceGroupMembershipsForDelete", Kind.MEMBERS_GONE),
                Binding.of("startImportFromIdentitySource", this::start).answers(Session.SCHEMA));
    }

    private Binding loading(String operationId, Kind kind) {
        return Binding.of(operationId, request -> load(request, kind)).takes(LoadBody.schema(kind));
    }

    private Reply list(Request request) {
        Instant now = now();
        List<Session> sessions =
                database.read(
                        request.org().number(),
                        reader -> store.list(reader, sources.require(reader, request).id()));
        return Reply.list(sessions, (session, out) -> session.at(now).write(out));
    }

    private Reply get(Request request) {
        Session session =
                database.read(request.org().number(), reader -> find(reader, request).at(now()));
        return Reply.ok(session::write);
    }

    private Session find(Reader reader, Request request) {
        return store.require(
                reader, sources.require(reader, request).id(), request.variable(SESSION_ID));
    }

    /** The app is held, so that of two who begin a session at once the second sees the first. */
    private Reply create(Request request) {
        Org org = request.org();
        Session made =
                database.write(
                        org.number(),
                        tx -> {
                            App source = sources.active(tx, request, AppStore.Lock.ALONE);
                            Instant now = now();
                            store.list(tx, source.id())
                                    .forEach(each -> requireRoom(each.at(now), now));
                            Session session =
                                    Session.begun(
                                            ids.next(Session.PREFIX, org.tail(), now),
                                            source.id(),
                                            ids.requestId(),
                                            now);
                            store.insert(tx, session);
                            tx.emit(event("system.import.session.created", session, source));
                            return session;
                        });
        return Reply.ok(made::write);
    }

    private static void requireRoom(Session other, Instant now) {
        boolean young = other.lastUpdated().plus(ALONE).isAfter(now);
        if (other.status() == Status.CREATED || (other.status().isActive() && young)) {
            throw ApiException.validation(
                    "identitySourceId",
                    "The session '"
                            + other.id()
                            + "' of the identity source is still active: "
                            + other.status());
        }
    }

    /** What was loaded is forgotten. */
    private Reply cancel(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    App source = sources.require(tx, request);
                    Session session = locked(tx, request, source);
                    if (!session.status().isOpen()) {
                        throw refused(
                                "Only a session that is in CREATED or IN_PROGRESS status can be"
                                        + " canceled.");
                    }
                    Session closed = session.in(Status.CLOSED, now());
                    store.update(tx, closed);
                    store.forget(tx, closed);
                    tx.emit(event("system.import.session.cancelled", closed, source));
                    return closed;
                });
        return Reply.noContent();
    }

    private Reply load(Request request, Kind kind) {
        Org org = request.org();
        Load load =
                LoadBody.read(
                        request,
                        kind,
                        new EntityBody(
                                database.read(
                                        org.number(),
                                        reader ->
                                                feeds.users()
                                                        .schema(
                                                                reader,
                                                                sources.require(
                                                                        reader, request)))));
        database.write(org.number(), tx -> load(tx, request, load));
        return Reply.empty(202);
    }

    /**
     * A first request that deletes nobody whom the source knows loads nothing (guide, "Errors are
     * thrown"): the session stays as it was.
     */
    private Session load(Tx tx, Request request, Load load) {
        App source = sources.active(tx, request);
        Session session = locked(tx, request, source);
        if (!session.status().isOpen()) {
            throw refused(
                    "Data can only be uploaded to a session that is in CREATED or IN_PROGRESS"
                            + " status.");
        }
        if (session.loads() == MOST_LOADS) {
            throw refused("A session takes at most " + MOST_LOADS + " requests with data.");
        }
        if (session.loads() == 0
                && load instanceof Load.UsersGone(List<String> gone)
                && users.byExternalIds(tx, source.id(), gone).isEmpty()) {
            return session;
        }
        Session loaded = session.loaded(now());
        store.update(tx, loaded);
        store.load(tx, loaded, load);
        tx.emit(event(load.kind().event(), loaded, source));
        return loaded;
    }

    private Reply start(Request request) {
        Session started =
                database.write(
                        request.org().number(),
                        tx -> {
                            App source = sources.active(tx, request);
                            Session session = locked(tx, request, source);
                            if (session.status() != Status.IN_PROGRESS) {
                                throw refused(
                                        "Only a session that is in IN_PROGRESS status can be"
                                                + " triggered.");
                            }
                            Session triggered = session.in(Status.TRIGGERED, now());
                            store.update(tx, triggered);
                            tx.emit(event("system.import.session.triggered", triggered, source));
                            tx.afterCommit(runs::wake);
                            return triggered;
                        });
        return Reply.ok(started::write);
    }

    private Session locked(Tx tx, Request request, App source) {
        return store.lock(tx, source.id(), request.variable(SESSION_ID)).at(now());
    }

    private static ApiException refused(String why) {
        return ApiException.validation(Session.SUBJECT, why);
    }

    private Event event(String type, Session session, App source) {
        return events.event(type).target(session.target()).target(source.target());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
