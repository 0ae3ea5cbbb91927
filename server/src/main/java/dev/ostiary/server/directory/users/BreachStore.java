package dev.ostiary.server.directory.users;

import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code breached_password}: when a user's password was found. Thread-safe. */
final class BreachStore {

    /** When it was found; empty if that was another password, or never. */
    Optional<Instant> found(Tx tx, User user) {
        Instant changed = user.passwordChanged();
        return tx.one(
                        Sql.of(
                                """
                                SELECT found FROM breached_password
                                WHERE org_id = ? AND user_id = ?""",
                                tx.org(),
                                user.id()),
                        row -> row.instant("found"))
                .filter(found -> changed == null || !found.isBefore(changed));
    }

    void save(Tx tx, User user, Instant found) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO breached_password (org_id, user_id, found) VALUES (?, ?, ?)
                        ON CONFLICT (org_id, user_id) DO UPDATE SET found = excluded.found""",
                        tx.org(),
                        user.id(),
                        found));
    }
}
