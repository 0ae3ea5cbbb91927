package dev.ostiary.server;

import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.brands.Brands;
import dev.ostiary.server.customization.brands.Themes;
import dev.ostiary.server.customization.domains.CustomDomains;
import dev.ostiary.server.customization.domains.CustomHosts;
import dev.ostiary.server.customization.domains.DnsRecords;
import dev.ostiary.server.customization.pictures.Pictures;
import java.util.List;

/**
 * The floor of the {@linkplain House house} where orgs say how they look, and under which names.
 */
final class Looks {

    private final BrandStore brands = new BrandStore();
    private final List<Family> families;

    /**
     * @param dns tells whose a domain is
     * @param hosts finds the orgs of domains
     */
    Looks(House.Ground ground, DnsRecords dns, CustomHosts hosts) {
        Pictures pictures = new Pictures(ground.database(), ground.tokens());
        CustomDomains domains =
                new CustomDomains(
                        ground.database(),
                        ground.ids(),
                        ground.time(),
                        ground.random(),
                        ground.events(),
                        ground.sealed(),
                        dns,
                        hosts,
                        brands,
                        ground.settings().baseDomain());
        families =
                List.of(
                        domains,
                        new Brands(
                                ground.database(),
                                ground.ids(),
                                ground.time(),
                                ground.events(),
                                brands,
                                domains,
                                Applications.forBrands()),
                        new Themes(
                                ground.database(),
                                ground.time(),
                                ground.events(),
                                brands,
                                pictures),
                        pictures);
    }

    /** What is kept of brands. */
    BrandStore brands() {
        return brands;
    }

    List<Family> families() {
        return families;
    }
}
