package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.AddressRange;
import dev.ostiary.platform.context.AddressSet;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.context.Place.Anonymizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The active zones of an org, made ready for questions about addresses. Immutable and thread-safe.
 */
public final class ZoneMap implements Network {

    /** What a token or a client may say instead of naming every zone. */
    public static final String ALL_IP_ZONES = "ALL_IP_ZONES";

    private final Atlas atlas;
    private final List<Area> policies;
    private final List<Area> blocklists;
    private final AddressSet proxies;
    private final AddressSet exempt;

    /** A zone with its addresses in order. */
    private record Area(Zone zone, AddressSet gateways) {

        static Area of(Zone zone) {
            return new Area(
                    zone,
                    zone.perimeter() instanceof Perimeter.Ip ip
                            ? set(ip.gatewayList())
                            : AddressSet.empty());
        }

        boolean contains(IpAddress address, Atlas atlas) {
            return switch (zone.perimeter()) {
                case Perimeter.Ip ip -> gateways.contains(address);
                case Perimeter.Dynamic dynamic -> holds(dynamic, atlas.of(address));
                case Perimeter.Enhanced enhanced -> holds(enhanced, atlas.of(address));
            };
        }
    }

    private ZoneMap(List<Zone> zones, Atlas atlas) {
        this.atlas = atlas;
        List<Zone> active = zones.stream().filter(Zone::active).toList();
        List<Area> guiding = new ArrayList<>();
        active.stream()
                .filter(zone -> !zone.blocks() && zone.system().isEmpty())
                .forEach(zone -> guiding.add(Area.of(zone)));
        active.stream()
                .filter(zone -> !zone.blocks() && zone.system().isPresent())
                .forEach(zone -> guiding.add(Area.of(zone)));
        this.policies = List.copyOf(guiding);
        this.blocklists = active.stream().filter(Zone::blocks).map(Area::of).toList();
        this.proxies =
                set(
                        active.stream()
                                .filter(zone -> !zone.blocks())
                                .flatMap(zone -> addresses(zone, Perimeter.Ip::proxyList).stream())
                                .toList());
        this.exempt =
                set(
                        active.stream()
                                .filter(zone -> zone.is(SystemZone.EXEMPT))
                                .flatMap(
                                        zone -> addresses(zone, Perimeter.Ip::gatewayList).stream())
                                .toList());
    }

    static ZoneMap of(List<Zone> zones, Atlas atlas) {
        return new ZoneMap(zones, atlas);
    }

    private static List<ZoneAddress> addresses(
            Zone zone, Function<Perimeter.Ip, List<ZoneAddress>> which) {
        return zone.perimeter() instanceof Perimeter.Ip ip ? which.apply(ip) : List.of();
    }

    private static AddressSet set(List<ZoneAddress> addresses) {
        List<AddressRange> ranges = addresses.stream().map(ZoneAddress::range).toList();
        return ranges.isEmpty() ? AddressSet.empty() : AddressSet.of(ranges);
    }

    @Override
    public boolean trustsProxy(IpAddress address) {
        return proxies.contains(address);
    }

    @Override
    public Optional<String> blockedBy(IpAddress address) {
        return exempt.contains(address) ? Optional.empty() : first(blocklists, address);
    }

    /** The org's own zones come first, then those of the system, then block lists. */
    @Override
    public Optional<String> zoneOf(IpAddress address) {
        return first(policies, address).or(() -> first(blocklists, address));
    }

    private Optional<String> first(List<Area> areas, IpAddress address) {
        for (Area area : areas) {
            if (area.contains(address, atlas)) {
                return Optional.of(area.zone().name());
            }
        }
        return Optional.empty();
    }

    /**
     * Whether an address lies in one of these zones. A zone that is inactive or gone holds nothing.
     *
     * @param ids of zones, or {@link #ALL_IP_ZONES}
     */
    public boolean isIn(List<String> ids, IpAddress address) {
        boolean anyIpZone = ids.contains(ALL_IP_ZONES);
        return within(policies, ids, anyIpZone, address)
                || within(blocklists, ids, anyIpZone, address);
    }

    private boolean within(
            List<Area> areas, List<String> ids, boolean anyIpZone, IpAddress address) {
        for (Area area : areas) {
            boolean meant =
                    ids.contains(area.zone().id())
                            || anyIpZone && area.zone().perimeter().type() == ZoneType.IP;
            if (meant && area.contains(address, atlas)) {
                return true;
            }
        }
        return false;
    }

    /** How many ranges are kept. */
    int size() {
        return policies.stream().mapToInt(area -> 1 + area.gateways().size()).sum()
                + blocklists.stream().mapToInt(area -> 1 + area.gateways().size()).sum()
                + proxies.size()
                + exempt.size();
    }

    private static boolean holds(Perimeter.Dynamic zone, Place place) {
        return new Choice<>(zone.locationList(), List.of())
                        .holds(place.country() != null, location -> location.holds(place))
                && new Choice<>(zone.asnList(), List.of())
                        .holds(place.asn() != null, asn -> asn.equals(asn(place)))
                && holds(zone.proxyType(), place.anonymizer());
    }

    private static boolean holds(@Nullable String proxyType, Optional<Anonymizer> how) {
        if (proxyType == null) {
            return true;
        }
        Anonymizer known = how.orElse(Anonymizer.NONE);
        return switch (proxyType) {
            case "Tor" -> known == Anonymizer.TOR;
            case "NotTorAnonymizer" -> known != Anonymizer.NONE && known != Anonymizer.TOR;
            default -> known != Anonymizer.NONE;
        };
    }

    private static boolean holds(Perimeter.Enhanced zone, Place place) {
        Optional<Anonymizer> how = place.anonymizer();
        return zone.locations().holds(place.country() != null, at -> at.holds(place))
                && zone.asns().holds(place.asn() != null, asn -> asn.equals(asn(place)))
                && zone.ipServiceCategories()
                        .holds(
                                how.isPresent(),
                                service -> service.has(how.orElse(Anonymizer.NONE)));
    }

    private static String asn(Place place) {
        return String.valueOf(place.asn());
    }
}
