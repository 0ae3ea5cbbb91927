package dev.ostiary.server.orgs;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;

/**
 * The orgs that requests speak of in their path, which is not the one that they are sent to. An
 * org's administrators have no say over other orgs; those of the default org run the server.
 * Thread-safe.
 */
public final class AddressedOrgs {

    private final Database database;
    private final String defaultOrg;

    /**
     * @param defaultOrg the name of the org whose administrators run the server
     */
    public AddressedOrgs(Database database, String defaultOrg) {
        this.database = database;
        this.defaultOrg = defaultOrg;
    }

    /**
     * The org whose id or name is the path's {@code orgId}.
     *
     * @throws ApiException 403 to whoever is not of the default org, 404 if there is no such org
     */
    public Org of(Request request) {
        requireDefaultOrg(request);
        String id = request.variable("orgId");
        return database.acrossOrgs(tx -> OrgStore.byId(tx, id))
                .orElseThrow(() -> ApiException.notFound(id, "Org"));
    }

    /** Refuses whoever is not of the default org. */
    void requireDefaultOrg(Request request) {
        if (!isDefault(request.org())) {
            throw ApiException.forbidden();
        }
    }

    boolean isDefault(Org org) {
        return org.name().equals(defaultOrg);
    }
}
