package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.store.Sql;

/**
 * Conditions of SQL on an app, called {@code a}: that somebody is given it. They ask by key in both
 * directions, and never for all users of an app.
 */
final class AssignmentConditions {

    private AssignmentConditions() {}

    /** A user is given the app, itself or by a group that it is in. */
    static Sql ofUser(String userId) {
        return Sql.of("(EXISTS (")
                .then(direct(userId))
                .then(") OR EXISTS (")
                .then(byGroup(userId))
                .then("))");
    }

    /** A user may use the app: it is given to it, or it is for everybody. */
    static Sql usableBy(String userId) {
        return Sql.of("((").then(everyone(userId)).then(") OR").then(ofUser(userId)).then(")");
    }

    /** The app is for everybody who is not deactivated. */
    private static Sql everyone(String userId) {
        return Sql.of(
                """
                a.for_everyone AND EXISTS (SELECT 1 FROM users u
                WHERE u.org_id = a.org_id AND u.status <> 'DEPROVISIONED' AND u.id = ?)\
                """,
                userId);
    }

    /**
     * As {@link #usableBy}, of a row {@code k} of whom the statement knows more: that the user is
     * not deactivated, and which groups it is in, {@code g.ids}. So it asks three tables, and not
     * nine.
     */
    static Sql toUserInGroups() {
        return Sql.of(
                """
                SELECT au.user_name, a.for_everyone OR COALESCE(au.scope = 'USER', FALSE) OR EXISTS (
                    SELECT 1 FROM app_group ag WHERE ag.org_id = k.org_id
                      AND ag.app_id = k.app_id AND ag.group_id = ANY (g.ids)) AS usable
                FROM app a LEFT JOIN app_user au ON au.org_id = k.org_id AND au.app_id = k.app_id
                  AND au.user_id = k.user_id
                WHERE a.org_id = k.org_id AND a.id = k.app_id LIMIT 1                """);
    }

    private static Sql direct(String userId) {
        return Sql.of(
                """
                SELECT 1 FROM app_user au
                JOIN users u ON u.org_id = au.org_id AND u.id = au.user_id
                WHERE au.org_id = a.org_id AND au.app_id = a.id AND au.user_id = ?
                  AND au.scope = 'USER' AND u.status <> 'DEPROVISIONED'\
                """,
                userId);
    }

    private static Sql byGroup(String userId) {
        return Sql.of(
                """
                SELECT 1 FROM app_group ag JOIN groups g
                  ON g.org_id = ag.org_id AND g.id = ag.group_id
                JOIN users u ON u.org_id = ag.org_id AND u.id = ? AND u.status <> 'DEPROVISIONED'
                WHERE ag.org_id = a.org_id AND ag.app_id = a.id AND (g.built_in = 'EVERYONE'
                  OR (g.built_in IS NULL AND EXISTS (
                    SELECT 1 FROM group_membership m WHERE m.org_id = g.org_id
                      AND m.group_id = g.id AND m.user_id = u.id))
                  OR (g.built_in = 'ADMINISTRATORS' AND EXISTS (
                    SELECT 1 FROM admin_role r
                    WHERE r.org_id = g.org_id AND r.user_id = u.id)))\
                """,
                userId);
    }

    /** A group is given the app. */
    static Sql ofGroup(String groupId) {
        return Sql.of(
                """
                EXISTS (SELECT 1 FROM app_group ag
                  WHERE ag.org_id = a.org_id AND ag.app_id = a.id AND ag.group_id = ?)\
                """,
                groupId);
    }
}
