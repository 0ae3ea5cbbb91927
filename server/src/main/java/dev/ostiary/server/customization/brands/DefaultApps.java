package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import java.util.Map;
import java.util.Optional;

/**
 * Which app the brand of a host leads to, for whoever sends people on who want nowhere. Kept in
 * memory, and as fresh as the versions that the request has read: an org none of whose brands names
 * an app costs no query. Thread-safe.
 */
public final class DefaultApps {

    private final Database database;
    private final HostBrands hosts;
    private final OrgConfig<Map<String, String>> byBrand;

    /** The apps of the brands of a database, each shown by these hosts. */
    public DefaultApps(Database database, BrandStore store, HostBrands hosts) {
        this.database = database;
        this.hosts = hosts;
        byBrand =
                new OrgConfig<>(
                        ConfigArea.BRANDS, database, Map.of(), store::defaultApps, Map::size);
    }

    /** The id of the app of the brand that the host shows by which the org was reached. */
    public Optional<String> of(Org org) {
        Map<String, String> apps = byBrand.at(org, org.versions());
        return apps.isEmpty() ? Optional.empty() : Optional.ofNullable(apps.get(brand(org)));
    }

    private String brand(Org org) {
        return Optional.ofNullable(org.customHost())
                .flatMap(host -> database.read(org.number(), reader -> hosts.brandOf(reader, host)))
                .orElseGet(() -> BrandIds.ofDefault(org));
    }
}
