package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.memberships.GroupRef;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@code app_group}. Whoever changes an order of priorities holds the app's row, so
 * that changes of one app come one after the other; the key over the priorities is checked at the
 * commit, since a shift goes through states in which two share one.
 */
final class GroupAssignmentStore {

    private static final String SELECT =
            "SELECT ag.app_id, ag.group_id, ag.priority, ag.profile, ag.created, ag.last_updated"
                    + " FROM app_group ag";

    Optional<GroupAssignment> find(Reader reader, String appId, String groupId) {
        return reader.one(
                Sql.of(
                        SELECT + " WHERE ag.org_id = ? AND ag.app_id = ? AND ag.group_id = ?",
                        reader.org(),
                        appId,
                        groupId),
                GroupAssignmentStore::read);
    }

    /** Assignments of an app for which a condition on {@code ag} and the group {@code g} holds. */
    List<GroupAssignment> list(Reader reader, String appId, Sql condition, Sql order, int most) {
        return reader.list(
                Sql.of(
                                SELECT
                                        + " JOIN groups g ON g.org_id = ag.org_id AND g.id ="
                                        + " ag.group_id WHERE ag.org_id = ? AND ag.app_id = ? AND",
                                reader.org(),
                                appId)
                        .then(condition)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                GroupAssignmentStore::read);
    }

    /** The apps that a group is given. */
    List<GroupAssignment> ofGroup(Reader reader, String groupId) {
        return reader.list(
                Sql.of(
                        SELECT + " WHERE ag.org_id = ? AND ag.group_id = ? ORDER BY ag.app_id",
                        reader.org(),
                        groupId),
                GroupAssignmentStore::read);
    }

    /** The next priority that nobody has. */
    int next(Reader reader, String appId) {
        return reader.one(
                        Sql.of(
                                """
                                SELECT coalesce(max(priority) + 1, 0) AS next FROM app_group
                                WHERE org_id = ? AND app_id = ?\
                                """,
                                reader.org(),
                                appId),
                        row -> row.integer("next"))
                .orElse(0);
    }

    void insert(Tx tx, GroupAssignment assignment) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO app_group (org_id, app_id, group_id, priority, profile, created,
                            last_updated)
                        VALUES (?, ?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        assignment.appId(),
                        assignment.groupId(),
                        assignment.priority(),
                        new Json(assignment.profile()),
                        assignment.created(),
                        assignment.lastUpdated()));
    }

    void update(Tx tx, GroupAssignment assignment) {
        tx.run(
                Sql.of(
                        """
                        UPDATE app_group SET priority = ?, profile = ?, last_updated = ?
                        WHERE org_id = ? AND app_id = ? AND group_id = ?\
                        """,
                        assignment.priority(),
                        new Json(assignment.profile()),
                        assignment.lastUpdated(),
                        tx.org(),
                        assignment.appId(),
                        assignment.groupId()));
    }

    /** Moves all from a priority on by so many. */
    void shift(Tx tx, String appId, int from, int by) {
        tx.run(
                Sql.of(
                        """
                        UPDATE app_group SET priority = priority + ?
                        WHERE org_id = ? AND app_id = ? AND priority >= ?\
                        """,
                        by,
                        tx.org(),
                        appId,
                        from));
    }

    /** Closes the hole that one leaves behind at a priority and makes room for it at another. */
    void moveBetween(Tx tx, String appId, int from, int to) {
        boolean up = to < from;
        tx.run(
                Sql.of(
                        """
                        UPDATE app_group SET priority = priority + ?
                        WHERE org_id = ? AND app_id = ? AND priority BETWEEN ? AND ?\
                        """,
                        up ? 1 : -1,
                        tx.org(),
                        appId,
                        up ? to : from + 1,
                        up ? from - 1 : to));
    }

    /** Whether there is such a group. */
    static boolean isGroup(Reader reader, String groupId) {
        return reader.one(
                        Sql.of(
                                "SELECT 1 AS found FROM groups WHERE org_id = ? AND id = ?",
                                reader.org(),
                                groupId),
                        row -> row.number(1))
                .isPresent();
    }

    /** A group, kept from being deleted. */
    static Optional<GroupRef> group(Tx tx, String groupId) {
        return tx.one(
                Sql.of(
                        "SELECT id, name FROM groups WHERE org_id = ? AND id = ? FOR KEY SHARE",
                        tx.org(),
                        groupId),
                row -> new GroupRef(row.text("id"), row.text("name")));
    }

    void delete(Tx tx, GroupAssignment assignment) {
        tx.run(
                Sql.of(
                        "DELETE FROM app_group WHERE org_id = ? AND app_id = ? AND group_id = ?",
                        tx.org(),
                        assignment.appId(),
                        assignment.groupId()));
    }

    private static GroupAssignment read(Row row) {
        return new GroupAssignment(
                row.text("app_id"),
                row.text("group_id"),
                row.integer("priority"),
                row.json("profile"),
                row.instant("created"),
                row.instant("last_updated"));
    }
}
