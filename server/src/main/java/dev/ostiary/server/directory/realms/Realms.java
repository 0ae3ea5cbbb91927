package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.ForeignKeyViolation;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The tag Realm. Changes in an org come one after the other: each begins by holding the org's row.
 * Thread-safe.
 */
public final class Realms implements Family {

    /** With the default one (help, "Requirements and limitations"). */
    static final int MOST = 5000;

    private static final String CANNOT_GO = "E0000178";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final RealmEvents events;
    private final RealmList list;
    private final RealmStore store = new RealmStore();
    private final RealmAssignmentStore assignments = new RealmAssignmentStore();

    /** Realms in this database. */
    public Realms(Database database, Ids ids, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = new RealmEvents(events);
        this.list = new RealmList(database);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listRealms", list::list).answersMany(Realm.SCHEMA),
                Binding.of("createRealm", this::create).takes(Body.SHAPE).answers(Realm.SCHEMA),
                Binding.of("getRealm", this::get).answers(Realm.SCHEMA),
                Binding.of("replaceRealm", this::replace).takes(Body.SHAPE).answers(Realm.SCHEMA),
                Binding.of("deleteRealm", this::delete));
    }

    private record Body(RealmProfile profile) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("realm");
            Field<Body, RealmProfile> profile =
                    shape.field("profile", Type.nested(RealmProfile.SHAPE), Body::profile)
                            .required();
            return shape.build(in -> new Body(in.get(profile)));
        }
    }

    private Reply create(Request request) {
        Org org = request.org();
        RealmProfile profile = request.body(Body.SHAPE).profile();
        Instant now = now();
        Realm realm = new Realm(ids.next(Realm.PREFIX, org.tail(), now), profile, now, now);
        write(
                org,
                tx -> {
                    requireRoom(tx, org);
                    save(tx, org, realm);
                    conclude(tx, events.created(org, realm));
                    return realm;
                });
        return answer(request, realm);
    }

    private void requireRoom(Tx tx, Org org) {
        if (store.count(tx, org) >= MOST) {
            throw ApiException.of("E0000221", MOST);
        }
    }

    /** The name of a default realm that has no row is taken all the same. */
    private void save(Tx tx, Org org, Realm realm) {
        if (!realm.isDefault(org)
                && realm.profile().name().equalsIgnoreCase(Realm.DEFAULT_NAME)
                && store.find(tx, org, Realm.defaultId(org))
                        .filter(other -> other.profile().name().equals(Realm.DEFAULT_NAME))
                        .isPresent()) {
            throw nameTaken();
        }
        store.save(tx, realm);
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                        request.org().number(),
                        reader ->
                                store.find(reader, request.org(), id(request))
                                        .orElseThrow(() -> unknown(request))));
    }

    private Reply replace(Request request) {
        Org org = request.org();
        RealmProfile profile = request.body(Body.SHAPE).profile();
        return answer(
                request,
                write(
                        org,
                        tx -> {
                            Realm old = require(tx, request);
                            if (profile.equals(old.profile())) {
                                return old;
                            }
                            requireType(org, old, profile);
                            Realm changed = old.with(profile, now());
                            save(tx, org, changed);
                            conclude(tx, events.updated(org, old, changed));
                            return changed;
                        }));
    }

    private static void requireType(Org org, Realm old, RealmProfile profile) {
        if (old.isDefault(org) && profile.type() != RealmType.DEFAULT) {
            throw ApiException.validation(
                    "realmType", "profile.realmType: The default realm is of the type DEFAULT");
        }
    }

    private Reply delete(Request request) {
        Org org = request.org();
        write(
                org,
                tx -> {
                    Realm realm = require(tx, request);
                    if (realm.isDefault(org)) {
                        throw ApiException.of(CANNOT_GO, "It is the default realm.");
                    }
                    if (isTarget(tx, realm)) {
                        throw ApiException.of(CANNOT_GO, "Realm assignments lead to it.");
                    }
                    store.delete(tx, realm.id());
                    conclude(tx, events.deleted(org, realm));
                    return realm;
                });
        return Reply.noContent();
    }

    private boolean isTarget(Tx tx, Realm realm) {
        return assignments.made(tx).stream()
                .anyMatch(assignment -> assignment.rule().realmId().equals(realm.id()));
    }

    private Realm write(Org org, Work<Realm> work) {
        try {
            return database.write(
                    org.number(),
                    tx -> {
                        ConfigVersionStore.hold(tx);
                        return work.run(tx);
                    });
        } catch (UniqueViolation taken) {
            throw taken.constraint().equals(RealmStore.NAME_IS_TAKEN) ? nameTaken() : taken;
        } catch (ForeignKeyViolation left) {
            throw left.constraint().equals(RealmStore.HAS_USERS)
                    ? ApiException.of(CANNOT_GO, "There are users in it.")
                    : left;
        }
    }

    /** The last act of a change: its event, and the word to all nodes. */
    private static void conclude(Tx tx, Event event) {
        tx.emit(event);
        ConfigVersionStore.raise(tx, ConfigArea.REALMS);
    }

    private static ApiException nameTaken() {
        return ApiException.validation(
                "name",
                "name: An object with this field already exists in the current organization");
    }

    private Realm require(Tx tx, Request request) {
        return store.find(tx, request.org(), id(request)).orElseThrow(() -> unknown(request));
    }

    private static String id(Request request) {
        return request.variable("realmId");
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(id(request), Realm.TYPE);
    }

    private static Reply answer(Request request, Realm realm) {
        return Reply.ok(out -> realm.write(out, request.org(), request.baseUrl()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
