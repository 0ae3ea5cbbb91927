package dev.ostiary.server.security.origins;

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
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.platform.store.Work;
import dev.ostiary.server.security.origins.TrustedOrigin.Listing;
import dev.ostiary.server.security.origins.TrustedOrigin.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tag TrustedOrigin, and the same for the operator, who has no API token. */
public final class TrustedOrigins implements Family {

    /** Which field is taken, by the unique index that says so. */
    private static final Map<String, String> TAKEN =
            Map.of("trusted_origin_name", "name", "trusted_origin_origin", "origin");

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final TrustedOriginStore store = new TrustedOriginStore();
    private final OriginList list;

    public TrustedOrigins(Database database, Ids ids, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.list = new OriginList(database, store);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listTrustedOrigins", list::list).answersMany(TrustedOrigin.SCHEMA),
                Binding.of("createTrustedOrigin", this::create)
                        .takes(TrustedOrigin.LISTING)
                        .answers(TrustedOrigin.SCHEMA),
                Binding.of("getTrustedOrigin", this::get).answers(TrustedOrigin.SCHEMA),
                Binding.of("replaceTrustedOrigin", this::replace)
                        .takes(TrustedOrigin.LISTING)
                        .answers(TrustedOrigin.SCHEMA),
                Binding.of("deleteTrustedOrigin", this::delete),
                Binding.of("activateTrustedOrigin", request -> move(request, Status.ACTIVE))
                        .answers(TrustedOrigin.SCHEMA),
                Binding.of("deactivateTrustedOrigin", request -> move(request, Status.INACTIVE))
                        .answers(TrustedOrigin.SCHEMA),
                Binding.of("listOstiaryTrustedOrigins", list::list)
                        .answersMany(TrustedOrigin.SCHEMA),
                Binding.of("createOstiaryTrustedOrigin", this::create)
                        .takes(TrustedOrigin.LISTING)
                        .answers(TrustedOrigin.SCHEMA),
                Binding.of("deleteOstiaryTrustedOrigin", this::delete));
    }

    private Reply create(Request request) {
        Org org = request.org();
        Listing listing = request.body(TrustedOrigin.LISTING);
        Instant now = now();
        String by = userId(request);
        TrustedOrigin origin =
                new TrustedOrigin(
                        ids.next("tos", org.tail(), now), listing, Status.ACTIVE, now, by, now, by);
        write(
                org,
                tx -> {
                    store.insert(tx, origin);
                    conclude(tx, "create", origin);
                    return origin;
                });
        return answer(request, origin);
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                        request.org().number(), reader -> store.require(reader, id(request))));
    }

    private Reply replace(Request request) {
        Listing listing = request.body(TrustedOrigin.LISTING);
        return answer(
                request,
                write(
                        request.org(),
                        tx -> {
                            TrustedOrigin old = store.lock(tx, id(request));
                            return listing.equals(old.listing())
                                    ? old
                                    : update(
                                            tx,
                                            "update",
                                            old.with(listing, userId(request), now()));
                        }));
    }

    /** To where it is already is no step: nothing is written, and the log is silent. */
    private Reply move(Request request, Status to) {
        String step = to == Status.ACTIVE ? "activate" : "deactivate";
        return answer(
                request,
                write(
                        request.org(),
                        tx -> {
                            TrustedOrigin old = store.lock(tx, id(request));
                            return old.status() == to
                                    ? old
                                    : update(tx, step, old.with(to, userId(request), now()));
                        }));
    }

    private TrustedOrigin update(Tx tx, String event, TrustedOrigin changed) {
        store.update(tx, changed);
        conclude(tx, event, changed);
        return changed;
    }

    private Reply delete(Request request) {
        write(
                request.org(),
                tx -> {
                    TrustedOrigin origin = store.lock(tx, id(request));
                    store.delete(tx, origin);
                    conclude(tx, "delete", origin);
                    return origin;
                });
        return Reply.noContent();
    }

    private TrustedOrigin write(Org org, Work<TrustedOrigin> work) {
        try {
            return database.write(org.number(), work);
        } catch (UniqueViolation e) {
            String field = TAKEN.get(e.constraint());
            if (field == null) {
                throw e;
            }
            throw ApiException.validation(
                    field,
                    field
                            + ": An object with this field already exists in the current organization");
        }
    }

    /** The last act of a change: its event, and the word to all nodes that the list is another. */
    private void conclude(Tx tx, String step, TrustedOrigin origin) {
        tx.emit(events.event("security.trusted_origin." + step).target(origin.target()));
        ConfigVersionStore.raise(tx, ConfigArea.ORIGINS);
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(Request request) {
        return request.variable("trustedOriginId");
    }

    private static @Nullable String userId(Request request) {
        return request.caller().actorId().orElse(null);
    }

    private static Reply answer(Request request, TrustedOrigin origin) {
        return Reply.ok(out -> origin.write(out, request.baseUrl()));
    }
}
