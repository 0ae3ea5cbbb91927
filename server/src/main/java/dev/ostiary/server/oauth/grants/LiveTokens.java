package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KnownClient;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Presences.Sought;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether signed tokens are still good: nobody has ended them, and those whom they are about and
 * for still get anything (OpenID Connect API, "Limits"). Reads fresh state. Thread-safe.
 */
final class LiveTokens {

    private final ClientRegistry registry;
    private final Presences presences;
    private final RevokedTokenStore revoked = new RevokedTokenStore();
    private final Database database;
    private final BatchedLookup<String, Boolean> ended = new BatchedLookup<>(this::ended);

    LiveTokens(Database database, ClientRegistry registry, Presences presences) {
        this.database = database;
        this.registry = registry;
        this.presences = presences;
    }

    /**
     * A token that is good.
     *
     * @param client for which it is
     * @param user whom it is about; none where the client acts for itself
     */
    record Living(OAuthClient client, Optional<Presence> user) {}

    /** Whether a token that has not expired is still good. */
    boolean isAlive(Org org, Read token, Instant now) {
        return find(org, token, now).isPresent();
    }

    /** A token that has not expired, with those whom it names, if it is still good. */
    Optional<Living> find(Org org, Read token, Instant now) {
        if (!token.isCurrent(now)) {
            return Optional.empty();
        }
        Optional<OAuthClient> client =
                token.text(token.isAccessToken() ? "cid" : "aud")
                        .flatMap(id -> registry.known(org, id))
                        .map(KnownClient::client)
                        .filter(OAuthClient::active);
        if (client.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> user = token.text(token.isAccessToken() ? "uid" : "sub");
        if (user.isEmpty()) {
            return ended.get(org.number(), token.jti()).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Living(client.get(), Optional.empty()));
        }
        return presences
                .find(org, new Sought(user.get(), appOf(client.get()), Optional.of(token.jti())))
                .filter(found -> !found.token().revoked())
                .filter(found -> client.get().isService() || found.assigned())
                .filter(
                        found ->
                                !token.isAccessToken() || found.token().keepAlive(token.jti(), now))
                .map(found -> new Living(client.get(), Optional.of(found)));
    }

    /** Nobody is assigned to a machine; it acts for whoever called it. */
    private static Optional<String> appOf(OAuthClient client) {
        return client.isService() ? Optional.empty() : Optional.of(client.appId());
    }

    private Map<String, Boolean> ended(long org, Set<String> ids) {
        return database.lookUp(org, reader -> revoked.revoked(reader, ids)).stream()
                .collect(Collectors.toMap(id -> id, id -> true));
    }
}
