package dev.ostiary.server.oauth.access;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Challenge;
import dev.ostiary.platform.access.Challenge.Scheme;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.access.Scopes;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.dpop.Possession;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import dev.ostiary.server.oauth.tokens.TokenReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Callers by access token (P21). A token is believed if the org's own authorization server has
 * signed it under the host that the client uses, for that host; it is neither ID token nor a custom
 * server's (P22). What it names is read afresh by every request: a token that was revoked, or whose
 * client or user was deactivated, is dead with the next request on every node; concurrent requests
 * share the reading. One that is bound to a key needs a proof with each request (RFC 9449, 7).
 * Thread-safe.
 *
 * <p>A client that acts for itself reaches whatever its scopes name. One that acts for a user has
 * the user's roles at that moment.
 */
public final class AccessTokenCallers {

    private static final Permissions OF_CLIENTS = Permissions.of(Set.of(Permissions.SUPER_ADMIN));

    private final Database database;
    private final OrgClock clock;
    private final TokenReader tokens;
    private final Possession possession;
    private final OAuthErrors errors;
    private final StandingStore store = new StandingStore();
    private final IssuedTokens issued = new IssuedTokens();
    private final BatchedLookup<Named, Standing> lookup = new BatchedLookup<>(this::load);

    /** What a token names. */
    private record Named(TokenHash jti, String clientId, String userId) {}

    /** Tokens that this reads, with proofs that these judge. */
    public AccessTokenCallers(
            Database database,
            OrgClock clock,
            TokenReader tokens,
            DpopProofs proofs,
            OAuthErrors errors) {
        this.database = database;
        this.clock = clock;
        this.tokens = tokens;
        this.possession = new Possession(database, proofs, errors);
        this.errors = errors;
    }

    /** Whom a token speaks for, shown so. */
    public Authentication authenticate(
            Org org, Credentials.AccessToken shown, Presentation presentation) {
        Optional<TokenReader.Read> token = read(org, shown.token(), presentation);
        if (token.isEmpty()) {
            return refused(errors.of("access_token_invalid"), shown.scheme(), Optional.empty());
        }
        Optional<Standing> standing = lookup.get(org.number(), named(token.get()));
        Optional<ConfigVersions> versions = standing.map(Standing::versions);
        try {
            Standing now = standing.orElseThrow(() -> errors.of("access_token_invalid"));
            Instant moment = clock.now(now.settings());
            requireAlive(token.get(), now, moment);
            requireRemembered(org, token.get(), moment);
            requireProof(org, token.get(), shown, presentation, moment);
            return new Authentication.Proven(caller(token.get(), now, shown.scheme()), versions);
        } catch (OAuthException refusal) {
            return refused(refusal, schemeOf(token.get()), versions);
        }
    }

    private Optional<TokenReader.Read> read(Org org, String token, Presentation presentation) {
        Issuer issuer = new Issuer.OfOrg(org, presentation.baseUrl());
        return tokens.read(issuer, token, clock.now(org))
                .filter(TokenReader.Read::isAccessToken)
                .filter(read -> read.text("aud").filter(issuer.name()::equals).isPresent())
                .filter(read -> read.text("cid").isPresent());
    }

    private static Named named(TokenReader.Read token) {
        return new Named(
                RevokedTokenStore.hash(token.jti()),
                token.text("cid").orElseThrow(),
                token.text("uid").orElse(""));
    }

    private Map<Named, Standing> load(long org, Set<Named> tokens) {
        return database.lookUp(
                org,
                reader -> {
                    Map<Named, Standing> found = new HashMap<>();
                    for (Named token : tokens) {
                        store.find(reader, token.jti(), token.clientId(), token.userId())
                                .ifPresent(standing -> found.put(token, standing));
                    }
                    return found;
                });
    }

    private void requireAlive(TokenReader.Read token, Standing standing, Instant now) {
        if (!token.isCurrent(now)) {
            throw errors.of("token_expired");
        }
        if (standing.revoked()) {
            throw errors.of("access_token_revoked");
        }
        if (standing.client().isEmpty()
                || (token.text("uid").isPresent() && standing.user().isEmpty())) {
            throw errors.of("access_token_invalid");
        }
    }

    /** A user's token is good while what it came of is there. */
    private void requireRemembered(Org org, TokenReader.Read token, Instant now) {
        boolean remembered =
                token.text("uid").isEmpty()
                        || database.read(
                                org.number(), reader -> issued.isAlive(reader, token.jti(), now));
        if (!remembered) {
            throw errors.of("access_token_revoked");
        }
    }

    private void requireProof(
            Org org,
            TokenReader.Read token,
            Credentials.AccessToken shown,
            Presentation presentation,
            Instant now) {
        possession.require(
                org.number(),
                thumbprint(token),
                new Possession.Shown(
                        shown.scheme() == Scheme.DPOP,
                        shown.token(),
                        presentation.proofs(),
                        presentation.method(),
                        presentation.baseUrl() + presentation.path()),
                now);
    }

    private static Optional<String> thumbprint(TokenReader.Read token) {
        return Optional.ofNullable(token.claims().at("/cnf/jkt").stringValue(null));
    }

    private static Scheme schemeOf(TokenReader.Read token) {
        return thumbprint(token).isPresent() ? Scheme.DPOP : Scheme.BEARER;
    }

    private static Caller.Bearer caller(TokenReader.Read token, Standing standing, Scheme scheme) {
        Standing.Client client = standing.client().orElseThrow();
        return new Caller.Bearer(
                token.jti(),
                client.id(),
                client.label(),
                scheme,
                Scopes.of(
                        token.claims()
                                .path("scp")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toUnmodifiableSet())),
                standing.user().map(Standing.User::principal),
                standing.user().map(Standing.User::permissions).orElse(OF_CLIENTS));
    }

    /** The API's error of the token's: five fields, and the rest in the header (P17). */
    private static Authentication refused(
            OAuthException refusal, Scheme scheme, Optional<ConfigVersions> versions) {
        ApiException error =
                refusal.status() == 401
                        ? ApiException.of("E0000011")
                        : ApiException.of("E0000011")
                                .withStatus(refusal.status())
                                .because(refusal.description());
        return new Authentication.Refused(
                error,
                Optional.of(new Challenge(scheme, refusal.error(), refusal.description())),
                versions);
    }
}
