package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.AddressRange;
import dev.ostiary.platform.context.AddressSet;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every change of zones, each a transaction with its events.
 *
 * <p>Each begins by raising the version of the org's zones, which leaves it alone in the org until
 * it commits: names stay unique and limits are kept without a lock of their own. Changes of zones
 * are rare. Thread-safe.
 */
public final class ZoneChanges {

    private final Database database;
    private final ZoneStore store = new ZoneStore();
    private final Ids ids;
    private final EventCatalogue events;
    private final InstantSource time;
    private final Atlas atlas;
    private final List<ZoneUse> uses;

    public ZoneChanges(
            Database database,
            Ids ids,
            EventCatalogue events,
            InstantSource time,
            Atlas atlas,
            List<ZoneUse> uses) {
        this.database = database;
        this.ids = ids;
        this.events = events;
        this.time = time;
        this.atlas = atlas;
        this.uses = uses;
    }

    /** The zones of an org at the moment of a change, and who makes it. */
    private record Scene(Tx tx, Org org, Origin origin, List<Zone> zones) {

        List<Zone> others(String id) {
            return zones.stream().filter(zone -> !zone.id().equals(id)).toList();
        }

        Zone require(Predicate<Zone> which, String asked) {
            return zones.stream()
                    .filter(which)
                    .findFirst()
                    .orElseThrow(() -> ApiException.notFound(asked, "NetworkZone"));
        }
    }

    /** Who makes a change. */
    enum Origin {
        /** Somebody whom the org's block lists concern. */
        CLIENT,
        /** The operator, who is never blocked. */
        OPERATOR
    }

    private interface Change {
        Zone make(Scene scene);
    }

    private Zone change(Org org, Origin origin, Change change) {
        return database.write(
                org.number(),
                tx -> {
                    ConfigVersionStore.raise(tx, ConfigArea.ZONES);
                    return change.make(new Scene(tx, org, origin, store.all(tx, org)));
                });
    }

    Zone create(Org org, Origin origin, ZoneBody body) {
        Instant now = now();
        String id = ids.next("nzo", org.tail(), now);
        return change(
                org,
                origin,
                scene -> {
                    ZoneRules.room(scene.zones());
                    Zone zone =
                            new Zone(
                                    id,
                                    body.name(),
                                    body.active().orElse(true),
                                    body.usage().orElse(ZoneUsage.POLICY),
                                    Optional.empty(),
                                    body.perimeter(),
                                    now,
                                    now);
                    return keep(scene, zone, "zone.create");
                });
    }

    Zone replace(Org org, Origin origin, String id, ZoneBody body) {
        return change(
                org,
                origin,
                scene -> {
                    Zone old = scene.require(zone -> zone.id().equals(id), id);
                    requireSameKind(old, body);
                    return update(scene, old, old.with(body, now()));
                });
    }

    /** The type of a zone never changes, nor what the exempt zone is for. */
    private static void requireSameKind(Zone old, ZoneBody body) {
        if (old.perimeter().type() != body.perimeter().type()) {
            throw ApiException.validation("type", "type: The type of a zone cannot be changed.");
        }
        boolean exempt = old.is(SystemZone.EXEMPT);
        boolean otherUse = body.usage().filter(usage -> usage != old.usage()).isPresent();
        if (exempt && (!body.exempt() || otherUse)) {
            throw ApiException.validation(
                    "useAsExemptList",
                    "useAsExemptList: The network zone does not allow usage changes for "
                            + old.name()
                            + ".");
        }
        if (!exempt && body.exempt()) {
            throw ApiException.validation(
                    "useAsExemptList", "useAsExemptList: Only the default exempt zone can be one.");
        }
    }

    Zone activate(Org org, Origin origin, String id) {
        return switchTo(org, origin, id, true);
    }

    Zone deactivate(Org org, Origin origin, String id) {
        return switchTo(org, origin, id, false);
    }

    private Zone switchTo(Org org, Origin origin, String id, boolean active) {
        return change(
                org,
                origin,
                scene -> {
                    Zone old = scene.require(zone -> zone.id().equals(id), id);
                    return update(scene, old, old.active(active, now()));
                });
    }

    /** Deletes a zone that is inactive and that nobody uses (OpenAPI, deleteNetworkZone). */
    void delete(Org org, String id) {
        change(
                org,
                Origin.CLIENT,
                scene -> {
                    Zone zone = scene.require(each -> each.id().equals(id), id);
                    requireDeletable(scene, zone);
                    if (zone.active()) {
                        throw ApiException.of("E0000107")
                                .because("The zone must be deactivated before deletion.");
                    }
                    return gone(scene, zone);
                });
    }

    /** Deletes a zone by its name or id, deactivating it first. */
    void drop(Org org, Origin origin, String nameOrId) {
        change(
                org,
                origin,
                scene -> {
                    Zone zone =
                            scene.require(
                                    each ->
                                            each.id().equals(nameOrId)
                                                    || each.name().equals(nameOrId),
                                    nameOrId);
                    requireDeletable(scene, zone);
                    if (zone.active()) {
                        emit(scene, "zone.deactivate", zone);
                    }
                    return gone(scene, zone);
                });
    }

    private void requireDeletable(Scene scene, Zone zone) {
        if (zone.system().isPresent()) {
            throw ApiException.of("E0000111", zone.name());
        }
        List<String> users =
                uses.stream().flatMap(use -> use.of(scene.tx(), zone.id()).stream()).toList();
        if (!users.isEmpty()) {
            throw ApiException.forbidden()
                    .because(users.stream().map(user -> "The zone is used by: " + user).toList());
        }
    }

    private Zone gone(Scene scene, Zone zone) {
        store.delete(scene.tx(), zone);
        emit(scene, "zone.delete", zone);
        requireStillIn(scene, scene.others(zone.id()));
        return zone;
    }

    /** Puts an address on the block list of the system; there twice it stands once. */
    Zone block(Org org, Origin origin, ZoneAddress address) {
        AddressRange range = readable(address);
        return change(
                org,
                origin,
                scene -> {
                    Zone zone = scene.require(each -> each.is(SystemZone.BLOCKED), "BlockedIpZone");
                    List<ZoneAddress> list = new ArrayList<>(gateways(zone));
                    if (list.stream().noneMatch(each -> each.range().equals(range))) {
                        list.add(address);
                    }
                    return update(
                            scene,
                            zone,
                            zone.with(new Perimeter.Ip(list, null), now()).active(true, now()));
                });
    }

    /**
     * Takes an address off the block list of the system: every entry that lies within it goes.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Zone unblock(Org org, Origin origin, ZoneAddress address) {
        AddressSet range = AddressSet.of(List.of(readable(address)));
        return change(
                org,
                origin,
                scene -> {
                    Zone zone = scene.require(each -> each.is(SystemZone.BLOCKED), "BlockedIpZone");
                    List<ZoneAddress> list =
                            gateways(zone).stream()
                                    .filter(each -> !covers(range, each.range()))
                                    .toList();
                    if (list.size() == gateways(zone).size()) {
                        throw ApiException.notFound(address.value(), "NetworkZone");
                    }
                    return update(scene, zone, zone.with(new Perimeter.Ip(list, null), now()));
                });
    }

    private static boolean covers(AddressSet range, AddressRange entry) {
        return range.contains(entry.first()) && range.contains(entry.last());
    }

    private static AddressRange readable(ZoneAddress address) {
        try {
            return address.range();
        } catch (IllegalArgumentException e) {
            throw ApiException.validation("address", "address: " + e.getMessage());
        }
    }

    private static List<ZoneAddress> gateways(Zone zone) {
        return zone.perimeter() instanceof Perimeter.Ip ip ? ip.gatewayList() : List.of();
    }

    /** The same again is no update: nothing is written, and the log is silent. */
    private Zone update(Scene scene, Zone old, Zone zone) {
        if (zone.saysTheSameAs(old)) {
            return old;
        }
        boolean more = !zone.active(old.active(), now()).saysTheSameAs(old);
        if (zone.active() != old.active()) {
            emit(scene, zone.active() ? "zone.activate" : "zone.deactivate", zone);
        }
        if (zone.usage() != old.usage()) {
            emit(scene, zone.blocks() ? "zone.make_blacklist" : "zone.remove_blacklist", zone);
        }
        if (!more) {
            return keep(scene, zone, "");
        }
        return keep(scene, zone, "zone.update");
    }

    private Zone keep(Scene scene, Zone zone, String event) {
        List<Zone> others = scene.others(zone.id());
        ZoneRules.check(zone, others);
        List<Zone> all = new ArrayList<>(others);
        all.add(zone);
        requireStillIn(scene, all);
        store.save(scene.tx(), zone);
        if (!event.isEmpty()) {
            emit(scene, event, zone);
        }
        return zone;
    }

    /** Nobody locks themselves out: what would block the request that asks for it is refused. */
    private void requireStillIn(Scene scene, List<Zone> zones) {
        String ip = RequestContext.current().client().ipAddress();
        IpAddress client = ip == null ? null : IpAddress.parse(ip);
        if (scene.origin() == Origin.OPERATOR || client == null) {
            return;
        }
        ZoneMap.of(zones, atlas)
                .blockedBy(client)
                .ifPresent(
                        zone -> {
                            throw ApiException.validation(
                                    "zone",
                                    "The zone '%s' would block the address of this request: %s"
                                            .formatted(zone, client));
                        });
    }

    private void emit(Scene scene, String type, Zone zone) {
        scene.tx().emit(events.event(type).target(zone.target()));
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
