package dev.ostiary.server.signin.devices;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code remembered_device}. Thread-safe. */
final class RememberedDeviceStore {

    Optional<Instant> find(Reader reader, String userId, TokenHash device) {
        return reader.one(
                Sql.of(
                        """
                            SELECT proven FROM remembered_device
                            WHERE org_id = ? AND user_id = ? AND device = ?""",
                        reader.org(),
                        userId,
                        device.bytes()),
                row -> row.instant("proven"));
    }

    /** The two statements see the same rows and leave each other's alone. */
    void save(Tx tx, String userId, TokenHash device, Instant now, int most) {
        tx.write(
                Sql.of(
                        """
                            INSERT INTO remembered_device (org_id, user_id, device, proven)
                            VALUES (?, ?, ?, ?)
                            ON CONFLICT (org_id, user_id, device) DO UPDATE
                            SET proven = greatest(remembered_device.proven, excluded.proven)""",
                        tx.org(),
                        userId,
                        device.bytes(),
                        now));
        tx.write(
                Sql.of(
                        """
                            DELETE FROM remembered_device WHERE org_id = ? AND user_id = ?
                            AND device IN (
                                SELECT device FROM remembered_device
                                WHERE org_id = ? AND user_id = ? AND device <> ?
                                ORDER BY proven DESC, device OFFSET ?)""",
                        tx.org(),
                        userId,
                        tx.org(),
                        userId,
                        device.bytes(),
                        most - 1));
    }

    void deleteOf(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM remembered_device WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }
}
