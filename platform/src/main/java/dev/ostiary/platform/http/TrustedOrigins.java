package dev.ostiary.platform.http;

import dev.ostiary.platform.org.Org;

/** Which origins an org trusts for CORS (P35). Implementations are thread-safe. */
@FunctionalInterface
public interface TrustedOrigins {

    /** Whether the origin (scheme, host and port as the browser writes them) is listed. */
    boolean trusts(Org org, String origin);
}
