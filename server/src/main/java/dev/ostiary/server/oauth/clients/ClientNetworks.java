package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.List;

/**
 * Keeps clients to the zones that they may come from (Apps API, {@code network}): whoever has got
 * hold of what proves a client is no use for it elsewhere. Thread-safe.
 */
public final class ClientNetworks {

    private final Zones zones;
    private final OAuthErrors errors;

    /** Where the request comes from that this thread answers. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Zones {

        /**
         * Whether that is in one of these zones; nowhere is in none.
         *
         * @param ids of zones of the org, or what stands for all
         */
        boolean areAround(Org org, List<String> ids);
    }

    /** By these zones. */
    public ClientNetworks(Zones zones, OAuthErrors errors) {
        this.zones = zones;
        this.errors = errors;
    }

    /**
     * Refuses a client that has proved itself from where it must not come.
     *
     * @throws OAuthException {@code access_denied}
     */
    public void require(Org org, OAuthClient client) {
        client.network()
                .filter(
                        network ->
                                !network.include().isEmpty()
                                                && !zones.areAround(org, network.include())
                                        || zones.areAround(org, network.exclude()))
                .ifPresent(
                        network -> {
                            throw errors.of("disallowed_network_zone");
                        });
    }
}
