package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;

/** Every org's realms as this node keeps them, for whoever writes users. Thread-safe. */
public final class OrgRealms {

    private final OrgConfig<RealmSet> config;

    /** Realms in this database. */
    public OrgRealms(Database database) {
        RealmStore store = new RealmStore();
        this.config =
                new OrgConfig<>(
                        ConfigArea.REALMS,
                        database,
                        RealmSet.untouched(),
                        reader -> RealmSet.of(store.stored(reader)),
                        RealmSet::size);
    }

    /** The realms of an org, at the versions that the request learned. */
    public RealmSet of(Org org) {
        return config.at(org, org.versions());
    }
}
