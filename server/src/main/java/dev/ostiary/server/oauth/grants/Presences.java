package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.AppUser;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenClaim;
import dev.ostiary.server.oauth.servers.TokenClaim.ClaimType;
import dev.ostiary.server.oauth.servers.TokenClaim.OfAppUser;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.Comparator;
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
        this.store = new PresenceStore(registry.toUserInGroups());
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
     * @param here the user as it was found with the app
     * @param tokens of which the claims are
     */
    public Subject inApp(Recipient to, Presence here, Subject user, Set<ClaimType> tokens) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> user;
            case Issuer.Custom custom ->
                    switch (ofAppUser(custom.server(), tokens)) {
                        case NOTHING -> user;
                        case NAME -> user.in(named(to, here, user));
                        case ALL -> user.in(registry.appUser(to.org(), to.client(), user.id()));
                    };
        };
    }

    private Optional<AppUser> named(Recipient to, Presence here, Subject user) {
        return here.assigned()
                ? Optional.of(
                        new AppUser(
                                here.appUserName()
                                        .or(
                                                () ->
                                                        registry.userName(
                                                                to.org(),
                                                                to.client(),
                                                                user.profile())),
                                Json.object()))
                : Optional.empty();
    }

    private static OfAppUser ofAppUser(AuthorizationServer server, Set<ClaimType> tokens) {
        return server.claims().stream()
                .filter(claim -> tokens.contains(claim.claimType()))
                .map(TokenClaim::ofAppUser)
                .max(Comparator.naturalOrder())
                .orElse(OfAppUser.NOTHING);
    }
}
