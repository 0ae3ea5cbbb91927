package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.store.Reader;
import java.util.Optional;

/** Which brand a custom domain shows. Implementations are thread-safe. */
@FunctionalInterface
public interface HostBrands {

    /** The id of the brand that a host was given; empty for the org's default one. */
    Optional<String> brandOf(Reader reader, String host);
}
