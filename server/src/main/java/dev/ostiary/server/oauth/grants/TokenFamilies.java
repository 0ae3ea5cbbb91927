package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.oauth.clients.Assertions;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KeySets;
import dev.ostiary.server.oauth.dpop.DpopNonces;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import java.time.InstantSource;
import java.util.List;

/** The families of this package: its front door. */
public final class TokenFamilies {

    private TokenFamilies() {}

    /**
     * Constructs them.
     *
     * @param registry where clients are registered
     * @param keySets the keys of clients
     * @param signer signs tokens
     */
    public static List<Family> of(
            Database database,
            InstantSource time,
            EventCatalogue catalogue,
            Sealed sealed,
            Tokens random,
            OrgServers servers,
            OrgSchemas schemas,
            SigningKeys keys,
            TokenSigner signer,
            ClientRegistry registry,
            KeySets keySets) {
        OAuthErrors errors = OAuthErrors.load();
        Endpoints endpoints = new Endpoints(servers);
        ClientAuthentication clients =
                new ClientAuthentication(
                        database, registry, new Assertions(keySets, errors), errors);
        TokenEvents events = new TokenEvents(catalogue);
        List<Grant> grants = List.of(new ClientCredentialsGrant(database, registry, errors));
        return List.of(
                new TokenEndpoint(
                        database,
                        endpoints,
                        clients,
                        grants,
                        new DpopProofs(new DpopNonces(sealed), errors),
                        new TokenMint(keys, signer, random, new CustomClaims(schemas, errors)),
                        events,
                        time,
                        errors),
                new TokenStatus(
                        database,
                        endpoints,
                        clients,
                        registry,
                        new TokenReader(keys),
                        events,
                        time,
                        errors));
    }
}
