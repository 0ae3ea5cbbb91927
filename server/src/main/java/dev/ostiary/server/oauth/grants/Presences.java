package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds users as they are at the moment of asking, with all that decides whether they and their
 * tokens still count: strictly fresh, and by one statement for all who ask at once ({@link
 * BatchedLookup}). Not to be asked in a transaction. Thread-safe.
 */
public final class Presences {

    private final Database database;
    private final ClientRegistry registry;
    private final PresenceStore store;
    private final BatchedLookup<Sought, Presence> lookup = new BatchedLookup<>(this::load);

    Presences(Database database, ClientRegistry registry) {
        this.database = database;
        this.registry = registry;
        this.store = new PresenceStore(registry.assigned());
    }

    /**
     * Who is looked for.
     *
     * @param appId an app that the user may have
     * @param jti of a token that is the user's
     */
    record Sought(String userId, Optional<String> appId, Optional<String> jti) {}

    /** The user, if there is one that may act. */
    Optional<Presence> find(Org org, Sought sought) {
        return lookup.get(org.number(), sought);
    }

    /** The user, if there is one that may act, and whether it has the app that a client is. */
    public Optional<Presence> find(Recipient to, String userId) {
        return find(
                to.org(), new Sought(userId, Optional.of(to.client().appId()), Optional.empty()));
    }

    private Map<Sought, Presence> load(long org, Set<Sought> keys) {
        return database.lookUp(org, reader -> store.find(reader, List.copyOf(keys)));
    }

    /**
     * The user as the app knows it that asks, where claims of custom servers tell of that.
     *
     * @param tokens of which the claims are
     */
    public Subject inApp(Recipient to, Subject user, Set<ClaimType> tokens) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> user;
            case Issuer.Custom custom ->
                    tellsOfAppUser(custom.server(), tokens)
                            ? user.in(registry.appUser(to.org(), to.client(), user.id()))
                            : user;
        };
    }

    private static boolean tellsOfAppUser(AuthorizationServer server, Set<ClaimType> tokens) {
        return server.claims().stream()
                .anyMatch(claim -> tokens.contains(claim.claimType()) && claim.tellsOfAppUser());
    }
}
