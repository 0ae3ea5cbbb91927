package dev.ostiary.server.directory.schemas;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;

/** Every org's schemas as this node keeps them, for whoever writes profiles. Thread-safe. */
public final class OrgSchemas {

    private final OrgConfig<SchemaSet> config;

    /** Schemas in this database. */
    public OrgSchemas(Database database) {
        SchemaStore store = new SchemaStore();
        this.config =
                new OrgConfig<>(
                        ConfigArea.SCHEMAS,
                        database,
                        SchemaSet.untouched(),
                        reader -> SchemaSet.of(store.all(reader)),
                        SchemaSet::size);
    }

    /** The schemas of an org, at the versions that the request learned. */
    public SchemaSet of(Org org) {
        return config.at(org, org.versions());
    }
}
