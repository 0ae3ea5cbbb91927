package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.discovery.Discovery;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.servers.AccessPolicies;
import dev.ostiary.server.oauth.servers.AccessRules;
import dev.ostiary.server.oauth.servers.AssociatedServers;
import dev.ostiary.server.oauth.servers.AuthorizationServers;
import dev.ostiary.server.oauth.servers.Claims;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.servers.ResourceKeys;
import dev.ostiary.server.oauth.servers.Scopes;
import dev.ostiary.server.oauth.servers.ServerKeys;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The floor of tokens of the {@linkplain House house}: authorization servers and their keys. */
final class OAuth {

    private final List<Family> families;

    OAuth(House.Ground ground, ClientRegistry registry) {
        Database database = ground.database();
        Ids ids = ground.ids();
        OrgClock clock = new OrgClock(ground.time());
        InstantSource time = () -> clock.now();
        EventCatalogue events = ground.events();
        OrgServers servers = new OrgServers(database);
        SigningKeys keys = new SigningKeys(database, ground.sealed(), events);
        OrgSchemas schemas = new OrgSchemas(database);
        List<Family> management =
                List.of(
                        new AuthorizationServers(database, ids, time, events, servers, keys),
                        new ServerKeys(database, ids, time, servers, keys),
                        new Scopes(database, ids, time, events, servers),
                        new Claims(database, ids, time, events, servers, new OrgSchemas(database)),
                        new AccessPolicies(database, ids, time, events, servers),
                        new AccessRules(database, ids, time, events, servers),
                        new ResourceKeys(database, ids, time, events, servers),
                        new AssociatedServers(database, ids, time, events, servers),
                        new Discovery(servers, keys, time));
        families =
                Stream.concat(
                                management.stream(),
                                TokenFamilies.of(
                                        database,
                                        time,
                                        events,
                                        ground.sealed(),
                                        ground.tokens(),
                                        servers,
                                        schemas,
                                        keys,
                                        new TokenSigner(Optional.empty()),
                                        registry)
                                        .stream())
                        .toList();
    }

    List<Family> families() {
        return families;
    }
}
