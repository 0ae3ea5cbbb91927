package dev.ostiary.server.directory.risk;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.risk.UserRisk.Level;
import java.util.Optional;

/** The rows of {@code user_risk}. Thread-safe. */
final class UserRiskStore {

    private static final String SELECT =
            "SELECT level, reason FROM user_risk WHERE org_id = ? AND user_id = ?";

    /** What was said of a user. */
    Optional<UserRisk> of(Reader reader, String userId) {
        return find(reader, userId, "");
    }

    /** Says something of a user of whom nothing was said yet. Whether that was so. */
    boolean insert(Tx tx, String userId, UserRisk risk) {
        return tx.run(
                        Sql.of(
                                """
                                INSERT INTO user_risk (org_id, user_id, level, reason)
                                VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                                tx.org(),
                                userId,
                                risk.level(),
                                risk.reason()))
                > 0;
    }

    /** As {@link #of}; nobody says something else meanwhile. */
    Optional<UserRisk> lock(Tx tx, String userId) {
        return find(tx, userId, "FOR UPDATE");
    }

    /** Says something else, at the end of the transaction. */
    void update(Tx tx, String userId, UserRisk risk) {
        tx.write(
                Sql.of(
                        "UPDATE user_risk SET level = ?, reason = ? WHERE org_id = ? AND user_id = ?",
                        risk.level(),
                        risk.reason(),
                        tx.org(),
                        userId));
    }

    private static Optional<UserRisk> find(Reader reader, String userId, String lock) {
        return reader.one(
                Sql.of(SELECT, reader.org(), userId).then(lock),
                row -> new UserRisk(Level.valueOf(row.text("level")), row.text("reason")));
    }
}
