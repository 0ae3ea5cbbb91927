package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of {@code enrolment_skip}: how often users have put off what a policy wants enrolled.
 * Thread-safe.
 */
final class SkipStore {

    /** By the names that policies use. */
    Map<String, Integer> of(Reader reader, String userId) {
        Map<String, Integer> skips = new HashMap<>();
        reader.list(
                        Sql.of(
                                """
                                SELECT authenticator, skips FROM enrolment_skip
                                WHERE org_id = ? AND user_id = ?""",
                                reader.org(),
                                userId),
                        row -> Map.entry(row.text("authenticator"), row.integer("skips")))
                .forEach(each -> skips.put(each.getKey(), each.getValue()));
        return skips;
    }

    void add(Tx tx, String userId, String authenticator) {
        tx.write(
                Sql.of(
                        """
                        INSERT INTO enrolment_skip (org_id, user_id, authenticator, skips)
                        VALUES (?, ?, ?, 1)
                        ON CONFLICT (org_id, user_id, authenticator)
                        DO UPDATE SET skips = enrolment_skip.skips + 1""",
                        tx.org(),
                        userId,
                        authenticator));
    }
}
