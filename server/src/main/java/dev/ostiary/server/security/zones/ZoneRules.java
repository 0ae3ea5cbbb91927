package dev.ostiary.server.security.zones;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;

/** What holds for every zone that is kept, beyond the form of its body. */
final class ZoneRules {

    /** Zones that an org may make. */
    static final int MOST_ZONES = 100;

    private static final int ENTRIES = 150;
    private static final int BLOCKED_ENTRIES = 1000;
    private static final int SYSTEM_ENTRIES = 5000;
    private static final Path ROOT = Path.root("zone");

    private ZoneRules() {}

    /**
     * Checks a zone beside the others of its org.
     *
     * @param others every other zone
     * @throws ApiException {@code E0000001} with every cause
     */
    static void check(Zone zone, List<Zone> others) {
        Reading reading = new Reading();
        if (others.stream().anyMatch(other -> other.name().equals(zone.name()))) {
            reading.wrong(
                    ROOT.field("name"),
                    "An object with this field already exists in the current organization");
        }
        switch (zone.perimeter()) {
            case Perimeter.Ip ip -> addresses(zone, ip, reading);
            case Perimeter.Dynamic dynamic ->
                    something(dynamic, "asns, locations, or proxyType", reading);
            case Perimeter.Enhanced enhanced ->
                    something(enhanced, "asns, locations, or ipServiceCategories", reading);
        }
        reading.finish();
    }

    /** Whether one more may be made. */
    static void room(List<Zone> zones) {
        if (zones.stream().filter(zone -> zone.system().isEmpty()).count() >= MOST_ZONES) {
            throw ApiException.validation(
                    "zone", "An org cannot have more than " + MOST_ZONES + " network zones.");
        }
    }

    private static void something(Perimeter perimeter, String kinds, Reading reading) {
        if (perimeter.isEmpty()) {
            reading.sentence("zone", "At least one of these must be defined: " + kinds);
        }
    }

    private static void addresses(Zone zone, Perimeter.Ip ip, Reading reading) {
        boolean system = zone.system().isPresent();
        if (ip.isEmpty() && !system) {
            reading.sentence("zone", "At least one of these must be defined: gateways or proxies");
        }
        int most = system ? SYSTEM_ENTRIES : zone.blocks() ? BLOCKED_ENTRIES : ENTRIES;
        list("gateways", ip.gatewayList(), most, reading);
        list("proxies", ip.proxyList(), system ? SYSTEM_ENTRIES : ENTRIES, reading);
        if (!ip.proxyList().isEmpty() && (zone.blocks() || zone.is(SystemZone.EXEMPT))) {
            reading.wrong(
                    ROOT.field("proxies"),
                    zone.blocks()
                            ? "A blocklist zone cannot have trusted proxies."
                            : "The exempt zone cannot have trusted proxies.");
        }
    }

    private static void list(String field, List<ZoneAddress> list, int most, Reading reading) {
        Path at = ROOT.field(field);
        if (list.size() > most) {
            reading.wrong(at, "must be at most " + most + " entries");
            return;
        }
        for (ZoneAddress address : list) {
            try {
                address.range();
            } catch (IllegalArgumentException e) {
                reading.wrong(at, String.valueOf(e.getMessage()));
            }
        }
    }
}
