package dev.ostiary.platform.org;

import java.util.Optional;

/**
 * Finds the org that a request means. Implementations are thread-safe and may answer from a cache;
 * ids of hosts never change.
 */
public interface OrgDirectory {

    /** The org with this subdomain, in lower case. */
    Optional<Org> byName(String name);

    /** The org that serves this host as a custom domain; the host is in lower case. */
    default Optional<Org> byHost(String host) {
        return Optional.empty();
    }

    /** The org that has this port for itself. */
    Optional<Org> byPort(int port);
}
