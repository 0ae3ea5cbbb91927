package dev.ostiary.server.customization.domains;

import dev.ostiary.platform.store.Reader;
import java.util.Optional;

/** Which brand a host shows, for whoever shows pages there. Thread-safe. */
public final class DomainBrands {

    private final CustomDomainStore store = new CustomDomainStore();

    /** The id of the brand that a custom domain was given; empty for the org's default one. */
    public Optional<String> brandOf(Reader reader, String host) {
        return store.byName(reader, host).map(CustomDomain::brandId);
    }
}
