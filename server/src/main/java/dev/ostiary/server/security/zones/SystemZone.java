package dev.ostiary.server.security.zones;

import dev.ostiary.platform.org.Org;
import java.util.List;
import java.util.Optional;

/**
 * The zones that every org has (WIRE, "What an org holds before anyone touches it"; schema {@code
 * NetworkZone}). They can be changed, but neither deleted nor made into another type.
 */
enum SystemZone {
    LEGACY("LegacyIpZone", ZoneUsage.POLICY, '1'),
    BLOCKED("BlockedIpZone", ZoneUsage.BLOCKLIST, '2'),
    /** Its gateways are never blocked. */
    EXEMPT("DefaultExemptIpZone", ZoneUsage.POLICY, '3'),
    /** Blocks who hides behind a service, once somebody activates it. */
    ENHANCED(
            "DefaultEnhancedDynamicZone",
            false,
            ZoneUsage.BLOCKLIST,
            new Perimeter.Enhanced(
                    Choice.none(),
                    Choice.none(),
                    new Choice<>(List.of(IpService.ALL_ANONYMIZERS), List.of())),
            '4');

    private final String zoneName;
    private final boolean active;
    private final ZoneUsage usage;
    private final Perimeter perimeter;
    private final char mark;

    SystemZone(String zoneName, ZoneUsage usage, char mark) {
        this(zoneName, true, usage, Perimeter.Ip.empty(), mark);
    }

    SystemZone(String zoneName, boolean active, ZoneUsage usage, Perimeter perimeter, char mark) {
        this.zoneName = zoneName;
        this.active = active;
        this.usage = usage;
        this.perimeter = perimeter;
        this.mark = mark;
    }

    /**
     * Its id in an org: as old as the org, before every zone that somebody makes, and never written
     * down.
     */
    String id(Org org) {
        return "nzo" + org.id().substring(3, 10) + "000000" + mark + org.tail();
    }

    /** The zone before anybody touched it. */
    Zone untouched(Org org) {
        return new Zone(
                id(org),
                zoneName,
                active,
                usage,
                Optional.of(this),
                perimeter,
                org.created(),
                org.created());
    }

    /** The system zone with this id. */
    static Optional<SystemZone> of(Org org, String id) {
        for (SystemZone zone : values()) {
            if (zone.id(org).equals(id)) {
                return Optional.of(zone);
            }
        }
        return Optional.empty();
    }
}
