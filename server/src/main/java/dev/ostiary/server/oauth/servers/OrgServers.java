package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;

/** Every org's servers as this node keeps them, for whoever issues tokens. Thread-safe. */
public final class OrgServers {

    private final OrgConfig<ServerSet> config;

    /** Servers in this database. */
    public OrgServers(Database database) {
        AuthorizationServerStore store = new AuthorizationServerStore();
        this.config =
                new OrgConfig<>(
                        ConfigArea.AUTHORIZATION_SERVERS,
                        database,
                        ServerSet.untouched(),
                        reader -> new ServerSet(store.stored(reader)),
                        ServerSet::size);
    }

    /** The servers of an org, at the versions that the request learned. */
    public ServerSet of(Org org) {
        return config.at(org, org.versions());
    }
}
