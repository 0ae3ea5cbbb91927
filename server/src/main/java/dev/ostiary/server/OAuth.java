package dev.ostiary.server;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.background.Deferred;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.org.ShortMemory;
import dev.ostiary.platform.outbound.Destinations;
import dev.ostiary.platform.outbound.OutboundCalls;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.oauth.access.AccessTokenCallers;
import dev.ostiary.server.oauth.authorize.AuthorizationEndpoint;
import dev.ostiary.server.oauth.authorize.FrontChannelLogout;
import dev.ostiary.server.oauth.authorize.Logout;
import dev.ostiary.server.oauth.authorize.PushedRequests;
import dev.ostiary.server.oauth.clients.ClientLoad;
import dev.ostiary.server.oauth.clients.ClientNetworks;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KeySets;
import dev.ostiary.server.oauth.clients.PublishedKeySets;
import dev.ostiary.server.oauth.clients.RegisteredKeySets;
import dev.ostiary.server.oauth.clients.RequestObjects;
import dev.ostiary.server.oauth.device.DeviceActivation;
import dev.ostiary.server.oauth.device.DeviceAuthorization;
import dev.ostiary.server.oauth.direct.BackchannelAuthentication;
import dev.ostiary.server.oauth.direct.Challenge;
import dev.ostiary.server.oauth.direct.PrimaryAuthenticate;
import dev.ostiary.server.oauth.discovery.Discovery;
import dev.ostiary.server.oauth.dpop.DpopNonces;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.grants.Endpoints;
import dev.ostiary.server.oauth.grants.Passwords;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.issued.TokenFarewells;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.management.ListedClients;
import dev.ostiary.server.oauth.management.RefreshTokens;
import dev.ostiary.server.oauth.management.UserGrants;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.AccessPolicies;
import dev.ostiary.server.oauth.servers.AccessRules;
import dev.ostiary.server.oauth.servers.AssociatedServers;
import dev.ostiary.server.oauth.servers.AuthorizationServers;
import dev.ostiary.server.oauth.servers.Claims;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.servers.ResourceKeys;
import dev.ostiary.server.oauth.servers.Scopes;
import dev.ostiary.server.oauth.servers.ServerKeys;
import dev.ostiary.server.oauth.tokens.NativeRsa;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.signin.authn.PasswordSignIn;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The floor of tokens of the {@linkplain House house}: authorization servers and their keys. */
final class OAuth implements AutoCloseable {

    /** What a client's key set may take until it is there. */
    private static final Duration FETCH_TIME = Duration.ofSeconds(3);

    private static final int LONGEST_KEY_SET = 64 * 1024;

    private final List<Family> families;
    private final AccessTokenCallers callers;
    private final OutboundCalls outbound;

    /**
     * @param registry where clients are registered
     * @param signOn what apps ask of sign-ins
     * @param trust whose certificates are good where clients publish their keys
     * @param sessions who is signed in
     * @param passwords proves users
     * @param direct proves users by their factors
     * @param pages what people see
     * @param domains at which custom domain an org is served
     * @param limits which bucket a request counts in
     * @param zones where a request comes from
     * @param partings whom to tell that somebody signs out
     * @param proving where people prove more
     */
    OAuth(
            House.Ground ground,
            ClientRegistry registry,
            AppSignOn signOn,
            Supplier<SSLContext> trust,
            BrowserSessions sessions,
            PasswordSignIn passwords,
            DirectProofs direct,
            ShownPages pages,
            OrgServers.CustomDomainOf domains,
            ClientLoad.Limits limits,
            ClientNetworks.Zones zones,
            Partings partings,
            Proving proving) {
        Database database = ground.database();
        Ids ids = ground.ids();
        OrgClock clock = new OrgClock(ground.time());
        InstantSource time = () -> clock.now();
        EventCatalogue events = ground.events();
        OrgServers servers = new OrgServers(database, domains);
        SigningKeys keys = new SigningKeys(database, ground.sealed(), events);
        OrgSchemas schemas = new OrgSchemas(database);
        OAuthErrors errors = OAuthErrors.load();
        DpopProofs proofs = new DpopProofs(new DpopNonces(ground.sealed()), errors);
        TokenReader reader = new TokenReader(keys);
        callers = new AccessTokenCallers(database, clock, reader, proofs, errors);
        outbound =
                new OutboundCalls(
                        ground.settings().privateHooks()
                                ? Destinations.everywhere()
                                : Destinations.ofTheInternet(),
                        trust,
                        FETCH_TIME,
                        LONGEST_KEY_SET);
        KeySets keySets =
                new PublishedKeySets(
                        outbound::call, new RegisteredKeySets(errors), errors, ground.time());
        ServerEnd end = new ServerEnd(events);
        List<Family> management =
                List.of(
                        new AuthorizationServers(database, ids, time, events, servers, keys, end),
                        new ServerKeys(
                                database, ids, time, servers, keys, () -> untilSeenByAll(ground)),
                        new Scopes(database, ids, time, events, servers, end),
                        new Claims(database, ids, time, events, servers, new OrgSchemas(database)),
                        new AccessPolicies(database, ids, time, events, servers),
                        new AccessRules(database, ids, time, events, servers),
                        new ResourceKeys(database, ids, time, events, servers),
                        new AssociatedServers(database, ids, time, events, servers),
                        new Discovery(new ConfigVersionLookup(database), servers, keys, time));
        TokenFamilies tokens =
                new TokenFamilies(
                        database,
                        time,
                        ids,
                        events,
                        ground.sealed(),
                        ground.tokens(),
                        servers,
                        schemas,
                        keys,
                        new TokenSigner(new Deferred<>(NativeRsa::find)),
                        reader,
                        registry,
                        keySets,
                        (request, userName, password) ->
                                proof(passwords.check(request, userName, password)),
                        direct,
                        signOn,
                        limits,
                        zones);
        RequestObjects objects = new RequestObjects(database, registry, keySets, errors);
        List<Family> signingIn =
                List.of(
                        new RefreshTokens(database, registry, servers, events, time),
                        new ListedClients(database, registry, servers, time),
                        new UserGrants(database, registry, servers, events),
                        new AuthorizationEndpoint(
                                database,
                                registry,
                                signOn,
                                tokens,
                                sessions,
                                pages,
                                proving,
                                objects,
                                ids,
                                ground.tokens(),
                                events,
                                time),
                        new PushedRequests(database, registry, tokens, objects, ground.tokens()),
                        new PrimaryAuthenticate(
                                database, registry, tokens, direct, ground.tokens()),
                        new Challenge(database, registry, tokens, direct, ground.tokens()),
                        new BackchannelAuthentication(
                                database,
                                registry,
                                tokens,
                                objects,
                                reader,
                                direct,
                                ground.tokens()),
                        new DeviceAuthorization(database, registry, tokens, ground.tokens()),
                        new DeviceActivation(
                                database, registry, signOn, tokens, sessions, pages, proving, ids,
                                events, time),
                        new Logout(
                                database, registry, tokens, reader, sessions, pages, partings,
                                time));
        families =
                Stream.of(management, tokens.families(), signingIn).flatMap(List::stream).toList();
    }

    /**
     * Other nodes believe for a while what they have read ({@link ShortMemory}); twice as long is
     * enough for those that were just reading. The database that the server brings serves one node
     * only.
     */
    private static void untilSeenByAll(House.Ground ground) {
        if (ground.settings().databaseUrl() == null) {
            return;
        }
        try {
            Thread.sleep(ShortMemory.FRESH.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server stops", e);
        }
    }

    /** What ends of tokens when a user does. */
    static Belongings.Removal farewells(EventCatalogue events) {
        return new TokenFarewells(events);
    }

    /** What users have begun with clients, and not ended. */
    static Belongings.Removal begunSteps() {
        DirectAuthenticationStore begun = new DirectAuthenticationStore();
        return (tx, org, userId) -> begun.deleteOfUser(tx, userId);
    }

    /** Apps that are told when somebody signs out. */
    static FrontChannelLogout frontChannel(
            Database database, ClientRegistry registry, OrgServers.CustomDomainOf domains) {
        return new FrontChannelLogout(registry, new Endpoints(new OrgServers(database, domains)));
    }

    private static Passwords.Proof proof(PasswordSignIn.Result result) {
        return switch (result) {
            case PasswordSignIn.Result.Proven(String userId, Instant when) ->
                    new Passwords.Proof.Proven(userId, when);
            case PasswordSignIn.Result.FactorNeeded(String userId, Instant when) ->
                    new Passwords.Proof.FactorNeeded(userId, when);
            case PasswordSignIn.Result.MoreNeeded more -> new Passwords.Proof.MoreNeeded();
            case PasswordSignIn.Result.Expired expired -> new Passwords.Proof.Expired();
            case PasswordSignIn.Result.Denied denied -> new Passwords.Proof.Denied();
            case PasswordSignIn.Result.Refused refused -> new Passwords.Proof.Refused();
        };
    }

    List<Family> families() {
        return families;
    }

    /** Whom an access token speaks for. */
    Authentication authenticate(Org org, Credentials.AccessToken token, Presentation presentation) {
        return callers.authenticate(org, token, presentation);
    }

    /** Ends the work that goes on beside requests. */
    @Override
    public void close() {
        outbound.close();
    }
}
