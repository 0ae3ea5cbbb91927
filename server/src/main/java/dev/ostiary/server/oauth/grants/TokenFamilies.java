package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.oauth.clients.Assertions;
import dev.ostiary.server.oauth.clients.ClientAuthentication;
import dev.ostiary.server.oauth.clients.ClientLoad;
import dev.ostiary.server.oauth.clients.ClientNetworks;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.FailedProofs;
import dev.ostiary.server.oauth.clients.KeySets;
import dev.ostiary.server.oauth.dpop.DpopNonces;
import dev.ostiary.server.oauth.dpop.DpopProofs;
import dev.ostiary.server.oauth.dpop.Possession;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenSigner;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.signin.direct.DirectProofs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The families of this package, and what neighbours make tokens with: its front door. Thread-safe.
 */
public final class TokenFamilies {

    private final OAuthErrors errors = OAuthErrors.load();
    private final Endpoints endpoints;
    private final Subjects subjects;
    private final Presences presences;
    private final TokenMint mint;
    private final ClientRequests clientRequests;
    private final List<Family> families;

    /**
     * Constructs them.
     *
     * @param registry where clients are registered
     * @param keySets the keys of clients
     * @param signer signs tokens
     * @param reader reads them
     * @param passwords proves users
     * @param proofs proves users by their factors
     * @param signOn what apps ask of sign-ins
     * @param limits which bucket a request counts in
     */
    public TokenFamilies(
            Database database,
            InstantSource time,
            Ids ids,
            EventCatalogue catalogue,
            Sealed sealed,
            Tokens random,
            OrgServers servers,
            OrgSchemas schemas,
            SigningKeys keys,
            TokenSigner signer,
            TokenReader reader,
            ClientRegistry registry,
            KeySets keySets,
            Passwords passwords,
            DirectProofs proofs,
            AppSignOn signOn,
            ClientLoad.Limits limits,
            ClientNetworks.Zones zones) {
        endpoints = new Endpoints(servers);
        subjects = new Subjects(new Memberships(time));
        presences = new Presences(database, registry);
        mint =
                new TokenMint(
                        keys,
                        signer,
                        random,
                        new CustomClaims(schemas, errors),
                        registry,
                        new Envelopes(keySets, errors));
        ClientAuthentication clients =
                new ClientAuthentication(
                        database,
                        registry,
                        new Assertions(keySets, errors),
                        new FailedProofs(database, catalogue, time),
                        errors);
        ClientLoad load = new ClientLoad(database, catalogue, limits, time);
        ClientNetworks networks = new ClientNetworks(zones, errors);
        clientRequests =
                new ClientRequests(database, endpoints, clients, load, networks, time, errors);
        TokenEvents events = new TokenEvents(catalogue);
        Issuance issuance = new Issuance(ids, random);
        LiveTokens live = new LiveTokens(database, registry, presences);
        DpopProofs possession = new DpopProofs(new DpopNonces(sealed), errors);
        DirectGrants direct =
                new DirectGrants(database, registry, subjects, proofs, signOn, errors);
        List<Grant> grants = new ArrayList<>(direct.grants());
        grants.addAll(
                List.of(
                        new ClientCredentialsGrant(database, registry, errors),
                        new AuthorizationCodeGrant(database, presences, errors),
                        new RefreshTokenGrant(
                                database,
                                registry,
                                subjects,
                                new AppEntry(database, signOn),
                                issuance,
                                events,
                                errors),
                        new PasswordGrant(
                                database,
                                registry,
                                subjects,
                                passwords,
                                direct,
                                new FurtherFactor(database, proofs, random, errors),
                                errors),
                        new DeviceCodeGrant(database, presences, errors),
                        new TokenExchangeGrant(
                                database,
                                new SubjectTokens(endpoints, reader, live, errors),
                                subjects,
                                new NativeSso(database, registry, subjects, reader, direct, errors),
                                new IdentityAssertions(
                                        database, endpoints, registry, subjects, reader, errors),
                                errors),
                        new JwtBearerGrant(database, endpoints, registry, subjects, reader, errors),
                        new SamlBearerGrant(errors),
                        new BackchannelGrant(direct, database, errors)));
        families =
                List.of(
                        new TokenEndpoint(
                                database,
                                endpoints,
                                clients,
                                load,
                                networks,
                                grants,
                                possession,
                                mint,
                                issuance,
                                events,
                                time,
                                errors),
                        new TokenStatus(
                                database,
                                endpoints,
                                clientRequests,
                                live,
                                subjects,
                                reader,
                                events,
                                errors),
                        new UserInfo(
                                endpoints,
                                live,
                                presences,
                                reader,
                                new Possession(database, possession, errors),
                                mint,
                                time,
                                errors));
    }

    /** What is bound. */
    public List<Family> families() {
        return families;
    }

    /** Makes tokens. */
    public TokenMint mint() {
        return mint;
    }

    /** Finds users for whom tokens are made. */
    public Subjects subjects() {
        return subjects;
    }

    /** Finds users as they are now, with what they may use. */
    public Presences presences() {
        return presences;
    }

    /** Whose endpoints are addressed. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** Reads requests of clients that prove themselves. */
    public ClientRequests clientRequests() {
        return clientRequests;
    }

    /** The table of errors. */
    public OAuthErrors errors() {
        return errors;
    }
}
