package dev.ostiary.server;

import dev.ostiary.platform.http.ApiServer;
import dev.ostiary.platform.http.PortUnavailable;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.tls.ServerTls;
import dev.ostiary.server.orgs.OrgHosts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The outside of every org: its host stands in the certificate, its own port is open. Thread-safe.
 */
final class Hosts implements OrgHosts {

    private static final Logger LOG = System.getLogger(Hosts.class.getName());

    private final String baseDomain;
    private final ServerTls tls;
    private final Supplier<ApiServer> api;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile int port;

    /**
     * @param api the sockets, which are made after this
     */
    Hosts(String baseDomain, ServerTls tls, Supplier<ApiServer> api) {
        this.baseDomain = baseDomain;
        this.tls = tls;
        this.api = api;
    }

    /** Opens the main port and those of the orgs there are, and names all hosts. */
    int open(int mainPort, Iterable<Org> orgs) {
        orgs.forEach(org -> names.add(host(org)));
        tls.serve(names);
        port = api.get().listen(mainPort);
        for (Org org : orgs) {
            Integer own = org.port();
            if (own != null && own != port) {
                openAgain(org, own);
            }
        }
        return port;
    }

    /** One org's port is no reason to keep all of them from being served. */
    private void openAgain(Org org, int own) {
        try {
            api.get().listen(own);
        } catch (PortUnavailable e) {
            LOG.log(
                    Level.WARNING,
                    "{0}, so the org {1} is reached by its host only, until the next start",
                    e.getMessage(),
                    org.name());
        }
    }

    @Override
    public int open(int wanted) {
        try {
            return api.get().listen(wanted);
        } catch (PortUnavailable e) {
            throw ApiException.validation(
                    "port", "port: " + wanted + " cannot be opened: it is taken or not allowed");
        }
    }

    @Override
    public void close(int opened) {
        api.get().close(opened);
    }

    @Override
    public void added(Org org) {
        names.add(host(org));
        tls.serve(names);
    }

    @Override
    public void removed(Org org) {
        names.remove(host(org));
        Integer own = org.port();
        if (own != null) {
            api.get().close(own);
        }
        tls.serve(names);
    }

    @Override
    public String url(Org org) {
        return "https://" + host(org) + ":" + port;
    }

    private String host(Org org) {
        return org.name() + "." + baseDomain;
    }
}
