package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.http.OrgNetworks;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.util.List;

/** Every org's zones as this node keeps them, for those who ask about addresses. Thread-safe. */
public final class OrgZones implements OrgNetworks {

    private final ZoneStore store = new ZoneStore();
    private final OrgConfig<ZoneMap> config;

    /**
     * @param atlas what is known of addresses
     */
    public OrgZones(Database database, Atlas atlas) {
        this.config =
                new OrgConfig<>(
                        ConfigArea.ZONES,
                        database,
                        ZoneMap.of(List.of(), atlas),
                        reader -> ZoneMap.of(store.kept(reader), atlas),
                        ZoneMap::size);
    }

    @Override
    public ZoneMap of(Org org, ConfigVersions versions) {
        return config.at(org, versions);
    }

    /**
     * Refuses ids that are none of an org's zones which a token may be tied to: {@code E0000007};
     * enhanced dynamic ones do not guide tokens.
     */
    public void require(Reader reader, Org org, List<String> ids) {
        for (String id : ids) {
            if (!id.equals(ZoneMap.ALL_IP_ZONES)) {
                Zone zone =
                        store.find(reader, org, id)
                                .orElseThrow(() -> ApiException.notFound(id, "NetworkZone"));
                if (zone.perimeter().type() == ZoneType.DYNAMIC_V2) {
                    throw ApiException.validation(
                            "network",
                            "network: An enhanced dynamic zone cannot limit an API token.");
                }
            }
        }
    }

    /** Whether a zone of an org has this id. */
    public boolean has(Reader reader, Org org, String id) {
        return store.find(reader, org, id).isPresent();
    }
}
