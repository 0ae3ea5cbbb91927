package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;

/** Every org's realms as this node keeps them, for whoever writes users. Thread-safe. */
public final class OrgRealms {

    private final RealmStore realms = new RealmStore();
    private final RealmAssignmentStore assignments = new RealmAssignmentStore();
    private final OrgConfig<RealmSet> config;

    /** Realms in this database. */
    public OrgRealms(Database database) {
        this.config =
                new OrgConfig<>(
                        ConfigArea.REALMS,
                        database,
                        RealmSet.untouched(),
                        this::read,
                        RealmSet::size);
    }

    /** The realms of an org, at the versions that the request learned. */
    public RealmSet of(Org org) {
        return config.at(org, org.versions());
    }

    /** The realms of an org as a transaction sees them. */
    RealmSet read(Reader reader) {
        return new RealmSet(realms.stored(reader), assignments.made(reader));
    }
}
