package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.schemas.AttributeHolders;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.Shares;
import dev.ostiary.server.directory.schemas.UniqueValues;
import dev.ostiary.server.directory.searchindexes.SearchIndexStore;
import dev.ostiary.server.directory.searchindexes.SearchTable;
import java.util.Set;

/** The groups of an org, when their schema changes. Thread-safe. */
public final class GroupAttributeHolders implements AttributeHolders {

    private final Shares shares = Shares.USUAL;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final SearchIndexStore searchIndexes = new SearchIndexStore(SearchTable.GROUPS);

    @Override
    public void drop(Tx tx, Org org, String typeId, Set<String> names) {
        for (String name : names) {
            Sql having = Sql.of("org_id = ? AND jsonb_exists(profile, ?)", tx.org(), name);
            shares.each(
                    tx,
                    after ->
                            Sql.of("SELECT id FROM groups WHERE")
                                    .then(having)
                                    .then("AND id > ?", after),
                    (after, last) ->
                            drop(tx, name, having.then("AND id > ? AND id <= ?", after, last)));
        }
        searchIndexes.forget(
                tx, names.stream().map(name -> ProfileAttribute.PROFILE + name).toList());
    }

    private static void drop(Tx tx, String name, Sql some) {
        tx.run(
                Sql.of("UPDATE group_search SET doc = doc #- ARRAY['profile', ?::text]", name)
                        .then("WHERE org_id = ? AND id IN (SELECT id FROM groups WHERE", tx.org())
                        .then(some)
                        .then(")"));
        tx.run(Sql.of("UPDATE groups SET profile = profile - ?::text WHERE", name).then(some));
    }

    @Override
    public boolean keepUnique(Tx tx, Org org, String typeId, String name) {
        return uniqueValues.claimAll(
                tx,
                UniqueValues.GROUP,
                name,
                Sql.of(
                        "SELECT s.id, s.doc -> 'profile' ->> ?::text AS value"
                                + " FROM group_search s WHERE s.org_id = ?",
                        name,
                        tx.org()));
    }

    @Override
    public void letShare(Tx tx, Org org, String typeId, String name) {
        uniqueValues.forget(
                tx,
                UniqueValues.GROUP,
                name,
                Sql.of("SELECT g.id FROM groups g WHERE g.org_id = ?", tx.org()));
    }
}
