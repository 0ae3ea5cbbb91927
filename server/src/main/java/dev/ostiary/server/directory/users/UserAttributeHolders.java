package dev.ostiary.server.directory.users;

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

/** The users of a type, when its schema changes. Thread-safe. */
public final class UserAttributeHolders implements AttributeHolders {

    private final Shares shares;
    private final UniqueValues uniqueValues = new UniqueValues();
    private final SearchIndexStore searchIndexes = new SearchIndexStore(SearchTable.USERS);

    public UserAttributeHolders() {
        this(Shares.USUAL);
    }

    UserAttributeHolders(Shares shares) {
        this.shares = shares;
    }

    @Override
    public void drop(Tx tx, Org org, String typeId, Set<String> names) {
        for (String name : names) {
            Sql having =
                    Sql.of("jsonb_exists(u.profile, ?) AND", name).then(ofType(tx, org, typeId));
            shares.each(
                    tx,
                    after ->
                            Sql.of("SELECT u.id FROM users u WHERE")
                                    .then(having)
                                    .then("AND u.id > ?", after),
                    (after, last) ->
                            drop(tx, name, having.then("AND u.id > ? AND u.id <= ?", after, last)));
        }
        searchIndexes.forget(
                tx, names.stream().map(name -> ProfileAttribute.PROFILE + name).toList());
    }

    private static void drop(Tx tx, String name, Sql some) {
        tx.run(
                Sql.of("UPDATE user_search s SET doc = s.doc #- ARRAY['profile', ?::text]", name)
                        .then("FROM users u WHERE s.org_id = u.org_id AND s.id = u.id AND")
                        .then(some));
        tx.run(
                Sql.of(
                                "UPDATE users u SET profile = u.profile - ?::text,"
                                        + " version = u.version + 1 WHERE",
                                name)
                        .then(some));
    }

    @Override
    public boolean keepUnique(Tx tx, Org org, String typeId, String name) {
        return uniqueValues.claimAll(
                tx,
                UniqueValues.USER,
                name,
                Sql.of(
                                """
                                SELECT u.id, s.doc -> 'profile' ->> ?::text AS value
                                FROM users u JOIN user_search s ON s.org_id = u.org_id AND s.id = u.id
                                WHERE""",
                                name)
                        .then(ofType(tx, org, typeId)));
    }

    @Override
    public void letShare(Tx tx, Org org, String typeId, String name) {
        uniqueValues.forget(
                tx,
                UniqueValues.USER,
                name,
                Sql.of("SELECT u.id FROM users u WHERE").then(ofType(tx, org, typeId)));
    }

    private static Sql ofType(Tx tx, Org org, String typeId) {
        return UserType.defaultOf(org).id().equals(typeId)
                ? Sql.of("u.org_id = ? AND u.type_id IS NULL", tx.org())
                : Sql.of("u.org_id = ? AND u.type_id = ?", tx.org(), typeId);
    }

    /** Whether there are users of a type. */
    public boolean any(Tx tx, String typeId) {
        return tx.one(
                        Sql.of(
                                "SELECT EXISTS (SELECT 1 FROM users"
                                        + " WHERE org_id = ? AND type_id = ?) AS found",
                                tx.org(),
                                typeId),
                        row -> row.flag("found"))
                .orElse(false);
    }
}
