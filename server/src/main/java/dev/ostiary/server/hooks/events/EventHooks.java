package dev.ostiary.server.hooks.events;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Feed;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.hooks.channel.HookSecrets;
import dev.ostiary.server.hooks.events.EventHook.Listing;
import dev.ostiary.server.hooks.events.EventHookStore.Kept;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tag EventHook. Thread-safe. */
public final class EventHooks implements Family {

    /** Published on the page about event hooks. */
    private static final int MOST_RECEIVING = 25;

    private static final int MOST = 100;
    private static final String ID = "eventHookId";

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final HookSecrets secrets;
    private final Verification verification;
    private final Feed feed;
    private final EventHookStore store = new EventHookStore();
    private final EligibleEvents eligible = EligibleEvents.load();

    public EventHooks(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            HookSecrets secrets,
            Verification verification) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.secrets = secrets;
        this.verification = verification;
        this.feed = new Feed(database);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listEventHooks", this::list).answersMany(EventHook.SCHEMA),
                Binding.of("createEventHook", this::create)
                        .takes(EventHookBody.SHAPE)
                        .answers(EventHook.SCHEMA),
                Binding.of("getEventHook", this::get).answers(EventHook.SCHEMA),
                Binding.of("replaceEventHook", this::replace)
                        .takes(EventHookBody.SHAPE)
                        .answers(EventHook.SCHEMA),
                Binding.of("deleteEventHook", this::delete),
                Binding.of("activateEventHook", request -> move(request, true))
                        .answers(EventHook.SCHEMA),
                Binding.of("deactivateEventHook", request -> move(request, false))
                        .answers(EventHook.SCHEMA),
                Binding.of("verifyEventHook", this::verify).answers(EventHook.SCHEMA));
    }

    private Reply list(Request request) {
        List<EventHook> hooks =
                database.read(request.org().number(), reader -> store.all(reader, MOST));
        return Reply.list(hooks, (hook, out) -> hook.write(out, request.baseUrl()));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Listing listing = EventHookBody.read(request.object(), eligible);
        Instant now = now();
        EventHook hook =
                new EventHook(
                        ids.next("who", org.tail(), now),
                        listing.withoutSecret(),
                        true,
                        false,
                        RequestContext.current().actor().id(),
                        now,
                        now);
        Kept kept = new Kept(hook, sealed(org, hook.id(), listing), source(request, hook.id()));
        requireSecret(kept);
        database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    if (store.count(tx) >= MOST) {
                        throw ApiException.validation(
                                "eventHook", "An org has at most " + MOST + " event hooks.");
                    }
                    store.insert(tx, kept);
                    tx.emit(events.event("event_hook.created").target(hook.target()));
                    return hook;
                });
        return answer(request, hook);
    }

    private Reply get(Request request) {
        return answer(request, found(request).hook());
    }

    /**
     * A channel that is another has to be verified again, also where only the secret is. The same
     * again is no change, unless a secret is said.
     */
    private Reply replace(Request request) {
        Org org = request.org();
        Listing listing = EventHookBody.read(request.object(), eligible);
        EventHook changed =
                database.write(
                        org.number(),
                        tx -> {
                            Kept old = require(tx, request);
                            Optional<byte[]> secret = sealed(org, old.hook().id(), listing);
                            Listing before = old.hook().listing();
                            boolean keeps =
                                    secret.isEmpty()
                                            && listing.channel().sameAuth(before.channel());
                            if (keeps && listing.withoutSecret().equals(before)
                                    || secret.isEmpty() && listing.equals(before)) {
                                return old.hook();
                            }
                            boolean sameChannel =
                                    secret.isEmpty()
                                            && listing.channel()
                                                    .withoutSecret()
                                                    .equals(before.channel());
                            EventHook hook =
                                    old.hook()
                                            .with(
                                                    listing,
                                                    old.hook().verified() && sameChannel,
                                                    now());
                            Kept now =
                                    new Kept(
                                            hook,
                                            keeps ? old.secret() : secret,
                                            source(request, hook.id()));
                            requireSecret(now);
                            store.update(tx, now);
                            tx.emit(events.event("event_hook.updated").target(hook.target()));
                            return hook;
                        });
        return answer(request, changed);
    }

    private Reply move(Request request, boolean active) {
        long last = feed.last(request.org().number());
        String event = active ? "event_hook.activated" : "event_hook.deactivated";
        EventHook moved =
                database.write(
                        request.org().number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Kept old = require(tx, request);
                            if (old.hook().active() == active) {
                                return old.hook();
                            }
                            EventHook hook = old.hook().active(active, now());
                            update(tx, old, hook, last);
                            tx.emit(events.event(event).target(hook.target()));
                            return hook;
                        });
        return answer(request, moved);
    }

    /** Asks the receiver first, and keeps what it proved if its channel is still the same. */
    private Reply verify(Request request) {
        Org org = request.org();
        Kept asked = found(request);
        @Nullable String failure = verification.failure(org, asked).orElse(null);
        long last = feed.last(org.number());
        EventHook verified =
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Kept now = require(tx, request);
                            EventHook hook = now.hook();
                            if (failure == null && sameChannel(asked, now) && !hook.verified()) {
                                hook = hook.verified(now());
                                update(tx, now, hook, last);
                            }
                            tx.emit(
                                    events.event("event_hook.verified")
                                            .target(hook.target())
                                            .outcome(
                                                    failure == null
                                                            ? Outcome.success()
                                                            : Outcome.failure(failure)));
                            return hook;
                        });
        if (failure != null) {
            throw ApiException.validation(
                    "eventHook", "The event hook was not verified: " + failure);
        }
        return answer(request, verified);
    }

    private static boolean sameChannel(Kept asked, Kept now) {
        return asked.hook().listing().channel().equals(now.hook().listing().channel())
                && Arrays.equals(asked.secret().orElse(null), now.secret().orElse(null));
    }

    /** Writes a hook; one that begins to receive does so with the next event. */
    private void update(Tx tx, Kept old, EventHook hook, long last) {
        if (hook.receives() && store.othersThatReceive(tx, hook.id()) >= MOST_RECEIVING) {
            throw ApiException.validation(
                    "eventHook",
                    "An org has at most "
                            + MOST_RECEIVING
                            + " event hooks that are active and verified.");
        }
        if (hook.receives()) {
            store.begin(tx, hook.id(), last, hook.lastUpdated());
        }
        store.update(tx, new Kept(hook, old.secret(), old.source()));
    }

    private Reply delete(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    EventHook hook = require(tx, request).hook();
                    if (hook.active()) {
                        throw ApiException.of("E0000107")
                                .because("The event hook must be deactivated before deletion.");
                    }
                    store.delete(tx, hook.id());
                    tx.emit(events.event("event_hook.deleted").target(hook.target()));
                    return hook;
                });
        return Reply.noContent();
    }

    private Kept found(Request request) {
        String id = request.variable(ID);
        return database.read(request.org().number(), reader -> store.find(reader, id))
                .orElseThrow(() -> unknown(id));
    }

    private Kept require(Tx tx, Request request) {
        String id = request.variable(ID);
        return store.lock(tx, id).orElseThrow(() -> unknown(id));
    }

    private Optional<byte[]> sealed(Org org, String id, Listing listing) {
        return Optional.ofNullable(listing.channel().secret())
                .map(secret -> secrets.seal(org.number(), id, secret));
    }

    private static void requireSecret(Kept kept) {
        if (kept.hook().listing().channel().auth() != null && kept.secret().isEmpty()) {
            throw ApiException.validation(
                    "value", "channel.config.authScheme.value: The field cannot be left blank");
        }
    }

    private static String source(Request request, String id) {
        return request.url("/api/v1/eventHooks/" + id);
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Reply answer(Request request, EventHook hook) {
        return Reply.ok(out -> hook.write(out, request.baseUrl()));
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound(id, "Webhook");
    }
}
