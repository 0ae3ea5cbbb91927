package dev.ostiary.server.oauth.grants;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads, by one statement, users and all that decides whether they and their tokens still count.
 * Every table is asked by its key for each row of {@code k}; where it has other indexes of the org,
 * too, the key is asked for as a range in its order, so that PostgreSQL takes no other one whatever
 * it believes of the number of rows.
 *
 * <p>The tables of tokens stand in the statement only where somebody has come with a token: for
 * four users at once it takes a sixth less without them. Thread-safe.
 */
final class PresenceStore {

    private static final String USER =
            """
            SELECT k.n, u.id, u.profile, u.last_updated, g.ids, g.names, app.user_name AS app_user_name,
                   COALESCE(app.usable, FALSE) AS assigned""";

    private static final String TOKEN =
            """
            , (SELECT true FROM revoked_token WHERE org_id = k.org_id
                    AND hash >= k.revoked AND hash <= k.revoked
               ORDER BY hash LIMIT 1) AS revoked,
              (SELECT true FROM access_token WHERE org_id = k.org_id
                    AND hash >= k.remembered AND hash <= k.remembered
               ORDER BY hash LIMIT 1) AS remembered""";

    private static final String ORIGIN =
            """
            , (SELECT expires FROM refresh_token WHERE org_id = k.org_id
                    AND id >= k.refresh AND id <= k.refresh
               ORDER BY id LIMIT 1) AS refresh,
              (SELECT expires FROM device_secret WHERE org_id = k.org_id
                    AND id >= k.device AND id <= k.device
               ORDER BY id LIMIT 1) AS device""";

    private static final String NO_TOKEN =
            ", NULL::boolean AS revoked, NULL::boolean AS remembered";

    private static final String NO_ORIGIN =
            ", NULL::timestamptz AS refresh, NULL::timestamptz AS device";

    private static final String FROM =
            """
            FROM (SELECT ?::bigint AS org_id, w.* FROM unnest(%s)
                  WITH ORDINALITY AS w(%s, n)) k
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
                            WHERE org_id = k.org_id AND user_id = k.user_id))) each) g
            LEFT JOIN LATERAL (""";

    private static final List<Column> OF_USER =
            List.of(
                    new Column("user_id", "text", Sought::userId),
                    new Column("app_id", "text", each -> each.appId().orElse(null)));

    private static final List<Column> OF_TOKEN =
            List.of(
                    new Column(
                            "revoked",
                            "bytea",
                            ofJti(jti -> Optional.of(RevokedTokenStore.hash(jti).bytes()))),
                    new Column(
                            "remembered",
                            "bytea",
                            ofJti(jti -> Optional.of(AccessTokenStore.hash(jti)))));

    private static final List<Column> OF_ORIGIN =
            List.of(
                    new Column("refresh", "text", ofJti(IssuedTokens::refreshTokenOf)),
                    new Column("device", "text", ofJti(IssuedTokens::deviceOf)));

    private final Question ofUsers;
    private final Question ofTokens;
    private final Question ofOrigins;

    /**
     * @param app what an app is to a user ({@link
     *     dev.ostiary.server.oauth.clients.ClientRegistry#toUserInGroups})
     */
    PresenceStore(Sql app) {
        ofUsers = Question.of(app, NO_TOKEN + NO_ORIGIN, OF_USER);
        ofTokens = Question.of(app, TOKEN + NO_ORIGIN, OF_USER, OF_TOKEN);
        ofOrigins = Question.of(app, TOKEN + ORIGIN, OF_USER, OF_TOKEN, OF_ORIGIN);
    }

    /** What a statement is told of everybody who is sought. */
    private record Column(String name, String type, Function<Sought, @Nullable Object> value) {

        List<@Nullable Object> of(List<Sought> rows) {
            List<@Nullable Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(value.apply(row)));
            return values;
        }
    }

    private static Function<Sought, @Nullable Object> ofJti(
            Function<String, Optional<? extends Object>> value) {
        return each -> each.jti().flatMap(value).orElse(null);
    }

    /** A statement and what it is told. */
    private record Question(Sql select, List<Column> columns) {

        @SafeVarargs
        static Question of(Sql app, String traces, List<Column>... told) {
            List<Column> columns = Stream.of(told).flatMap(List::stream).toList();
            String types =
                    columns.stream()
                            .map(each -> "?::" + each.type() + "[]")
                            .collect(Collectors.joining(", "));
            String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
            return new Question(
                    Sql.of(USER + traces + "\n" + FROM.formatted(types, names))
                            .then(app)
                            .then(") app ON TRUE"),
                    columns);
        }

        Sql about(long org, List<Sought> sought) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(org);
            columns.forEach(column -> values.add(column.of(sought)));
            return new Sql(select.text(), values);
        }
    }

    /** The smallest that answers for everybody. */
    private Question question(List<Sought> sought) {
        List<String> tokens = sought.stream().flatMap(each -> each.jti().stream()).toList();
        if (tokens.isEmpty()) {
            return ofUsers;
        }
        return tokens.stream()
                        .allMatch(
                                jti ->
                                        IssuedTokens.refreshTokenOf(jti).isEmpty()
                                                && IssuedTokens.deviceOf(jti).isEmpty())
                ? ofTokens
                : ofOrigins;
    }

    /** Who of them may act. */
    Map<Sought, Presence> find(Reader reader, List<Sought> sought) {
        Map<Sought, Presence> found = new HashMap<>();
        reader.list(
                        question(sought).about(reader.org(), sought),
                        row -> Map.entry(row.integer("n") - 1, read(row)))
                .forEach(each -> found.put(sought.get(each.getKey()), each.getValue()));
        return found;
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
