package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/** Servers of which nobody has anything. */
public final class NothingEnds implements ServerWatch {

    @Override
    public void deleting(Tx tx, Org org, AuthorizationServer server) {}

    @Override
    public void deleting(Tx tx, Org org, AuthorizationServer server, TokenScope scope) {}
}
