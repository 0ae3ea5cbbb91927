package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of {@code api_token}. */
public final class ApiTokenStore {

    private static final String COLUMNS =
            "id, user_id, name, client_name, network, window_seconds, created, last_updated, last_used";

    /**
     * Asked by every request, by a plan that was often made when there were few users: so the token
     * comes first, then its one user, whatever PostgreSQL believed of their numbers. Where it
     * believes that there are none, every index that begins with the org costs the same, and the
     * one of logins would read all users of the org for each request; only the key has them in the
     * order of their ids, so the user is the first of those from its id to its id.
     */
    static final String HOLDERS =
            """
            SELECT t.hash, t.id, t.name, t.user_id, t.last_used,
                   t.last_used + make_interval(secs => t.window_seconds) AS expires_at,
                   u.status, u.profile ->> 'login' AS login,
                   concat_ws(' ', u.profile ->> 'firstName',
                       u.profile ->> 'lastName') AS display_name,
                   (SELECT string_agg(r.role, ' ') FROM admin_role r
                    WHERE r.org_id = t.org_id AND r.user_id = t.user_id) AS roles,
                   CASE WHEN t.network ->> 'connection' = 'ZONE' THEN t.network END AS network,
                   %s AS config_versions
            FROM (SELECT * FROM api_token WHERE org_id = ? AND hash = ANY (?) OFFSET 0) t
            CROSS JOIN LATERAL (SELECT status, profile FROM users
                WHERE org_id = t.org_id AND id >= t.user_id AND id <= t.user_id
                ORDER BY id LIMIT 1) u"""
                    .formatted(ConfigVersionStore.EXPRESSION);

    void insert(Tx tx, Org org, ApiToken token, TokenHash hash) {
        tx.write(
                Sql.of(
                        "INSERT INTO api_token (org_id, hash, "
                                + COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)",
                        org.number(),
                        hash.bytes(),
                        token.id(),
                        token.userId(),
                        token.name(),
                        token.clientName(),
                        text(token.network()),
                        token.window().toSeconds(),
                        token.created(),
                        token.lastUpdated(),
                        token.lastUsed()));
    }

    List<ApiToken> list(Reader reader, Org org, Instant now) {
        return reader.list(
                Sql.of("SELECT " + COLUMNS + " FROM api_token WHERE org_id = ?", org.number())
                        .then(
                                "AND last_used + make_interval(secs => window_seconds) > ? ORDER BY id",
                                now),
                ApiTokenStore::token);
    }

    /** A token that has not expired. */
    Optional<ApiToken> find(Reader reader, Org org, String id, Instant now) {
        return reader.one(active(org, id, now), ApiTokenStore::token);
    }

    /** As {@link #find}; nobody else changes it until the transaction ends. */
    Optional<ApiToken> lock(Tx tx, Org org, String id, Instant now) {
        return tx.one(active(org, id, now).then("FOR UPDATE"), ApiTokenStore::token);
    }

    private static Sql active(Org org, String id, Instant now) {
        return Sql.of(
                "SELECT "
                        + COLUMNS
                        + " FROM api_token WHERE org_id = ? AND id = ?"
                        + " AND last_used + make_interval(secs => window_seconds) > ?",
                org.number(),
                id,
                now);
    }

    void delete(Tx tx, Org org, String id) {
        tx.write(Sql.of("DELETE FROM api_token WHERE org_id = ? AND id = ?", org.number(), id));
    }

    /** Revokes every token of a user, as a deactivation does. */
    List<ApiToken> deleteOf(Tx tx, Org org, String userId) {
        return tx.list(
                Sql.of(
                        "DELETE FROM api_token WHERE org_id = ? AND user_id = ? RETURNING "
                                + COLUMNS,
                        org.number(),
                        userId),
                ApiTokenStore::token);
    }

    /** The status of a user, who keeps it until the transaction ends; empty if there is none. */
    Optional<String> holdStatus(Tx tx, Org org, String userId) {
        return tx.one(
                Sql.of(
                        "SELECT status FROM users WHERE org_id = ? AND id = ? FOR SHARE",
                        org.number(),
                        userId),
                row -> row.text("status"));
    }

    /** The tokens of the reader's org that are tied to a zone, in words. */
    public List<String> tiedTo(Reader reader, String zoneId) {
        return reader.list(
                Sql.of(
                        """
                        SELECT name FROM api_token
                        WHERE org_id = ? AND network ->> 'connection' = 'ZONE'
                          AND (network -> 'include' @> to_jsonb(?::text)
                            OR network -> 'exclude' @> to_jsonb(?::text)) ORDER BY id LIMIT 10""",
                        reader.org(),
                        zoneId,
                        zoneId),
                row -> "API token " + row.text("name"));
    }

    void update(Tx tx, Org org, ApiToken token) {
        tx.write(
                Sql.of(
                        """
                        UPDATE api_token SET name = ?, network = ?::jsonb, last_updated = ?
                        WHERE org_id = ? AND id = ?""",
                        token.name(),
                        text(token.network()),
                        token.lastUpdated(),
                        org.number(),
                        token.id()));
    }

    /** Notes a use, unless a later one is noted already. */
    void touch(Tx tx, Org org, String id, Instant now) {
        tx.write(
                Sql.of(
                        "UPDATE api_token SET last_used = ? WHERE org_id = ? AND id = ? AND last_used < ?",
                        now,
                        org.number(),
                        id,
                        now));
    }

    /**
     * Whom these tokens speak for, by their hashes; unknown ones are left out. The org's
     * configuration versions come along, so that no request needs a query for them.
     */
    Map<TokenHash, TokenHolder> holders(Reader reader, Set<TokenHash> hashes) {
        byte[][] keys = hashes.stream().map(TokenHash::bytes).toArray(byte[][]::new);
        return reader
                .list(
                        Sql.of(HOLDERS, reader.org(), reader.org(), keys),
                        row -> Map.entry(TokenHash.stored(row.bytes("hash")), holder(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static TokenHolder holder(Row row) {
        Caller.Principal user =
                new Caller.Principal(
                        row.text("user_id"), row.text("login"), row.text("display_name"));
        return new TokenHolder(
                new Caller.Token(
                        row.text("id"),
                        row.text("name"),
                        user,
                        Permissions.ofJoined(row.textOrNull("roles"))),
                row.text("status"),
                row.instant("last_used"),
                row.instant("expires_at"),
                network(row.textOrNull("network")),
                ConfigVersions.parse(row.json("config_versions")));
    }

    private static TokenNetwork network(@Nullable String limits) {
        return limits == null
                ? TokenNetwork.ANYWHERE
                : TokenNetwork.SHAPE.decode(Json.parse(limits));
    }

    private static String text(TokenNetwork network) {
        return new String(
                Json.bytes(out -> TokenNetwork.SHAPE.write(out, network)), StandardCharsets.UTF_8);
    }

    private static ApiToken token(Row row) {
        return new ApiToken(
                row.text("id"),
                row.text("user_id"),
                row.text("name"),
                row.text("client_name"),
                TokenNetwork.SHAPE.decode(Json.parse(row.text("network"))),
                Duration.ofSeconds(row.number("window_seconds")),
                row.instant("created"),
                row.instant("last_updated"),
                row.instant("last_used"));
    }
}
