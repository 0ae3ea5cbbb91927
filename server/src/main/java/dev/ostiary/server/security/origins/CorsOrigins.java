package dev.ostiary.server.security.origins;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import java.util.Set;

/**
 * Which origins an org trusts for CORS, as the Pipeline asks (P35): kept in memory, and as fresh as
 * the versions that the request has read. Thread-safe.
 */
public final class CorsOrigins implements dev.ostiary.platform.http.TrustedOrigins {

    private final OrgConfig<Set<String>> listed;

    public CorsOrigins(Database database) {
        TrustedOriginStore store = new TrustedOriginStore();
        listed =
                new OrgConfig<>(
                        ConfigArea.ORIGINS,
                        database,
                        Set.of(),
                        reader -> Set.copyOf(store.trustedForCors(reader)),
                        Set::size);
    }

    @Override
    public boolean trusts(Org org, ConfigVersions versions, String origin) {
        return listed.at(org, versions).contains(origin);
    }
}
