package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.SearchDocument;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.LastMembershipUpdated;
import dev.ostiary.server.directory.memberships.Roster;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The rows of {@code groups}, and the search documents beside them. */
final class GroupStore {

    private static final String SELECT =
            "SELECT g.id, g.type, g.built_in, g.source_id, g.name, g.profile, g.created,"
                    + " g.last_updated, "
                    + LastMembershipUpdated.of("g")
                    + " AS membership_updated FROM groups g";

    /** The wire's name of the type, in errors. */
    static final String TYPE = "UserGroup";

    /** What else may happen to a group while a transaction goes on. */
    enum Lock {
        /** Anything. */
        NONE(""),
        /** Everything but its deletion. */
        STAYS("FOR KEY SHARE OF g"),
        /** Members may come and go. */
        PROFILE("FOR NO KEY UPDATE OF g"),
        /** Nothing. */
        ALL("FOR UPDATE OF g");

        private final String sql;

        Lock(String sql) {
            this.sql = sql;
        }
    }

    /**
     * The group of an id.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Group require(Reader reader, Org org, String id, Lock lock) {
        return (Ids.isId(id) ? find(reader, org, id, lock) : Optional.<Group>empty())
                .orElseThrow(() -> ApiException.notFound(id, TYPE));
    }

    private static Optional<Group> find(Reader reader, Org org, String id, Lock lock) {
        return reader.one(
                Sql.of(SELECT + " WHERE g.org_id = ? AND g.id = ?", org.number(), id)
                        .then(lock.sql),
                GroupStore::group);
    }

    /** The groups of these ids in their order; an id that is of none is passed over. */
    List<Group> byIds(Reader reader, Org org, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Group> found = new HashMap<>();
        reader.list(
                        Sql.of(SELECT + " WHERE g.org_id = ? AND g.id = ANY(?)", org.number(), ids),
                        GroupStore::group)
                .forEach(group -> found.put(group.id(), group));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** The oldest group of an app that is called so. */
    Optional<Group> ofSource(Reader reader, Org org, String sourceId, String name) {
        return reader
                .list(
                        Sql.of(
                                SELECT
                                        + " WHERE g.org_id = ? AND g.source_id = ?"
                                        + " AND g.name_folded = ? ORDER BY g.id LIMIT 1",
                                org.number(),
                                sourceId,
                                CaseFold.fold(name)),
                        GroupStore::group)
                .stream()
                .findFirst();
    }

    /** The groups of these ids and names that there are, kept from being deleted. */
    List<GroupImport.Known> known(Tx tx, Collection<String> ids, Collection<String> foldedNames) {
        return tx.list(
                Sql.of(
                        """
                        SELECT g.id, g.name, g.name_folded, g.type FROM groups g
                        WHERE g.org_id = ? AND (g.id = ANY(?)
                            OR (g.name_folded = ANY(?) AND g.type <> 'APP_GROUP'))
                        ORDER BY g.id FOR KEY SHARE OF g\
                        """,
                        tx.org(),
                        ids,
                        foldedNames),
                row ->
                        new GroupImport.Known(
                                new GroupRef(row.text("id"), row.text("name")),
                                row.text("name_folded"),
                                GroupType.valueOf(row.text("type")) == GroupType.OKTA_GROUP));
    }

    /** The next groups after an id that are managed here. */
    List<GroupExport.Exported> managedAfter(Reader reader, String id, int most) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id, name, profile FROM groups
                        WHERE org_id = ? AND id > ? AND type = 'OKTA_GROUP' ORDER BY id LIMIT ?\
                        """,
                        reader.org(),
                        id,
                        most),
                row ->
                        new GroupExport.Exported(
                                new GroupRef(row.text("id"), row.text("name")),
                                row.json("profile")));
    }

    /** Those of these groups that are managed here. */
    List<GroupRef> managed(Reader reader, Collection<String> ids) {
        return reader.list(
                Sql.of(
                        """
                        SELECT id, name FROM groups
                        WHERE org_id = ? AND id = ANY(?) AND type = 'OKTA_GROUP'\
                        """,
                        reader.org(),
                        ids),
                row -> new GroupRef(row.text("id"), row.text("name")));
    }

    /** Adds a group, at the end of the transaction. */
    void insert(Tx tx, Org org, Group group) {
        String name = group.profile().name();
        String folded = CaseFold.fold(name);
        @Nullable String builtIn = group.roster() == Roster.STORED ? null : group.roster().name();
        tx.write(
                Sql.of(
                        """
                        INSERT INTO groups (org_id, id, type, built_in, source_id, profile, name,
                            name_folded, created, last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        org.number(),
                        group.id(),
                        group.type(),
                        builtIn,
                        group.sourceId(),
                        new Json(group.profile().json()),
                        name,
                        folded,
                        group.created(),
                        group.lastUpdated()));
        SearchDocument document = document(group.profile());
        tx.write(
                Sql.of(
                        """
                        INSERT INTO group_search (org_id, id, built_in, name_folded, type,
                            source_id, created, last_updated, doc, words)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        org.number(),
                        group.id(),
                        builtIn,
                        folded,
                        group.type(),
                        group.sourceId(),
                        group.created(),
                        group.lastUpdated(),
                        new Json(document.doc()),
                        document.words()));
        if (org.settings().delaysSearch()) {
            GroupSearchDelay.created(tx, group.id(), group.created());
        }
    }

    /** Writes another profile, at the end of the transaction. */
    void update(Tx tx, Org org, Group group) {
        String folded = CaseFold.fold(group.profile().name());
        tx.write(
                Sql.of(
                        """
                        UPDATE groups SET profile = ?, name = ?, name_folded = ?, last_updated = ?
                        WHERE org_id = ? AND id = ?\
                        """,
                        new Json(group.profile().json()),
                        group.profile().name(),
                        folded,
                        group.lastUpdated(),
                        org.number(),
                        group.id()));
        SearchDocument document = document(group.profile());
        tx.write(
                Sql.of(
                        """
                        UPDATE group_search
                        SET name_folded = ?, last_updated = ?, doc = ?, words = ?
                        WHERE org_id = ? AND id = ?\
                        """,
                        folded,
                        group.lastUpdated(),
                        new Json(document.doc()),
                        document.words(),
                        org.number(),
                        group.id()));
        if (org.settings().delaysSearch()) {
            GroupSearchDelay.updated(tx, group.id(), group.lastUpdated());
        }
    }

    /** Removes a group; its memberships and its search document go with it. */
    void delete(Tx tx, Org org, Group group) {
        tx.write(
                Sql.of("DELETE FROM groups WHERE org_id = ? AND id = ?", org.number(), group.id()));
    }

    private static SearchDocument document(GroupProfile profile) {
        ObjectNode document = dev.ostiary.platform.json.Json.object();
        document.set("profile", profile.document());
        return SearchDocument.of(document);
    }

    private static Group group(Row row) {
        @Nullable String builtIn = row.textOrNull("built_in");
        return new Group(
                row.text("id"),
                GroupType.valueOf(row.text("type")),
                builtIn == null ? Roster.STORED : Roster.valueOf(builtIn),
                row.textOrNull("source_id"),
                new GroupProfile(row.text("name"), row.json("profile")),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("membership_updated"));
    }
}
