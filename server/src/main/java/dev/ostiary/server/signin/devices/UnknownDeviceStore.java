package dev.ostiary.server.signin.devices;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Optional;

/** The rows of {@code unknown_device_failure}. Thread-safe. */
final class UnknownDeviceStore {

    /** How many, and since when they are refused. */
    record Failures(int count, Optional<Instant> locked) {}

    Optional<Failures> find(Reader reader, String userId) {
        return reader.one(
                Sql.of(
                        """
                        SELECT failures, locked FROM unknown_device_failure
                        WHERE org_id = ? AND user_id = ?""",
                        reader.org(),
                        userId),
                row ->
                        new Failures(
                                row.integer("failures"),
                                Optional.ofNullable(row.instantOrNull("locked"))));
    }

    void save(Tx tx, String userId, Failures failures) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO unknown_device_failure (org_id, user_id, failures, locked)
                        VALUES (?, ?, ?, ?::timestamptz)
                        ON CONFLICT (org_id, user_id) DO UPDATE
                        SET failures = excluded.failures, locked = excluded.locked""",
                        tx.org(),
                        userId,
                        failures.count(),
                        failures.locked().orElse(null)));
    }

    void delete(Tx tx, String userId) {
        tx.write(
                Sql.of(
                        "DELETE FROM unknown_device_failure WHERE org_id = ? AND user_id = ?",
                        tx.org(),
                        userId));
    }
}
