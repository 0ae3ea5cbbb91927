package dev.ostiary.platform.org;

import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import java.util.Map;

/**
 * Reads an org's configuration versions for requests whose first query did not bring them along:
 * strictly fresh, and shared by those who ask at once ({@link BatchedLookup}). Thread-safe.
 */
public final class ConfigVersionLookup {

    private final BatchedLookup<Whole, ConfigVersions> lookup;

    /** There is one value an org. */
    private enum Whole {
        ORG
    }

    public ConfigVersionLookup(Database database) {
        this.lookup =
                new BatchedLookup<>(
                        (org, keys) ->
                                Map.of(Whole.ORG, database.lookUp(org, ConfigVersionStore::read)));
    }

    /** The versions, read after this call began. */
    public ConfigVersions now(Org org) {
        return lookup.get(org.number(), Whole.ORG).orElseThrow();
    }
}
