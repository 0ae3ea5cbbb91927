package dev.ostiary.server.policy.engine;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.server.security.zones.ZoneMap;
import java.util.List;
import java.util.Set;

/** Where a client is. */
public sealed interface Whereabouts {

    /** What a condition says instead of naming every zone. */
    String ALL_ZONES = "ALL_ZONES";

    /** Whether it is in one of these zones. */
    boolean isIn(List<String> zoneIds);

    /** At an address, by the zones of the org. */
    record At(IpAddress address, ZoneMap zones) implements Whereabouts {
        @Override
        public boolean isIn(List<String> zoneIds) {
            return zoneIds.contains(ALL_ZONES)
                    ? zones.zoneOf(address).isPresent()
                    : zones.isIn(zoneIds, address);
        }
    }

    /** In zones that somebody has named. */
    record Named(Set<String> ids) implements Whereabouts {
        public Named {
            ids = Set.copyOf(ids);
        }

        @Override
        public boolean isIn(List<String> zoneIds) {
            return zoneIds.contains(ALL_ZONES)
                    ? !ids.isEmpty()
                    : zoneIds.stream().anyMatch(ids::contains);
        }
    }
}
