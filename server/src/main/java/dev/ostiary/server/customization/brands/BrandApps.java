package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;

/** What brands know of apps. Implementations are thread-safe. */
@FunctionalInterface
public interface BrandApps {

    /**
     * Whether the org has such an app. Brands ask while they hold the org's row. Nobody deletes an
     * app without it, so what there is stays until they have named it.
     */
    boolean has(Reader reader, Org org, String appId);
}
