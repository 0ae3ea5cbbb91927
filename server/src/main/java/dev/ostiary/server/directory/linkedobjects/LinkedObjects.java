package dev.ostiary.server.directory.linkedobjects;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tag LinkedObject: which relations there are in an org. Thread-safe. */
public final class LinkedObjects implements Family {

    /** Linked Objects API, "Link definition operations". */
    private static final int MOST = 200;

    private static final String TYPE = "LinkedObjectProperty";

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final LinkedObjectStore store = new LinkedObjectStore();

    public LinkedObjects(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.time = time;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return Stream.of("", "Default").flatMap(this::bindings).toList();
    }

    /**
     * The paths with {@code /default} are deprecated and do the same (Linked Objects API,
     * "Deprecated operations").
     */
    private Stream<Binding> bindings(String which) {
        return Stream.of(
                Binding.of("list" + which + "LinkedObjectDefinitions", this::list)
                        .answersMany(LinkedObject.SCHEMA),
                Binding.of("create" + which + "LinkedObjectDefinition", this::create)
                        .takes(LinkedObject.SHAPE)
                        .answers(LinkedObject.SCHEMA),
                Binding.of("get" + which + "LinkedObjectDefinition", this::get)
                        .answers(LinkedObject.SCHEMA),
                Binding.of("delete" + which + "LinkedObjectDefinition", this::delete));
    }

    private Reply list(Request request) {
        List<LinkedObject> all = database.read(request.org().number(), store::all);
        Page<LinkedObject> whole = new Page<>(all, Optional.empty());
        return Reply.list(all, (object, out) -> object.write(out, request.baseUrl()))
                .with(request.links(whole, MOST, LinkPolicy.SELF));
    }

    private Reply create(Request request) {
        LinkedObject object = request.body(LinkedObject.SHAPE);
        database.write(request.org().number(), tx -> insert(tx, object));
        return Reply.json(201, out -> object.write(out, request.baseUrl()));
    }

    private LinkedObject insert(Tx tx, LinkedObject object) {
        List<LinkedObject> others = store.allAlone(tx);
        requireFree(object, others);
        if (others.size() >= MOST) {
            throw ApiException.validation(
                    "linkedObject", "An org can have at most " + MOST + " linked objects.");
        }
        store.insert(tx, object, time.instant().truncatedTo(ChronoUnit.MILLIS));
        tx.emit(events.event("directory.linked_object.create").target(object.target()));
        return object;
    }

    private static void requireFree(LinkedObject object, List<LinkedObject> others) {
        Set<String> names = new HashSet<>();
        others.forEach(
                other -> {
                    names.add(other.primary().name());
                    names.add(other.associated().name());
                });
        List<String> causes = new ArrayList<>();
        if (!names.add(object.primary().name())) {
            causes.add("Linked object identifier for primary is already in use.");
        }
        if (!names.add(object.associated().name())) {
            causes.add("Linked object identifier for associated is already in use.");
        }
        if (!causes.isEmpty()) {
            throw ApiException.of("E0000127", "Linked object identifier is already in use.")
                    .because(causes);
        }
    }

    private Reply get(Request request) {
        LinkedObject object =
                database.read(request.org().number(), reader -> store.byName(reader, name(request)))
                        .orElseThrow(() -> unknown(request));
        return Reply.ok(out -> object.write(out, request.baseUrl()));
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    LinkedObject object =
                            store.lock(tx, name(request)).orElseThrow(() -> unknown(request));
                    store.delete(tx, object);
                    tx.emit(events.event("directory.linked_object.delete").target(object.target()));
                    return object;
                });
        return Reply.noContent();
    }

    private static String name(Request request) {
        return request.variable("linkedObjectName");
    }

    private static ApiException unknown(Request request) {
        return ApiException.notFound(name(request), TYPE);
    }
}
