package dev.ostiary.server;

import dev.ostiary.platform.http.ApiServer;
import dev.ostiary.platform.http.PortUnavailable;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.tls.ServerTls;
import dev.ostiary.server.orgs.OrgHosts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The outside of every org: its host stands in the certificate, its own port is open. Thread-safe.
 */
final class Hosts implements OrgHosts {

    private static final Logger LOG = System.getLogger(Hosts.class.getName());

    private final String baseDomain;
    private final ServerTls tls;
    private final Supplier<ApiServer> api;
    private final Set<String> names = new LinkedHashSet<>();

    /** Ports that are open for orgs, and those for orgs that are just being made. */
    private final Set<Integer> ownPorts = new HashSet<>();

    private final Set<Integer> promised = new HashSet<>();
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
    synchronized int open(int mainPort, Collection<Org> orgs) {
        orgs.forEach(org -> names.add(host(org)));
        tls.serve(names);
        port = api.get().listen(mainPort);
        for (Org org : orgs) {
            Integer own = org.port();
            if (own != null && own != port) {
                openFor(org, own);
            }
        }
        return port;
    }

    /** One org's port is no reason to keep all of them from being served. */
    private void openFor(Org org, int own) {
        try {
            ownPorts.add(api.get().listen(own));
        } catch (PortUnavailable e) {
            LOG.log(
                    Level.WARNING,
                    "{0}, so the org {1} is reached by its host only, until the next start",
                    e.getMessage(),
                    org.name());
        }
    }

    @Override
    public synchronized int open(int wanted) {
        try {
            int opened = api.get().listen(wanted);
            promised.add(opened);
            return opened;
        } catch (PortUnavailable e) {
            throw ApiException.validation(
                    "port", "port: " + wanted + " cannot be opened: it is taken or not allowed");
        }
    }

    @Override
    public synchronized void close(int opened) {
        if (ownPorts.remove(opened) || promised.remove(opened)) {
            api.get().close(opened);
        }
    }

    @Override
    public synchronized void added(Org org) {
        names.add(host(org));
        tls.serve(names);
        Integer own = org.port();
        if (own != null && promised.remove(own)) {
            ownPorts.add(own);
        }
    }

    @Override
    public synchronized void removed(Org org) {
        names.remove(host(org));
        Integer own = org.port();
        if (own != null) {
            close(own);
        }
        tls.serve(names);
    }

    @Override
    public synchronized void follow(Supplier<? extends Collection<Org>> all) {
        Collection<Org> orgs = all.get();
        Set<String> now =
                orgs.stream().map(this::host).collect(Collectors.toCollection(LinkedHashSet::new));
        if (!now.equals(names)) {
            names.retainAll(now);
            names.addAll(now);
            tls.serve(names);
        }
        followPorts(orgs);
    }

    private void followPorts(Collection<Org> orgs) {
        Map<Integer, Org> wanted = new HashMap<>();
        for (Org org : orgs) {
            Integer own = org.port();
            if (own != null && own != port) {
                wanted.put(own, org);
            }
        }
        Set.copyOf(ownPorts).stream().filter(own -> !wanted.containsKey(own)).forEach(this::close);
        wanted.keySet().removeAll(ownPorts);
        wanted.keySet().removeAll(promised);
        wanted.forEach((own, org) -> openFor(org, own));
    }

    @Override
    public String url(Org org) {
        return "https://" + host(org) + ":" + port;
    }

    private String host(Org org) {
        return org.name() + "." + baseDomain;
    }
}
