package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import java.net.URI;
import java.util.Optional;

/** Every org's servers as this node keeps them, for whoever issues tokens. Thread-safe. */
public final class OrgServers {

    private final OrgConfig<ServerSet> config;
    private final CustomDomainOf domains;

    /** At which custom domain an org is served. Implementations are thread-safe. */
    @FunctionalInterface
    public interface CustomDomainOf {
        /** The host; nothing where there is none. May ask the database: not in a transaction. */
        Optional<String> find(Org org);
    }

    /** Servers in this database, of orgs without domains of their own. */
    public OrgServers(Database database) {
        this(database, org -> Optional.empty());
    }

    /** Servers in this database. */
    public OrgServers(Database database, CustomDomainOf domains) {
        this.domains = domains;
        AuthorizationServerStore store = new AuthorizationServerStore();
        this.config =
                new OrgConfig<>(
                        ConfigArea.AUTHORIZATION_SERVERS,
                        database,
                        ServerSet.untouched(),
                        reader -> new ServerSet(store.stored(reader)),
                        ServerSet::size);
    }

    /** The servers of an org, at the versions that the request learned. */
    public ServerSet of(Org org) {
        return config.at(org, org.versions());
    }

    /**
     * What a server calls itself ({@code issuerMode}): by the org's custom domain if it is set to
     * and there is one, else by the host that was called (P2). Not to be called in a transaction.
     *
     * @param baseUrl scheme and host as the client used them
     */
    public String issuer(Org org, String baseUrl, AuthorizationServer server) {
        String base =
                switch (server.issuerMode()) {
                    case CUSTOM_URL ->
                            domains.find(org)
                                    .map(domain -> "https://" + domain + port(baseUrl))
                                    .orElse(baseUrl);
                    case ORG_URL, DYNAMIC -> baseUrl;
                };
        return base + "/oauth2/" + server.pathName(org);
    }

    private static String port(String baseUrl) {
        int port = URI.create(baseUrl).getPort();
        return port < 0 ? "" : ":" + port;
    }
}
