package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
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
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.directory.realms.RealmAssignment.Status;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.SchemaSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The tag RealmAssignment, but for the runs. Changes in an org come one after the other, together
 * with those of its realms. Thread-safe.
 */
public final class RealmAssignments implements Family {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final OrgSchemas schemas;
    private final RealmRules rules;
    private final RealmAssignmentList list;
    private final RealmAssignmentStore store = new RealmAssignmentStore();

    /** Assignments whose expressions are of these schemas. */
    public RealmAssignments(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            OrgSchemas schemas) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.schemas = schemas;
        this.rules = new RealmRules(store);
        this.list = new RealmAssignmentList(database, store);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listRealmAssignments", list::list).answersMany(RealmAssignment.SCHEMA),
                Binding.of("createRealmAssignment", this::create)
                        .takes(RealmRule.Body.SHAPE)
                        .answers(RealmAssignment.SCHEMA),
                Binding.of("getRealmAssignment", list::get).answers(RealmAssignment.SCHEMA),
                Binding.of("replaceRealmAssignment", this::replace)
                        .takes(RealmRule.Body.SHAPE)
                        .answers(RealmAssignment.SCHEMA),
                Binding.of("deleteRealmAssignment", this::delete),
                Binding.of("activateRealmAssignment", request -> move(request, Status.ACTIVE)),
                Binding.of("deactivateRealmAssignment", request -> move(request, Status.INACTIVE)));
    }

    private Reply create(Request request) {
        Org org = request.org();
        RealmRule.Body body = request.body(RealmRule.Body.SHAPE);
        SchemaSet known = schemas.of(org);
        Instant now = now();
        RealmAssignment made =
                write(
                        org,
                        tx -> {
                            RealmAssignment assignment =
                                    new RealmAssignment(
                                            ids.next(RealmAssignment.PREFIX, org.tail(), now),
                                            Status.INACTIVE,
                                            rules.judged(tx, org, known, body),
                                            now,
                                            now);
                            store.save(tx, assignment);
                            conclude(tx, event("create", assignment));
                            return assignment;
                        });
        return list.answer(request, made, 201);
    }

    private Reply replace(Request request) {
        Org org = request.org();
        RealmRule.Body body = request.body(RealmRule.Body.SHAPE);
        SchemaSet known = schemas.of(org);
        RealmAssignment changed =
                write(
                        org,
                        tx -> {
                            RealmAssignment old = list.require(tx, request);
                            requireOwn(org, old);
                            RealmRule rule = rules.judged(tx, org, known, body, old);
                            return update(tx, old, assignment -> assignment.with(rule, now()));
                        });
        return list.answer(request, changed, 200);
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    private Reply move(Request request, Status to) {
        Org org = request.org();
        write(
                org,
                tx -> {
                    RealmAssignment old = list.require(tx, request);
                    requireOwn(org, old);
                    return update(tx, old, assignment -> assignment.in(to, now()));
                });
        return Reply.noContent();
    }

    private RealmAssignment update(
            Tx tx, RealmAssignment old, UnaryOperator<RealmAssignment> change) {
        RealmAssignment changed = change.apply(old);
        if (changed.rule().equals(old.rule()) && changed.status() == old.status()) {
            return old;
        }
        store.save(tx, changed);
        conclude(tx, updated(old, changed));
        return changed;
    }

    private Reply delete(Request request) {
        Org org = request.org();
        write(
                org,
                tx -> {
                    RealmAssignment assignment = list.require(tx, request);
                    requireOwn(org, assignment);
                    store.delete(tx, assignment.id());
                    conclude(tx, event("delete", assignment));
                    return assignment;
                });
        return Reply.noContent();
    }

    private static void requireOwn(Org org, RealmAssignment assignment) {
        if (assignment.isCatchAll(org)) {
            throw ApiException.validation(
                    "realmAssignment",
                    "The default realm assignment cannot be changed or deleted.");
        }
    }

    private RealmAssignment write(Org org, Work<RealmAssignment> work) {
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    return work.run(tx);
                });
    }

    /** The last act of a change: its event, and the word to all nodes. */
    private static void conclude(Tx tx, Event event) {
        tx.emit(event);
        ConfigVersionStore.raise(tx, ConfigArea.REALMS);
    }

    private Event event(String step, RealmAssignment assignment) {
        return events.event("directory.realm.assignment." + step).target(assignment.target());
    }

    /** With what it was before (event types, {@code RealmAssignmentUpdateDebugData}). */
    private Event updated(RealmAssignment old, RealmAssignment changed) {
        RealmRule was = old.rule();
        Event event =
                event("update", changed)
                        .debug("previous_assignment_priority", String.valueOf(was.priority()))
                        .debug("previous_assignment_status", old.status().name())
                        .debug("previous_target_realm_id", was.realmId());
        if (was.profileSourceId() != null) {
            event = event.debug("previous_assignment_profile_source", was.profileSourceId());
        }
        return was.expression() == null
                ? event
                : event.debug("previous_assignment_expression", was.expression());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
