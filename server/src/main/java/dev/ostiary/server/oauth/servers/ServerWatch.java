package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/** Whom the end of a server or of a scope concerns. Implementations are thread-safe. */
public interface ServerWatch {

    /** In the transaction that deletes the server. */
    void deleting(Tx tx, Org org, AuthorizationServer server);

    /** In the transaction that deletes a scope of the server. */
    void deleting(Tx tx, Org org, AuthorizationServer server, TokenScope scope);
}
