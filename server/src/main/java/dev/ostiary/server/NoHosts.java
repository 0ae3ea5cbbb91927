package dev.ostiary.server;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.orgs.OrgHosts;
import java.util.Collection;
import java.util.function.Supplier;

/** The outside of a house that stands nowhere. */
record NoHosts() implements OrgHosts {

    @Override
    public int open(int port) {
        throw new IllegalStateException("this house has no ports");
    }

    @Override
    public void close(int port) {
        throw new IllegalStateException("this house has no ports");
    }

    @Override
    public void added(Org org) {
        throw new IllegalStateException("this house has no orgs");
    }

    @Override
    public void removed(Org org) {
        throw new IllegalStateException("this house has no orgs");
    }

    @Override
    public void follow(Supplier<? extends Collection<Org>> all) {
        throw new IllegalStateException("this house has no neighbours");
    }

    @Override
    public String url(Org org) {
        throw new IllegalStateException("this house has no address");
    }
}
