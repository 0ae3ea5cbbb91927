package dev.ostiary.server.oauth.access;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import java.util.Optional;

/** Reads, by one statement, what an access token relies on. */
final class StandingStore {

    /**
     * Asked by every request with an access token. The user is found as the question for API tokens
     * finds it: by the key, whatever PostgreSQL believes of the number of users.
     */
    private static final String SELECT =
            """
            SELECT EXISTS (SELECT 1 FROM revoked_token r
                       WHERE r.org_id = o.org_id AND r.hash = ?) AS revoked,
                   a.client_id, a.label, u.id AS user_id,
                   u.profile ->> 'login' AS login,
                   concat_ws(' ', u.profile ->> 'firstName',
                       u.profile ->> 'lastName') AS display_name,
                   (SELECT string_agg(r.role, ' ') FROM admin_role r
                    WHERE r.org_id = o.org_id AND r.user_id = u.id) AS roles,
                   o.settings, o.config_versions
            FROM org o
            LEFT JOIN app a ON a.org_id = o.org_id AND a.client_id = ? AND a.status = 'ACTIVE'
            LEFT JOIN LATERAL (SELECT id, profile FROM users
                WHERE org_id = o.org_id AND id >= ? AND id <= ?
                  AND status NOT IN ('SUSPENDED', 'DEPROVISIONED', 'STAGED')
                ORDER BY id LIMIT 1) u ON true
            WHERE o.org_id = ?""";

    /** Where a token stands; nothing in an org that was just deleted. */
    Optional<Standing> find(Reader reader, TokenHash jti, String clientId, String userId) {
        return reader.one(
                Sql.of(SELECT, jti.bytes(), clientId, userId, userId, reader.org()),
                StandingStore::read);
    }

    private static Standing read(Row row) {
        return new Standing(
                row.flag("revoked"),
                Optional.ofNullable(row.textOrNull("client_id"))
                        .map(id -> new Standing.Client(id, row.text("label"))),
                Optional.ofNullable(row.textOrNull("user_id")).map(id -> user(row, id)),
                OrgSettings.parse(row.json("settings")),
                ConfigVersions.parse(row.json("config_versions")));
    }

    private static Standing.User user(Row row, String id) {
        return new Standing.User(
                new Caller.Principal(id, row.text("login"), row.text("display_name")),
                Permissions.ofJoined(row.textOrNull("roles")));
    }
}
