package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Authenticator;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.security.zones.OrgZones;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Callers by API token (P20). Every request reads its token afresh, together with the user's status
 * and roles, so a revocation or a deactivation is felt by the next request on every node;
 * concurrent requests share the reading ({@link BatchedLookup}). A token that is limited to zones
 * is refused elsewhere with 403 {@code E0000006}.
 */
public final class TokenAuthenticator implements Authenticator {

    private final Database database;
    private final ApiTokenStore store;
    private final OrgZones zones;
    private final InstantSource time;
    private final OperatorSecret operator;
    private final BiFunction<Org, Credentials.SessionCookie, Authentication> sessions;
    private final AccessTokens accessTokens;
    private final BatchedLookup<TokenHash, TokenHolder> lookup;

    /** Callers by access token. Implementations are thread-safe. */
    @FunctionalInterface
    public interface AccessTokens {

        /** The caller that a token proves, shown so. */
        Authentication authenticate(
                Org org, Credentials.AccessToken token, Presentation presentation);
    }

    public TokenAuthenticator(
            Database database,
            ApiTokenStore store,
            OrgZones zones,
            InstantSource time,
            OperatorSecret operator,
            BiFunction<Org, Credentials.SessionCookie, Authentication> sessions,
            AccessTokens accessTokens) {
        this.database = database;
        this.store = store;
        this.zones = zones;
        this.time = time;
        this.operator = operator;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.lookup = new BatchedLookup<>(this::load);
    }

    @Override
    public Authentication authenticate(
            Org org, Credentials credentials, Presentation presentation) {
        return switch (credentials) {
            case Credentials.ApiToken token -> byToken(org, token.token(), presentation.address());
            case Credentials.Operator secret -> byOperator(secret.secret());
            case Credentials.SessionCookie cookie -> sessions.apply(org, cookie);
            case Credentials.AccessToken token ->
                    accessTokens.authenticate(org, token, presentation);
            case Credentials.None none ->
                    new Authentication.Proven(new Caller.Anonymous(), Optional.empty());
        };
    }

    private Authentication byOperator(String secret) {
        return operator.matches(secret)
                ? new Authentication.Proven(new Caller.Operator(), Optional.empty())
                : refused(Optional.empty());
    }

    private Authentication byToken(Org org, String token, IpAddress address) {
        return lookup.get(org.number(), TokenHash.of(ApiTokens.KIND, token))
                .map(holder -> held(org, holder, address))
                .orElseGet(() -> refused(Optional.empty()));
    }

    private Authentication held(Org org, TokenHolder found, IpAddress address) {
        Instant now = time.instant();
        Optional<ConfigVersions> versions = Optional.of(found.versions());
        if (!found.expiresAt().isAfter(now) || !mayAct(found.userStatus())) {
            return refused(versions);
        }
        if (!found.network().allows(zones.of(org, found.versions()), address)) {
            return new Authentication.Outside(found.caller(), versions);
        }
        if (found.isWorthNoting(now)) {
            database.write(
                    org.number(),
                    tx -> {
                        store.touch(tx, org, found.caller().tokenId(), now);
                        return found;
                    });
        }
        return new Authentication.Proven(found.caller(), versions);
    }

    private static Authentication refused(Optional<ConfigVersions> versions) {
        return new Authentication.Refused(ApiException.of("E0000011"), versions);
    }

    /** A user who was suspended or has left, or never came, does not act through a token either. */
    private static boolean mayAct(String status) {
        return !Set.of("SUSPENDED", "DEPROVISIONED", "STAGED").contains(status);
    }

    private Map<TokenHash, TokenHolder> load(long org, Set<TokenHash> hashes) {
        return database.lookUp(org, reader -> store.holders(reader, hashes));
    }
}
