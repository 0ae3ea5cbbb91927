package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Row;
import dev.ostiary.platform.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Callers by API token (P20). Every request reads its token afresh, together with the user's status
 * and roles, so a revocation or a deactivation is felt by the next request on every node;
 * concurrent requests share the reading ({@link BatchedLookup}).
 */
public final class TokenAuthenticator implements Authenticator {

    private static final Duration NOTED_AT_MOST_EVERY = Duration.ofHours(1);

    private static final String BY_HASHES =
            """
            SELECT t.hash, t.id, t.name, t.user_id, t.last_used,
                   t.last_used + make_interval(days => t.window_days) AS expires_at,
                   u.status, u.profile ->> 'login' AS login,
                   concat_ws(' ', u.profile ->> 'firstName', u.profile ->> 'lastName') AS display_name,
                   (SELECT string_agg(r.role, ' ') FROM admin_role r
                    WHERE r.org_id = t.org_id AND r.user_id = t.user_id) AS roles
            FROM api_token t JOIN users u ON u.org_id = t.org_id AND u.id = t.user_id
            WHERE t.org_id = ? AND t.hash = ANY (?)""";

    private final Database database;
    private final ApiTokenStore store;
    private final InstantSource time;
    private final OperatorSecret operator;
    private final BatchedLookup<TokenHash, Found> lookup;

    public TokenAuthenticator(
            Database database, ApiTokenStore store, InstantSource time, OperatorSecret operator) {
        this.database = database;
        this.store = store;
        this.time = time;
        this.operator = operator;
        this.lookup = new BatchedLookup<>(this::load);
    }

    private record Found(
            Caller.Token caller, String userStatus, Instant lastUsed, Instant expiresAt) {}

    @Override
    public Caller authenticate(Org org, Credentials credentials, IpAddress address) {
        return switch (credentials) {
            case Credentials.ApiToken token -> byToken(org, token.token());
            case Credentials.Operator secret -> byOperator(secret.secret());
            case Credentials.AccessToken none -> throw ApiException.of("E0000011");
            case Credentials.None none -> new Caller.Anonymous();
        };
    }

    private Caller byOperator(String secret) {
        if (!operator.matches(secret)) {
            throw ApiException.of("E0000011");
        }
        return new Caller.Operator();
    }

    private Caller byToken(Org org, String token) {
        Instant now = time.instant();
        Found found =
                lookup.get(org.number(), TokenHash.of(ApiTokens.KIND, token))
                        .filter(it -> it.expiresAt().isAfter(now) && mayAct(it.userStatus()))
                        .orElseThrow(() -> ApiException.of("E0000011"));
        if (found.lastUsed().plus(NOTED_AT_MOST_EVERY).isBefore(now)) {
            database.write(
                    org.number(),
                    tx -> {
                        store.touch(tx, org, found.caller().tokenId(), now);
                        return found;
                    });
        }
        return found.caller();
    }

    /** A user who was suspended or has left, or never came, does not act through a token either. */
    private static boolean mayAct(String status) {
        return !Set.of("SUSPENDED", "DEPROVISIONED", "STAGED").contains(status);
    }

    private Map<TokenHash, Found> load(long org, Set<TokenHash> keys) {
        byte[][] hashes = keys.stream().map(TokenHash::bytes).toArray(byte[][]::new);
        Map<TokenHash, Found> found = new HashMap<>();
        database.read(
                        org,
                        reader ->
                                reader.list(
                                        Sql.of(BY_HASHES, org, hashes),
                                        row ->
                                                Map.entry(
                                                        TokenHash.stored(row.bytes("hash")),
                                                        found(row))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static Found found(Row row) {
        String held = row.textOrNull("roles");
        Set<String> roles = held == null ? Set.of() : Set.of(held.split(" "));
        Caller.Token caller =
                new Caller.Token(
                        row.text("id"),
                        row.text("name"),
                        new Caller.Principal(
                                row.text("user_id"), row.text("login"), row.text("display_name")),
                        Permissions.of(roles));
        return new Found(
                caller, row.text("status"), row.instant("last_used"), row.instant("expires_at"));
    }
}
