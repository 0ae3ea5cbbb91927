package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupOwner.Type;
import dev.ostiary.server.directory.memberships.GroupRef;
import java.util.List;

/**
 * The rows of {@code group_owner}. Whoever changes owners of a group holds its row, so that the log
 * can say who owned it before and after. Thread-safe.
 */
final class GroupOwnerStore {

    /** Constraints as the migration wrote them: who was not there any more. */
    static final String NO_USER = "group_owner_user";

    static final String NO_GROUP = "group_owner_by_group";

    private static final String SELECT =
            "SELECT o.owner_id, o.type, o.last_updated FROM group_owner o"
                    + " WHERE o.org_id = ? AND o.group_id = ?";

    /** All owners of a group, by id. */
    List<GroupOwner> all(Reader reader, String groupId) {
        return reader.list(
                Sql.of(SELECT + " ORDER BY o.owner_id", reader.org(), groupId),
                GroupOwnerStore::owner);
    }

    /** Owners for which a condition on {@code o} holds. */
    List<GroupOwner> find(Reader reader, String groupId, Sql condition, Sql order, int most) {
        return reader.search(
                Sql.of(SELECT, reader.org(), groupId)
                        .then("AND")
                        .then(condition)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                GroupOwnerStore::owner);
    }

    /** Adds an owner, at the end of the transaction. */
    void insert(Tx tx, String groupId, GroupOwner owner) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO group_owner (org_id, group_id, owner_id, type, last_updated)
                        VALUES (?, ?, ?, ?, ?)""",
                        tx.org(),
                        groupId,
                        owner.id(),
                        owner.type(),
                        owner.lastUpdated()));
    }

    /** Takes an owner away, at the end of the transaction. */
    void delete(Tx tx, String groupId, String ownerId) {
        tx.write(
                Sql.of(
                        "DELETE FROM group_owner WHERE org_id = ? AND group_id = ? AND owner_id = ?",
                        tx.org(),
                        groupId,
                        ownerId));
    }

    /** The groups that a user or a group owns, held until the transaction ends. */
    List<GroupRef> lockOwned(Tx tx, String ownerId, Type type) {
        String column = type == Type.USER ? "user_id" : "by_group_id";
        return tx.list(
                Sql.of(
                        "SELECT g.id, g.name FROM groups g WHERE g.org_id = ? AND g.id IN ("
                                + "SELECT group_id FROM group_owner WHERE org_id = ? AND "
                                + column
                                + " = ?) ORDER BY g.id FOR NO KEY UPDATE",
                        tx.org(),
                        tx.org(),
                        ownerId),
                row -> new GroupRef(row.text("id"), row.text("name")));
    }

    private static GroupOwner owner(Row row) {
        return new GroupOwner(
                row.text("owner_id"), Type.valueOf(row.text("type")), row.instant("last_updated"));
    }
}
