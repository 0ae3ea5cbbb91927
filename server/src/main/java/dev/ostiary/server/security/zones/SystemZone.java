package dev.ostiary.server.security.zones;

import dev.ostiary.platform.org.Org;
import java.util.Optional;

/** The zones that every org has (WIRE, "What an org holds before anyone touches it"). */
enum SystemZone {
    LEGACY("LegacyIpZone", ZoneUsage.POLICY, '1'),
    BLOCKED("BlockedIpZone", ZoneUsage.BLOCKLIST, '2'),
    /** Its gateways are never blocked. */
    EXEMPT("DefaultExemptIpZone", ZoneUsage.POLICY, '3');

    private final String zoneName;
    private final ZoneUsage usage;
    private final char mark;

    SystemZone(String zoneName, ZoneUsage usage, char mark) {
        this.zoneName = zoneName;
        this.usage = usage;
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
                true,
                usage,
                Optional.of(this),
                Perimeter.Ip.empty(),
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
