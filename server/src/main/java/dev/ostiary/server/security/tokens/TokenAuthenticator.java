package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Callers by API token (P20). Every request reads its token afresh, together with the user's status
 * and roles, so a revocation or a deactivation is felt by the next request on every node;
 * concurrent requests share the reading ({@link BatchedLookup}).
 */
public final class TokenAuthenticator implements Authenticator {

    private final Database database;
    private final ApiTokenStore store;
    private final InstantSource time;
    private final OperatorSecret operator;
    private final BatchedLookup<TokenHash, TokenHolder> lookup;

    public TokenAuthenticator(
            Database database, ApiTokenStore store, InstantSource time, OperatorSecret operator) {
        this.database = database;
        this.store = store;
        this.time = time;
        this.operator = operator;
        this.lookup = new BatchedLookup<>(this::load);
    }

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
        TokenHolder found =
                lookup.get(org.number(), TokenHash.of(ApiTokens.KIND, token))
                        .filter(it -> it.expiresAt().isAfter(now) && mayAct(it.userStatus()))
                        .orElseThrow(() -> ApiException.of("E0000011"));
        if (found.isWorthNoting(now)) {
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

    private Map<TokenHash, TokenHolder> load(long org, Set<TokenHash> hashes) {
        return database.read(org, reader -> store.holders(reader, hashes));
    }
}
