package dev.ostiary.server.roles;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;

/** The rows of {@code admin_role}: a standard role that a user holds. */
public final class AdminRoleStore {

    /** Gives a user a standard role, by the role's wire name; having it already is no error. */
    public void grant(Tx tx, Org org, String userId, String role) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO admin_role (org_id, user_id, role) VALUES (?, ?, ?)
                        ON CONFLICT DO NOTHING""",
                        org.number(),
                        userId,
                        role));
    }

    /** Takes every role from a user. */
    public void revokeAll(Tx tx, Org org, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM admin_role WHERE org_id = ? AND user_id = ?",
                        org.number(),
                        userId));
    }
}
