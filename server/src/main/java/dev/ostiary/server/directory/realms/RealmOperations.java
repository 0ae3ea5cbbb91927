package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Runs of assignments, as clients ask for them and see them (tag RealmAssignment). The work is done
 * by {@link RealmRuns}. Thread-safe.
 */
public final class RealmOperations implements Family {

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final RealmRuns runs;
    private final RealmOperationStore store = new RealmOperationStore();
    private final RealmAssignmentStore assignments = new RealmAssignmentStore();
    private final RealmStore realms = new RealmStore();

    /** Runs that somebody else does. */
    public RealmOperations(
            Database database, Ids ids, InstantSource time, EventCatalogue events, RealmRuns runs) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.runs = runs;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listRealmAssignmentOperations", this::list)
                        .answersMany(RealmOperation.SCHEMA),
                Binding.of("executeRealmAssignment", this::execute)
                        .takes(Body.SHAPE)
                        .answers(RealmOperation.SCHEMA));
    }

    private record Body(String assignmentId) {

        private static final Shape<Body> SHAPE = shape();

        private static Shape<Body> shape() {
            Shape.Builder<Body> shape = Shape.of("operation");
            Field<Body, String> id =
                    shape.field("assignmentId", Type.TEXT, Body::assignmentId).required();
            return shape.build(in -> new Body(in.get(id)));
        }
    }

    private Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<RealmOperation> page =
                database.read(request.org().number(), reader -> store.page(reader, asked));
        return Reply.list(page.items(), (operation, out) -> operation.write(out, request.baseUrl()))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    /** The log says who asked for it; what the run does then, it does by itself. */
    private Reply execute(Request request) {
        Org org = request.org();
        String wanted = request.body(Body.SHAPE).assignmentId();
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        RealmOperation operation =
                database.write(
                        org.number(),
                        tx -> {
                            RealmOperation scheduled =
                                    RealmOperation.scheduled(
                                            ids.next(RealmOperation.PREFIX, org.tail(), now),
                                            what(tx, org, wanted),
                                            now);
                            store.insert(tx, scheduled);
                            tx.emit(
                                    events.event("directory.realm.assignment.execution_started")
                                            .target(scheduled.target()));
                            tx.afterCommit(runs::wake);
                            return scheduled;
                        });
        return Reply.json(201, out -> operation.write(out, request.baseUrl()));
    }

    private RealmOperation.What what(Reader reader, Org org, String wanted) {
        String job = ids.requestId();
        if (wanted.equals(RealmOperation.ALL)) {
            return new RealmOperation.What(wanted, Optional.empty(), null, job);
        }
        RealmAssignment assignment =
                assignments
                        .find(reader, org, wanted)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "The realm assignment '"
                                                        + wanted
                                                        + "' does not exist"));
        if (!assignment.active()) {
            throw refused("The realm assignment is not active");
        }
        return new RealmOperation.What(
                wanted,
                Optional.of(assignment.rule()),
                realms.find(reader, org, assignment.rule().realmId())
                        .map(realm -> realm.profile().name())
                        .orElse(null),
                job);
    }

    private static ApiException refused(String why) {
        return ApiException.validation("assignmentId", "assignmentId: " + why);
    }
}
