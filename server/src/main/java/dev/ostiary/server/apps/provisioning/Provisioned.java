package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.provisioning.Connection.Scheme;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The apps for which a provisioning connection is published (ApplicationConnections), by name, with
 * the ways in which they are reached, the usual one first.
 */
final class Provisioned {

    private static final Map<String, Provisioned> APPS =
            Map.of(
                    "okta_org2org", new Provisioned(Scheme.TOKEN, Set.of(Scheme.values())),
                    "zscalerbyz", new Provisioned(Scheme.TOKEN, Set.of(Scheme.TOKEN)),
                    "office365", new Provisioned(Scheme.OAUTH2, Set.of(Scheme.OAUTH2)),
                    "google", new Provisioned(Scheme.OAUTH2, Set.of(Scheme.OAUTH2)),
                    "slack", new Provisioned(Scheme.OAUTH2, Set.of(Scheme.OAUTH2)),
                    "zoomus", new Provisioned(Scheme.OAUTH2, Set.of(Scheme.OAUTH2)));

    private final Scheme usual;
    private final Set<Scheme> schemes;

    private Provisioned(Scheme usual, Set<Scheme> schemes) {
        this.usual = usual;
        this.schemes = schemes;
    }

    /** How an app can be provisioned; empty if it cannot. */
    static Optional<Provisioned> of(App app) {
        return app.custom() ? Optional.empty() : Optional.ofNullable(APPS.get(app.name()));
    }

    /**
     * As {@link #of}.
     *
     * @throws ApiException {@code E0000001} if it cannot (WIRE, "Errors")
     */
    static Provisioned require(App app) {
        return of(app).orElseThrow(
                        () -> ApiException.validation("feature", "Provisioning is not supported."));
    }

    Scheme usual() {
        return usual;
    }

    boolean takes(Scheme scheme) {
        return schemes.contains(scheme);
    }
}
