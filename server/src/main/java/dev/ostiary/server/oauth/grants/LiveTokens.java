package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KnownClient;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.issued.IssuedTokens;
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
public final class LiveTokens {

    private final ClientRegistry registry;
    private final Subjects subjects;
    private final IssuedTokens issued = new IssuedTokens();
    private final RevokedTokenStore revoked = new RevokedTokenStore();
    private final Database database;
    private final BatchedLookup<String, Boolean> ended = new BatchedLookup<>(this::ended);

    /** Tokens of these clients and users. */
    public LiveTokens(Database database, ClientRegistry registry, Subjects subjects) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
    }

    /** Whether a token that has not expired is still good. */
    public boolean isAlive(Org org, Read token, Instant now) {
        if (!token.isCurrent(now) || ended.get(org.number(), token.jti()).isPresent()) {
            return false;
        }
        Optional<OAuthClient> client =
                token.text(token.isAccessToken() ? "cid" : "aud")
                        .flatMap(id -> registry.known(org, id))
                        .map(KnownClient::client)
                        .filter(OAuthClient::active);
        if (client.isEmpty()) {
            return false;
        }
        Optional<String> user = token.text(token.isAccessToken() ? "uid" : "sub");
        return user.isEmpty()
                || database.lookUp(
                        org.number(),
                        reader ->
                                (!token.isAccessToken() || issued.isAlive(reader, token.jti(), now))
                                        && subjects.mayAct(reader, user.get())
                                        && isUsed(reader, org, client.get(), user.get()));
    }

    private Map<String, Boolean> ended(long org, Set<String> ids) {
        return database.lookUp(org, reader -> revoked.revoked(reader, ids)).stream()
                .collect(Collectors.toMap(id -> id, id -> true));
    }

    /** Nobody is assigned to a machine; it acts for whoever called it. */
    private boolean isUsed(Reader reader, Org org, OAuthClient client, String userId) {
        return client.isService() || registry.isAssigned(reader, org, client, userId);
    }
}
