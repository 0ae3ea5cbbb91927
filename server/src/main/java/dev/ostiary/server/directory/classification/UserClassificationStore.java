package dev.ostiary.server.directory.classification;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.classification.UserClassification.Kind;
import dev.ostiary.server.directory.users.User;
import java.util.Optional;

/** The rows of {@code user_classification}. Thread-safe. */
final class UserClassificationStore {

    private static final String SELECT =
            "SELECT type, last_updated FROM user_classification WHERE org_id = ? AND user_id = ?";

    /** How a user is classified. */
    UserClassification of(Reader reader, User user) {
        return find(reader, user, "").orElseGet(() -> unsaid(user));
    }

    /** As {@link #of}; nobody changes it meanwhile. None of a user who is not there any more. */
    Optional<UserClassification> lock(Tx tx, User user) {
        UserClassification unsaid = unsaid(user);
        tx.run(
                Sql.of(
                        """
                        INSERT INTO user_classification (org_id, user_id, type, last_updated)
                        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        tx.org(),
                        user.id(),
                        unsaid.kind(),
                        unsaid.lastUpdated()));
        return find(tx, user, "FOR UPDATE");
    }

    /** Writes another one, at the end of the transaction. */
    void update(Tx tx, User user, UserClassification classification) {
        tx.write(
                Sql.of(
                        """
                        UPDATE user_classification SET type = ?, last_updated = ?
                        WHERE org_id = ? AND user_id = ?""",
                        classification.kind(),
                        classification.lastUpdated(),
                        tx.org(),
                        user.id()));
    }

    private static UserClassification unsaid(User user) {
        return new UserClassification(Kind.STANDARD, user.created());
    }

    private static Optional<UserClassification> find(Reader reader, User user, String lock) {
        return reader.one(
                Sql.of(SELECT, reader.org(), user.id()).then(lock),
                row ->
                        new UserClassification(
                                Kind.valueOf(row.text("type")), row.instant("last_updated")));
    }
}
