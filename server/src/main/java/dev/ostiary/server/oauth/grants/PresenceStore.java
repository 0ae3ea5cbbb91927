package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.oauth.grants.Presences.Sought;
import dev.ostiary.server.oauth.grants.Subject.GroupName;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads, by one statement, users and all that decides whether they and their tokens still count.
 * Every table is asked by its key for each row of {@code k}; where it has other indexes of the org,
 * too, the key is asked for as a range in its order, so that PostgreSQL takes no other one whatever
 * it believes of the number of rows. Thread-safe.
 */
final class PresenceStore {

    private static final String SELECT =
            """
            SELECT k.n, u.id, u.profile, u.last_updated, g.ids, g.names,
                   (SELECT true FROM revoked_token WHERE org_id = k.org_id
                        AND hash >= k.revoked AND hash <= k.revoked
                    ORDER BY hash LIMIT 1) AS revoked,
                   (SELECT true FROM access_token WHERE org_id = k.org_id
                        AND hash >= k.remembered AND hash <= k.remembered
                    ORDER BY hash LIMIT 1) AS remembered,
                   (SELECT expires FROM refresh_token WHERE org_id = k.org_id
                        AND id >= k.refresh AND id <= k.refresh
                    ORDER BY id LIMIT 1) AS refresh,
                   (SELECT expires FROM device_secret WHERE org_id = k.org_id
                        AND id >= k.device AND id <= k.device
                    ORDER BY id LIMIT 1) AS device,
                   (SELECT user_name FROM app_user WHERE org_id = k.org_id
                        AND app_id = k.app_id AND user_id = k.user_id) AS app_user_name,
            """;

    private static final String FROM =
            """
            AS assigned
            FROM (SELECT ?::bigint AS org_id, w.*
                  FROM unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::text[])
                  WITH ORDINALITY AS w(user_id, app_id, revoked, remembered, refresh, device, n)
                 ) k
            CROSS JOIN LATERAL (SELECT id, profile, last_updated FROM users
                WHERE org_id = k.org_id AND id >= k.user_id AND id <= k.user_id
                  AND status NOT IN ('SUSPENDED', 'DEPROVISIONED', 'STAGED')
                ORDER BY id LIMIT 1) u
            CROSS JOIN LATERAL (
                SELECT array_agg(each.id ORDER BY each.id) AS ids,
                       array_agg(each.name ORDER BY each.id) AS names
                FROM (SELECT m.group_id AS id, (SELECT name FROM groups
                          WHERE org_id = m.org_id AND id = m.group_id) AS name
                      FROM group_membership m
                      WHERE m.org_id = k.org_id AND m.user_id = k.user_id
                      UNION ALL
                      SELECT id, name FROM groups
                      WHERE org_id = k.org_id AND built_in IS NOT NULL
                        AND (built_in = 'EVERYONE' OR EXISTS (SELECT 1 FROM admin_role
                            WHERE org_id = k.org_id AND user_id = k.user_id))) each) g""";

    private final Sql select;

    /**
     * @param assigned a condition on a row {@code k} ({@code org_id}, {@code app_id}, {@code
     *     user_id}): that the user has the app
     */
    PresenceStore(Sql assigned) {
        this.select = Sql.of(SELECT).then(assigned).then(FROM);
    }

    /** Who of them may act. */
    Map<Sought, Presence> find(Reader reader, List<Sought> sought) {
        Sql asked =
                new Sql(
                        select.text(),
                        List.of(
                                reader.org(),
                                column(sought, Sought::userId),
                                column(sought, each -> each.appId().orElse(null)),
                                column(
                                        sought,
                                        each ->
                                                each.jti()
                                                        .map(RevokedTokenStore::hash)
                                                        .map(TokenHash::bytes)
                                                        .orElse(null)),
                                column(
                                        sought,
                                        each ->
                                                each.jti()
                                                        .map(AccessTokenStore::hash)
                                                        .orElse(null)),
                                column(
                                        sought,
                                        each ->
                                                each.jti()
                                                        .flatMap(IssuedTokens::refreshTokenOf)
                                                        .orElse(null)),
                                column(
                                        sought,
                                        each ->
                                                each.jti()
                                                        .flatMap(IssuedTokens::deviceOf)
                                                        .orElse(null))));
        Map<Sought, Presence> found = new HashMap<>();
        reader.list(asked, row -> Map.entry(row.integer("n") - 1, read(row)))
                .forEach(each -> found.put(sought.get(each.getKey()), each.getValue()));
        return found;
    }

    private static <T> List<@Nullable T> column(
            List<Sought> rows, Function<Sought, @Nullable T> value) {
        List<@Nullable T> column = new ArrayList<>();
        rows.forEach(row -> column.add(value.apply(row)));
        return column;
    }

    private static Presence read(Row row) {
        List<String> ids = row.texts("ids");
        List<String> names = row.texts("names");
        List<GroupName> groups = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            groups.add(new GroupName(ids.get(i), names.get(i)));
        }
        return new Presence(
                row.text("id"),
                row.json("profile"),
                groups,
                row.instant("last_updated"),
                row.flag("assigned"),
                Optional.ofNullable(row.textOrNull("app_user_name")),
                new Presence.Traces(
                        row.flagOrNull("revoked") != null,
                        row.flagOrNull("remembered") != null,
                        Optional.ofNullable(row.instantOrNull("refresh")),
                        Optional.ofNullable(row.instantOrNull("device"))));
    }
}
