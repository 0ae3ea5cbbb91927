package dev.ostiary.platform.http;

import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;

/** Which origins an org trusts for CORS (P35). Implementations are thread-safe. */
@FunctionalInterface
public interface TrustedOrigins {

    /**
     * Whether the origin (scheme, host and port as the browser writes them) is listed.
     *
     * @param versions of the org's configuration, under which the list may be kept
     */
    boolean trusts(Org org, ConfigVersions versions, String origin);
}
