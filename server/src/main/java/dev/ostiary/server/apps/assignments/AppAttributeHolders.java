package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.AttributeHolders;
import dev.ostiary.server.directory.schemas.UniqueValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The users and groups whose profiles in an app its schema describes. Kept apart are the values
 * that were set for users; what groups and mappings make is nobody's own. Thread-safe.
 */
public final class AppAttributeHolders implements AttributeHolders {

    private static final int BATCH = 2000;

    private final UniqueValues uniqueValues = new UniqueValues();
    private final AssignmentStore store = new AssignmentStore();

    @Override
    public void drop(Tx tx, Org org, String appId, Set<String> names) {
        for (String table : new String[] {"app_user", "app_group"}) {
            tx.run(
                    Sql.of(
                            "UPDATE "
                                    + table
                                    + " SET profile = profile - ?::text[]"
                                    + " WHERE org_id = ? AND app_id = ?",
                            names,
                            tx.org(),
                            appId));
        }
        names.forEach(name -> letShare(tx, org, appId, name));
    }

    @Override
    public boolean keepUnique(Tx tx, Org org, String appId, String name) {
        String namespace = UniqueValues.ofApp(appId);
        String last = "";
        while (true) {
            Map<String, JsonNode> batch = store.values(tx, appId, name, last, BATCH);
            if (batch.isEmpty()) {
                return true;
            }
            if (!uniqueValues.claimEach(tx, namespace, name, batch)) {
                letShare(tx, org, appId, name);
                return false;
            }
            last = batch.keySet().stream().max(String::compareTo).orElseThrow();
        }
    }

    @Override
    public void letShare(Tx tx, Org org, String appId, String name) {
        uniqueValues.forgetAll(tx, UniqueValues.ofApp(appId), Optional.of(name));
    }
}
