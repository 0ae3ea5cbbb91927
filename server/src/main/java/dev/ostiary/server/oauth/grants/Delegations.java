package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.grants.Grant.Commit;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.Grant.Refresh;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody has let a client have, as it is when the client comes for it: whoever has left, or
 * lost the app, since then gets nothing. Thread-safe.
 */
final class Delegations {

    private final Presences presences;
    private final OAuthErrors errors;

    Delegations(Presences presences, OAuthErrors errors) {
        this.presences = presences;
        this.errors = errors;
    }

    /**
     * What the client is entitled to.
     *
     * @param nonce for the ID token
     * @param gone what is said where the user may not act any more
     */
    Entitlement entitlement(
            TokenRequest request,
            Authorization granted,
            Optional<String> nonce,
            Supplier<OAuthException> gone,
            Commit commit) {
        Subject subject = subject(request, granted, gone);
        boolean offline =
                granted.scopes().contains("offline_access")
                        && request.client().grantTypes().contains(RefreshTokenGrant.TYPE);
        return new Entitlement(
                Optional.of(subject),
                granted.scopes(),
                Optional.of(granted.lifetimes()),
                offline ? new Refresh.Begin() : new Refresh.None(),
                nonce,
                commit);
    }

    private Subject subject(
            TokenRequest request, Authorization granted, Supplier<OAuthException> gone) {
        Presence here = presences.find(request.recipient(), granted.userId()).orElseThrow(gone);
        if (!here.assigned()) {
            throw errors.of("user_not_assigned");
        }
        return presences
                .inApp(
                        request.recipient(),
                        here,
                        here.subject(granted.authTime(), granted.amr()),
                        EnumSet.allOf(ClaimType.class))
                .assured(granted.acr())
                .telling(granted.sid())
                .during(granted.session());
    }
}
