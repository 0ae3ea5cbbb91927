package dev.ostiary.server.directory.memberships;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The rows of {@code group_membership} and {@code group_departure}. Many write them at once; nobody
 * waits for anybody but one who changes the very same membership, or deletes the group or the user.
 */
final class MembershipStore {

    /** What may be joined: asked for with a lock that only the deletion of a group waits for. */
    record Joinable(GroupRef group, boolean open) {}

    List<Joinable> lock(Tx tx, long org, List<String> groupIds) {
        return tx.list(
                Sql.of(
                        """
                        SELECT id, name, type = 'OKTA_GROUP' AS open FROM groups
                        WHERE org_id = ? AND id = ANY(?) ORDER BY id FOR KEY SHARE\
                        """,
                        org,
                        groupIds),
                row ->
                        new Joinable(
                                new GroupRef(row.text("id"), row.text("name")), row.flag("open")));
    }

    /** Adds rows for groups that are locked and a user who is in none of them, later. */
    void addAll(Tx tx, long org, List<String> groupIds, String userId, Instant at) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO group_membership (org_id, group_id, user_id, added)
                        SELECT ?::bigint, unnest(?::text[]), ?::text, ?::timestamptz\
                        """,
                        org,
                        groupIds,
                        userId,
                        at));
    }

    /** Adds many rows; those that were not there before. The groups are locked, the users stay. */
    List<Membership> addAll(Tx tx, long org, List<Membership> wanted, Instant at) {
        return tx.list(
                Sql.of(
                        """
                        INSERT INTO group_membership (org_id, group_id, user_id, added)
                        SELECT ?::bigint, m.group_id, m.user_id, ?::timestamptz
                        FROM unnest(?::text[], ?::text[]) AS m(group_id, user_id)
                        ORDER BY m.group_id, m.user_id ON CONFLICT DO NOTHING
                        RETURNING group_id, user_id\
                        """,
                        org,
                        at,
                        wanted.stream().map(Membership::groupId).toList(),
                        wanted.stream().map(Membership::userId).toList()),
                row -> new Membership(row.text("group_id"), row.text("user_id")));
    }

    /** Whether the user was not in the group before. */
    boolean add(Tx tx, long org, String groupId, String userId, Instant at) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO group_membership (org_id, group_id, user_id, added)
                                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING\
                                """,
                                org,
                                groupId,
                                userId,
                                at))
                > 0;
    }

    /** A membership that a rule made is one by hand from now on, at the end of the transaction. */
    void keep(Tx tx, long org, String groupId, String userId) {
        tx.write(
                Sql.of(
                        """
                        UPDATE group_membership SET by_hand = true
                        WHERE org_id = ? AND group_id = ? AND user_id = ? AND NOT by_hand\
                        """,
                        org,
                        groupId,
                        userId));
    }

    /** Whether the user was in the group before. */
    boolean remove(Tx tx, long org, String groupId, String userId, Instant at) {
        int gone =
                tx.run(
                        Sql.of(
                                """
                                WITH gone AS (
                                    DELETE FROM group_membership
                                    WHERE org_id = ? AND group_id = ? AND user_id = ?
                                    RETURNING org_id, group_id, user_id)
                                INSERT INTO group_departure (org_id, group_id, departed, user_id)
                                SELECT org_id, group_id, ?::timestamptz, user_id FROM gone\
                                """,
                                org,
                                groupId,
                                userId,
                                at));
        if (gone > 0) {
            tx.write(outdated(org, List.of(groupId), at));
        }
        return gone > 0;
    }

    /** A group that a user has left, and whether a membership was stored. */
    private record Left(GroupRef group, boolean stored) {}

    /** Removes every row of a user; Everyone notes the departure too. */
    List<GroupRef> removeUser(Tx tx, long org, String userId, Instant at) {
        List<Left> left =
                tx.list(
                        Sql.of(
                                """
                                WITH gone AS (
                                    DELETE FROM group_membership WHERE org_id = ? AND user_id = ?
                                    RETURNING org_id, group_id),
                                parted AS (
                                    SELECT org_id, group_id FROM gone
                                    UNION ALL
                                    SELECT org_id, id FROM groups
                                    WHERE org_id = ? AND built_in = 'EVERYONE'),
                                departed AS (
                                    INSERT INTO group_departure (org_id, group_id, departed, user_id)
                                    SELECT org_id, group_id, ?::timestamptz, ?::text FROM parted)
                                SELECT g.id, g.name, g.built_in IS NULL AS stored FROM parted p
                                JOIN groups g ON g.org_id = p.org_id AND g.id = p.group_id
                                ORDER BY g.id""",
                                org,
                                userId,
                                org,
                                at,
                                userId),
                        row ->
                                new Left(
                                        new GroupRef(row.text("id"), row.text("name")),
                                        row.flag("stored")));
        tx.write(outdated(org, left.stream().map(one -> one.group().id()).toList(), at));
        return left.stream().filter(Left::stored).map(Left::group).toList();
    }

    /**
     * Takes out departures that a newer one makes meaningless: two for each that is put in, so that
     * the table stays as small as the number of writers. Rows that another transaction is taking
     * out are left to it.
     */
    static Sql outdated(long org, List<String> groupIds, Instant before) {
        return Sql.of(
                """
                DELETE FROM group_departure d
                USING unnest(?::text[]) AS g(id), LATERAL (
                    SELECT o.departed, o.user_id FROM group_departure o
                    WHERE o.org_id = ? AND o.group_id = g.id AND o.departed < ?
                    ORDER BY o.departed LIMIT 2 FOR UPDATE SKIP LOCKED) old
                WHERE d.org_id = ? AND d.group_id = g.id
                  AND d.departed = old.departed AND d.user_id = old.user_id\
                """,
                groupIds,
                org,
                before,
                org);
    }

    /** The next memberships after one, by group and user. */
    List<Membership> after(Reader reader, long org, String groupId, String userId, int most) {
        return reader.list(
                Sql.of(
                        """
                        SELECT group_id, user_id FROM group_membership
                        WHERE org_id = ? AND (group_id, user_id) > (?, ?)
                        ORDER BY group_id, user_id LIMIT ?\
                        """,
                        org,
                        groupId,
                        userId,
                        most),
                row -> new Membership(row.text("group_id"), row.text("user_id")));
    }

    /** Ids of members. The condition is on {@code user_id}. */
    List<String> members(
            Reader reader,
            long org,
            String groupId,
            Roster roster,
            Sql beyond,
            Sql order,
            int most) {
        return reader.list(
                Sql.of("SELECT user_id FROM (")
                        .then(roster(org, groupId, roster))
                        .then(") m WHERE")
                        .then(beyond)
                        .then("ORDER BY")
                        .then(order)
                        .then("LIMIT ?", most),
                row -> row.text("user_id"));
    }

    private static Sql roster(long org, String groupId, Roster roster) {
        return switch (roster) {
            case STORED ->
                    Sql.of(
                            """
                            SELECT user_id FROM group_membership
                            WHERE org_id = ? AND group_id = ?\
                            """,
                            org,
                            groupId);
            case EVERYONE -> Sql.of("SELECT id AS user_id FROM users WHERE org_id = ?", org);
            case ADMINISTRATORS ->
                    Sql.of("SELECT DISTINCT user_id FROM admin_role WHERE org_id = ?", org);
        };
    }

    /** Ids of the groups that a user is in. */
    List<String> groupsOf(Reader reader, long org, String userId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT group_id FROM group_membership WHERE org_id = ? AND user_id = ?
                        UNION ALL
                        SELECT id FROM groups WHERE org_id = ? AND built_in IS NOT NULL
                        AND (built_in = 'EVERYONE' OR EXISTS (
                            SELECT 1 FROM admin_role WHERE org_id = ? AND user_id = ?))
                        ORDER BY 1\
                        """,
                        org,
                        userId,
                        org,
                        org,
                        userId),
                row -> row.text("group_id"));
    }

    /** A number of members by group. */
    record Count(String groupId, int members) {}

    /** How many members groups have whose members are stored; those without any are left out. */
    List<Count> counts(Reader reader, long org, Collection<String> groupIds) {
        return reader.list(
                Sql.of(
                        """
                        SELECT group_id, count(*) AS members FROM group_membership
                        WHERE org_id = ? AND group_id = ANY(?) GROUP BY group_id\
                        """,
                        org,
                        groupIds),
                row -> new Count(row.text("group_id"), row.integer("members")));
    }

    /** How many members a group has. */
    int count(Reader reader, long org, String groupId, Roster roster) {
        return reader.one(
                        Sql.of("SELECT count(*) AS members FROM (")
                                .then(roster(org, groupId, roster))
                                .then(") m"),
                        row -> row.integer("members"))
                .orElseThrow();
    }
}
