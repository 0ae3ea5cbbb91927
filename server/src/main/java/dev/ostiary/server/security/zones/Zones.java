package dev.ostiary.server.security.zones;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Handler;
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
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.security.zones.ZoneChanges.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tag NetworkZone, and the same under {@code /ostiary/v1/zones} for the operator, with an easy
 * way to block an address.
 */
public final class Zones implements Family {

    private static final int MOST = 200;
    private static final Limits LISTED = Limits.refusing(MOST, MOST);

    private final Database database;
    private final ZoneStore store = new ZoneStore();
    private final ZoneChanges changes;

    public Zones(Database database, ZoneChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listNetworkZones", this::list).answersMany(Zone.SCHEMA),
                Binding.of("createNetworkZone", this::create)
                        .takes(ZoneBody.SCHEMA)
                        .answers(Zone.SCHEMA),
                Binding.of("getNetworkZone", this::get).answers(Zone.SCHEMA),
                Binding.of("replaceNetworkZone", this::replace)
                        .takes(ZoneBody.SCHEMA)
                        .answers(Zone.SCHEMA),
                Binding.of("deleteNetworkZone", this::delete),
                Binding.of("activateNetworkZone", this::activate).answers(Zone.SCHEMA),
                Binding.of("deactivateNetworkZone", this::deactivate).answers(Zone.SCHEMA),
                Binding.of("listOstiaryZones", this::list).answersMany(Zone.SCHEMA),
                Binding.of("createOstiaryZone", this::create)
                        .takes(ZoneBody.SCHEMA)
                        .answers(Zone.SCHEMA),
                Binding.of("deleteOstiaryZone", this::drop),
                Binding.of("blockOstiaryAddress", onAddress(changes::block))
                        .takes(Order.SHAPE)
                        .answers(Zone.SCHEMA),
                Binding.of("unblockOstiaryAddress", onAddress(changes::unblock))
                        .takes(Order.SHAPE)
                        .answers(Zone.SCHEMA));
    }

    private Reply list(Request request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(request.parameters());
        parameters.remove("limit", List.of("-1"));
        PageRequest page = PageRequest.forward(parameters, LISTED);
        List<Zone> found =
                database.read(request.org().number(), reader -> found(reader, request)).stream()
                        .filter(zone -> isAfter(zone, page.after()))
                        .toList();
        List<Zone> shown = found.stream().limit(page.limit()).toList();
        Optional<String> next =
                shown.size() < found.size() ? Optional.of(shown.getLast().id()) : Optional.empty();
        return Reply.list(shown, (zone, out) -> zone.write(out, request.baseUrl()))
                .with(request.links(new Page<>(shown, next), page.limit(), Page.LinkPolicy.SELF));
    }

    private List<Zone> found(Reader reader, Request request) {
        List<Zone> zones = store.all(reader, request.org());
        Optional<String> filter = request.query().first("filter");
        if (filter.isEmpty()) {
            return zones;
        }
        Set<String> ids = store.matching(reader, request.org(), zones, filter.get());
        return zones.stream().filter(zone -> ids.contains(zone.id())).toList();
    }

    private static boolean isAfter(Zone zone, Optional<String> cursor) {
        if (cursor.isPresent() && !Ids.isId(cursor.get())) {
            throw ApiException.of("E0000029").because("Invalid cursor.");
        }
        return cursor.isEmpty() || zone.id().compareTo(cursor.get()) > 0;
    }

    private Reply create(Request request) {
        return answer(
                request,
                changes.create(request.org(), origin(request), ZoneBody.of(request.object())));
    }

    private Reply get(Request request) {
        return answer(
                request,
                database.read(
                                request.org().number(),
                                reader -> store.find(reader, request.org(), id(request)))
                        .orElseThrow(() -> ApiException.notFound(id(request), "NetworkZone")));
    }

    private Reply replace(Request request) {
        ZoneBody body = ZoneBody.of(request.object());
        return answer(request, changes.replace(request.org(), origin(request), id(request), body));
    }

    private Reply delete(Request request) {
        changes.delete(request.org(), id(request));
        return Reply.noContent();
    }

    private Reply drop(Request request) {
        changes.drop(request.org(), origin(request), id(request));
        return Reply.noContent();
    }

    private Reply activate(Request request) {
        return answer(request, changes.activate(request.org(), origin(request), id(request)));
    }

    private Reply deactivate(Request request) {
        return answer(request, changes.deactivate(request.org(), origin(request), id(request)));
    }

    private interface AddressChange {
        Zone make(Org org, Origin origin, ZoneAddress address);
    }

    private record Order(String address) {
        private static final Shape<Order> SHAPE = shape();

        private static Shape<Order> shape() {
            Shape.Builder<Order> shape = Shape.of("address");
            Field<Order, String> address =
                    shape.field("address", Type.TEXT, Order::address)
                            .required()
                            .must(text -> text.length() <= 90, "is no address");
            return shape.build(in -> new Order(in.get(address)));
        }
    }

    private Handler onAddress(AddressChange change) {
        return request -> {
            ZoneAddress address = ZoneAddress.of(request.body(Order.SHAPE).address().strip());
            return answer(request, change.make(request.org(), origin(request), address));
        };
    }

    private static Origin origin(Request request) {
        return switch (request.caller()) {
            case Caller.Operator operator -> Origin.OPERATOR;
            case Caller.Token token -> Origin.CLIENT;
            case Caller.Session session -> Origin.CLIENT;
            case Caller.Bearer bearer -> Origin.CLIENT;
            case Caller.Anonymous nobody -> Origin.CLIENT;
        };
    }

    private static String id(Request request) {
        return request.variable("zoneId");
    }

    private static Reply answer(Request request, Zone zone) {
        return Reply.ok(out -> zone.write(out, request.baseUrl()));
    }
}
