package dev.ostiary.server.apps.assignments;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Json;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows of {@code app_user}, and what groups make beside them. */
final class AssignmentStore {

    private static final String FIELD = "app_user.password";

    private static final String SELECT =
            "SELECT app_id, user_id, scope, user_name, password_changed, profile, created,"
                    + " last_updated, status_changed, external_id FROM app_user";

    Optional<Assignment> find(Reader reader, String appId, String userId) {
        return reader.one(
                Sql.of(
                        SELECT + " WHERE org_id = ? AND app_id = ? AND user_id = ?",
                        reader.org(),
                        appId,
                        userId),
                AssignmentStore::read);
    }

    /** What was said of users, by their ids. */
    Map<String, Assignment> ofUsers(Reader reader, String appId, Collection<String> userIds) {
        Map<String, Assignment> found = new HashMap<>();
        reader.list(
                        Sql.of(
                                SELECT + " WHERE org_id = ? AND app_id = ? AND user_id = ANY(?)",
                                reader.org(),
                                appId,
                                userIds),
                        AssignmentStore::read)
                .forEach(each -> found.put(each.userId(), each));
        return found;
    }

    /** All that a user has by itself, for its last day. */
    List<Assignment> direct(Reader reader, String userId) {
        return reader.list(
                Sql.of(
                        SELECT
                                + " WHERE org_id = ? AND user_id = ? AND scope = 'USER'"
                                + " ORDER BY app_id",
                        reader.org(),
                        userId),
                AssignmentStore::read);
    }

    void insert(Tx tx, Assignment assignment) {
        tx.run(
                Sql.of(
                        """
                        INSERT INTO app_user (org_id, app_id, user_id, scope, user_name,
                            password_changed, profile, created, last_updated, status_changed)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        tx.org(),
                        assignment.appId(),
                        assignment.userId(),
                        assignment.scope(),
                        assignment.userName(),
                        assignment.passwordChanged(),
                        new Json(assignment.profile()),
                        assignment.created(),
                        assignment.lastUpdated(),
                        assignment.statusChanged()));
    }

    void update(Tx tx, Assignment assignment) {
        tx.run(
                Sql.of(
                        """
                        UPDATE app_user SET scope = ?, user_name = ?, password_changed = ?,
                            profile = ?, last_updated = ?
                        WHERE org_id = ? AND app_id = ? AND user_id = ?\
                        """,
                        assignment.scope(),
                        assignment.userName(),
                        assignment.passwordChanged(),
                        new Json(assignment.profile()),
                        assignment.lastUpdated(),
                        tx.org(),
                        assignment.appId(),
                        assignment.userId()));
    }

    /** Keeps a user's password in an app. */
    void password(Tx tx, Sealed sealed, Assignment assignment, String text) {
        Purpose purpose =
                new Purpose(tx.org(), FIELD, assignment.appId() + "/" + assignment.userId());
        tx.run(
                Sql.of(
                        """
                        UPDATE app_user SET password = ?
                        WHERE org_id = ? AND app_id = ? AND user_id = ?\
                        """,
                        sealed.seal(purpose, text.getBytes(StandardCharsets.UTF_8)),
                        tx.org(),
                        assignment.appId(),
                        assignment.userId()));
    }

    /** Whether there was one. */
    boolean delete(Tx tx, String appId, String userId) {
        return tx.run(
                        Sql.of(
                                "DELETE FROM app_user WHERE org_id = ? AND app_id = ? AND user_id = ?",
                                tx.org(),
                                appId,
                                userId))
                == 1;
    }

    /** Values of an attribute that were set for users after one, by the users' ids. */
    Map<String, JsonNode> values(
            Reader reader, String appId, String attribute, String afterUser, int most) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        reader.list(
                        Sql.of(
                                """
                                SELECT user_id, profile -> ?::text AS value FROM app_user
                                WHERE org_id = ? AND app_id = ? AND user_id > ?
                                  AND profile ->> ?::text IS NOT NULL
                                ORDER BY user_id LIMIT ?""",
                                attribute,
                                reader.org(),
                                appId,
                                afterUser,
                                attribute,
                                most),
                        row ->
                                Map.entry(
                                        row.text("user_id"),
                                        dev.ostiary.platform.json.Json.parse(row.json("value"))))
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        return values;
    }

    /** The apps of which something was said about a user. */
    List<String> appsOf(Reader reader, String userId) {
        return reader.list(
                Sql.of(
                        "SELECT app_id FROM app_user WHERE org_id = ? AND user_id = ?",
                        reader.org(),
                        userId),
                row -> row.text(1));
    }

    void deleteAll(Tx tx, String userId) {
        tx.run(Sql.of("DELETE FROM app_user WHERE org_id = ? AND user_id = ?", tx.org(), userId));
    }

    /**
     * The group by which a user has an app: of those that it is in, the one with the highest
     * priority.
     *
     * @param since since when: both the group's assignment and the membership
     */
    record Via(String userId, String groupId, String profile, Instant since, Instant changed) {}

    /**
     * The groups by which users have an app, by the users' ids; those who have none are left out.
     */
    Map<String, Via> via(Reader reader, String appId, Collection<String> userIds) {
        Map<String, Via> found = new HashMap<>();
        reader.list(
                        Sql.of(
                                """
                                SELECT DISTINCT ON (u.id) u.id AS user_id, ag.group_id, ag.profile,
                                    greatest(ag.created, coalesce(m.added, u.created)) AS since,
                                    greatest(ag.last_updated, coalesce(m.added, u.created))
                                        AS changed
                                FROM app_group ag
                                JOIN groups g ON g.org_id = ag.org_id AND g.id = ag.group_id
                                JOIN users u ON u.org_id = ag.org_id AND u.id = ANY(?)
                                    AND u.status <> 'DEPROVISIONED'
                                LEFT JOIN group_membership m ON m.org_id = ag.org_id
                                    AND m.group_id = ag.group_id AND m.user_id = u.id
                                WHERE ag.org_id = ? AND ag.app_id = ? AND (m.user_id IS NOT NULL
                                    OR g.built_in = 'EVERYONE'
                                    OR (g.built_in = 'ADMINISTRATORS' AND EXISTS (
                                        SELECT 1 FROM admin_role r
                                        WHERE r.org_id = g.org_id AND r.user_id = u.id)))
                                ORDER BY u.id, ag.priority\
                                """,
                                userIds,
                                reader.org(),
                                appId),
                        AssignmentStore::readVia)
                .forEach(via -> found.put(via.userId(), via));
        return found;
    }

    private static Via readVia(Row row) {
        return new Via(
                row.text("user_id"),
                row.text("group_id"),
                row.json("profile"),
                row.instant("since"),
                row.instant("changed"));
    }

    private static Assignment read(Row row) {
        @Nullable String name = row.textOrNull("user_name");
        return new Assignment(
                row.text("app_id"),
                row.text("user_id"),
                Assignment.Scope.valueOf(row.text("scope")),
                name,
                row.instantOrNull("password_changed"),
                row.json("profile"),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("status_changed"),
                row.textOrNull("external_id"));
    }
}
