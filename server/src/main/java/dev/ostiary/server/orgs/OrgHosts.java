package dev.ostiary.server.orgs;

import dev.ostiary.platform.org.Org;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * What must happen outside the database when an org comes or goes: its host in the certificate, its
 * port open or closed.
 */
public interface OrgHosts {

    /**
     * Opens an org's own port.
     *
     * @param port the port wanted, 0 for a free one
     * @return the port that is open
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} if it cannot be opened
     */
    int open(int port);

    /** Closes a port that was opened for an org that did not come to be. */
    void close(int port);

    /** An org exists from now on. */
    void added(Org org);

    /** An org is gone. */
    void removed(Org org);

    /**
     * Another node may have added or removed orgs. What cannot be opened here is logged.
     *
     * @param all reads which orgs there are; is called when no org is coming or going on this node
     */
    void follow(Supplier<? extends Collection<Org>> all);

    /** The absolute URL under which an org is reached by its host. */
    String url(Org org);
}
