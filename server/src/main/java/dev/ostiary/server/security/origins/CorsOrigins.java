package dev.ostiary.server.security.origins;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;

/** Which origins an org trusts for CORS, as the Pipeline asks (P35). Thread-safe. */
public final class CorsOrigins implements dev.ostiary.platform.http.TrustedOrigins {

    private final Database database;
    private final TrustedOriginStore store = new TrustedOriginStore();

    public CorsOrigins(Database database) {
        this.database = database;
    }

    @Override
    public boolean trusts(Org org, String origin) {
        return database.read(org.number(), store::trustedForCors).contains(origin);
    }
}
