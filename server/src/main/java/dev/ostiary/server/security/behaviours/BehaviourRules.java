package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The tag Behavior. Each change begins by raising the version of the org's behaviours, which leaves
 * it alone in the org until it commits: so names stay unique. Thread-safe.
 */
public final class BehaviourRules implements Family {

    private static final Limits LIMITS = Limits.refusing(10, 200);

    private static final String CREATED = "security.behavior.settings.create";
    private static final String UPDATED = "security.behavior.settings.update";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final BehaviourStore store = new BehaviourStore();

    public BehaviourRules(Database database, Ids ids, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listBehaviorDetectionRules", this::list).answersMany(Behaviour.SCHEMA),
                Binding.of("createBehaviorDetectionRule", this::create)
                        .takes(BehaviourBody.SCHEMA)
                        .answers(Behaviour.SCHEMA),
                Binding.of("getBehaviorDetectionRule", this::get).answers(Behaviour.SCHEMA),
                Binding.of("replaceBehaviorDetectionRule", this::replace)
                        .takes(BehaviourBody.SCHEMA)
                        .answers(Behaviour.SCHEMA),
                Binding.of("deleteBehaviorDetectionRule", this::delete),
                Binding.of("activateBehaviorDetectionRule", request -> move(request, true))
                        .answers(Behaviour.SCHEMA),
                Binding.of("deactivateBehaviorDetectionRule", request -> move(request, false))
                        .answers(Behaviour.SCHEMA));
    }

    private Reply list(Request request) {
        Org org = request.org();
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        List<Behaviour> rest =
                database.read(org.number(), reader -> store.all(reader, org)).stream()
                        .filter(
                                each ->
                                        asked.after()
                                                .map(name -> each.name().compareTo(name) > 0)
                                                .orElse(true))
                        .toList();
        List<Behaviour> items = rest.subList(0, Math.min(asked.limit(), rest.size()));
        Optional<String> next =
                items.size() < rest.size() ? Optional.of(items.getLast().name()) : Optional.empty();
        Page<Behaviour> page = new Page<>(items, next);
        return Reply.list(
                        page.items(),
                        (each, out) -> each.write(out, request.baseUrl(), strict(request)))
                .with(request.links(page, asked.limit(), LinkPolicy.IF_MORE));
    }

    /** Whatever status a client names: the original makes active ones only. */
    private Reply create(Request request) {
        Org org = request.org();
        BehaviourBody body = BehaviourBody.of(request.object());
        Instant now = now();
        Behaviour made =
                new Behaviour(
                        ids.next("bhv", org.tail(), now),
                        body.name(),
                        true,
                        body.measure(),
                        now,
                        now);
        return answer(
                request,
                change(
                        org,
                        tx -> {
                            room(tx, org);
                            free(tx, org, made);
                            return write(tx, CREATED, made);
                        }));
    }

    private Reply get(Request request) {
        Org org = request.org();
        String id = request.variable("behaviorId");
        return answer(
                request,
                database.read(org.number(), reader -> store.find(reader, org, id))
                        .orElseThrow(() -> unknown(id)));
    }

    /** The same again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        Org org = request.org();
        BehaviourBody body = BehaviourBody.of(request.object());
        return answer(
                request,
                change(
                        org,
                        tx -> {
                            Behaviour old = require(tx, request);
                            if (old.measure().kind() != body.measure().kind()) {
                                throw ApiException.validation(
                                        "type", "type: The type of a behavior cannot be changed");
                            }
                            Behaviour changed =
                                    old.with(
                                            body.name(),
                                            body.active().orElse(old.active()),
                                            body.measure(),
                                            now());
                            if (changed.same(old)) {
                                return old;
                            }
                            free(tx, org, changed);
                            return write(tx, UPDATED, changed);
                        }));
    }

    private Reply move(Request request, boolean active) {
        return answer(
                request,
                change(
                        request.org(),
                        tx -> {
                            Behaviour old = require(tx, request);
                            return old.active() == active
                                    ? old
                                    : write(tx, UPDATED, old.active(active, now()));
                        }));
    }

    private Reply delete(Request request) {
        Org org = request.org();
        change(
                org,
                tx -> {
                    Behaviour old = require(tx, request);
                    store.delete(tx, org, old);
                    tx.emit(events.event("security.behavior.settings.delete").target(old.target()));
                    return old;
                });
        return Reply.noContent();
    }

    private Behaviour change(Org org, Work<Behaviour> work) {
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.raise(tx, ConfigArea.BEHAVIOURS);
                    return work.run(tx);
                });
    }

    private Behaviour require(Tx tx, Request request) {
        String id = request.variable("behaviorId");
        return store.find(tx, request.org(), id).orElseThrow(() -> unknown(id));
    }

    private Behaviour write(Tx tx, String event, Behaviour changed) {
        store.save(tx, changed);
        tx.emit(events.event(event).target(changed.target()));
        return changed;
    }

    private void room(Tx tx, Org org) {
        if (store.all(tx, org).size() >= BehaviourStore.MOST) {
            throw ApiException.validation(
                    "behavior", "An org has at most " + BehaviourStore.MOST + " behaviors.");
        }
    }

    private void free(Tx tx, Org org, Behaviour behaviour) {
        String folded = CaseFold.fold(behaviour.name());
        boolean taken =
                store.all(tx, org).stream()
                        .anyMatch(
                                other ->
                                        !other.id().equals(behaviour.id())
                                                && CaseFold.fold(other.name()).equals(folded));
        if (taken) {
            throw ApiException.validation(
                    "name",
                    "name: An object with this field already exists in the current organization");
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean strict(Request request) {
        return request.org().settings().strict();
    }

    private static Reply answer(Request request, Behaviour behaviour) {
        return Reply.ok(out -> behaviour.write(out, request.baseUrl(), strict(request)));
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, "BehaviorSettings");
    }
}
