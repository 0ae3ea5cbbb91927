package dev.ostiary.server.directory.linkedobjects;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of {@code linked_object_value}. Thread-safe. */
final class LinkStore {

    /** Constraints as the migration wrote them: who was not there any more. */
    static final String NO_ASSOCIATED = "linked_object_value_associated";

    static final String NO_PRIMARY = "linked_object_value_primary";

    /** Gives a user its primary, instead of another if it had one. Whether it had not this one. */
    boolean put(Tx tx, LinkedObject object, String associatedId, String primaryId) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO linked_object_value AS v
                                    (org_id, primary_name, associated_id, primary_id)
                                VALUES (?, ?, ?, ?)
                                ON CONFLICT (org_id, primary_name, associated_id)
                                DO UPDATE SET primary_id = excluded.primary_id
                                WHERE v.primary_id <> excluded.primary_id""",
                                tx.org(),
                                object.primary().name(),
                                associatedId,
                                primaryId))
                > 0;
    }

    /** Whether the user had a primary before. */
    boolean remove(Tx tx, LinkedObject object, String associatedId) {
        return tx.run(
                        Sql.of(
                                """
                                DELETE FROM linked_object_value
                                WHERE org_id = ? AND primary_name = ? AND associated_id = ?""",
                                tx.org(),
                                object.primary().name(),
                                associatedId))
                > 0;
    }

    /** Takes a user out of every relation, on either side. */
    void removeUser(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        """
                        DELETE FROM linked_object_value
                        WHERE org_id = ? AND (associated_id = ? OR primary_id = ?)""",
                        tx.org(),
                        userId,
                        userId));
    }

    /** The id of a user's primary. */
    Optional<String> primary(Reader reader, LinkedObject object, String associatedId) {
        return reader.one(
                Sql.of(
                        """
                        SELECT primary_id FROM linked_object_value
                        WHERE org_id = ? AND primary_name = ? AND associated_id = ?""",
                        reader.org(),
                        object.primary().name(),
                        associatedId),
                row -> row.text("primary_id"));
    }

    /** The ids of the users whose primary a user is, in order. */
    List<String> associated(Reader reader, LinkedObject object, String primaryId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT associated_id FROM linked_object_value
                        WHERE org_id = ? AND primary_name = ? AND primary_id = ?
                        ORDER BY associated_id""",
                        reader.org(),
                        object.primary().name(),
                        primaryId),
                row -> row.text("associated_id"));
    }
}
