package dev.ostiary.server.roles;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.Optional;

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

    /** The id of the user who was made first of those who hold a role in the reader's org. */
    public Optional<String> first(Reader reader, String role) {
        return reader.one(
                Sql.of(
                        """
                        SELECT user_id FROM admin_role WHERE org_id = ? AND role = ?
                        ORDER BY user_id LIMIT 1""",
                        reader.org(),
                        role),
                row -> row.text("user_id"));
    }
}
