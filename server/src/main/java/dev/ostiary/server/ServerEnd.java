package dev.ostiary.server;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.consents.ConsentStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.ServerWatch;
import dev.ostiary.server.oauth.servers.TokenScope;

/**
 * What users have let apps have of an authorization server ends with it, and what they have
 * consented to with the scope. Thread-safe.
 */
final class ServerEnd implements ServerWatch {

    private final EventCatalogue events;
    private final IssuedTokens tokens = new IssuedTokens();
    private final ConsentStore consents = new ConsentStore();

    ServerEnd(EventCatalogue events) {
        this.events = events;
    }

    @Override
    public void deleting(Tx tx, Org org, AuthorizationServer server) {
        if (tokens.endOfServer(tx, server.id())) {
            tx.emit(about(events.event("app.oauth2.token.revoke.implicit.as"), server));
        }
        if (consents.deleteOfServer(tx, server.id()) > 0) {
            tx.emit(about(events.event("app.oauth2.as.consent.revoke.implicit.as"), server));
        }
    }

    @Override
    public void deleting(Tx tx, Org org, AuthorizationServer server, TokenScope scope) {
        if (consents.deleteOfScope(tx, server.id(), scope.id()) > 0) {
            tx.emit(
                    about(
                            events.event("app.oauth2.as.consent.revoke.implicit.scope")
                                    .target(
                                            scope.id(),
                                            TokenScope.TYPE,
                                            scope.name(),
                                            scope.name()),
                            server));
        }
    }

    private static Event about(Event event, AuthorizationServer server) {
        return event.target(server.target());
    }
}
