package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Grant.Commit;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.Grant.Refresh;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody has let a client have, as it is when the client comes for it: whoever has left, or
 * lost the app, since then gets nothing. Thread-safe.
 */
final class Delegations {

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final OAuthErrors errors;

    Delegations(Database database, ClientRegistry registry, Subjects subjects, OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
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
        Subject subject =
                database.read(
                        request.org().number(), reader -> subject(reader, request, granted, gone));
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
            Reader reader,
            TokenRequest request,
            Authorization granted,
            Supplier<OAuthException> gone) {
        Subject subject =
                subjects.find(
                                reader,
                                registry,
                                request.recipient(),
                                granted.userId(),
                                granted.authTime(),
                                granted.amr())
                        .map(user -> user.assured(granted.acr()))
                        .orElseThrow(gone)
                        .telling(granted.sid())
                        .during(granted.session());
        if (!registry.isAssigned(reader, request.org(), request.client(), subject.id())) {
            throw errors.of("user_not_assigned");
        }
        return subject;
    }
}
