package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.AttributeHolders;
import java.util.Set;

/**
 * The users and groups whose profiles in an app its schema describes. Values in apps are not kept
 * apart: nothing keeps two users from having the same.
 */
public final class AppAttributeHolders implements AttributeHolders {

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
    }

    @Override
    public boolean keepUnique(Tx tx, Org org, String appId, String name) {
        return false;
    }

    @Override
    public void letShare(Tx tx, Org org, String appId, String name) {}
}
