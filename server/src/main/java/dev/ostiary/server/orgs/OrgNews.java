package dev.ostiary.server.orgs;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;

/**
 * What the log of an org says of the orgs that its administrators make and end, in the transaction
 * that does it (P38). The operator belongs to no org, so there is no log that could say it; the
 * server's own has the request. Thread-safe.
 */
final class OrgNews {

    private final EventCatalogue events;

    OrgNews(EventCatalogue events) {
        this.events = events;
    }

    /** An org was made because a request asked for it. */
    void made(Tx tx, Request request, Org org) {
        tell(tx, request, "system.org.lifecycle.create", org);
    }

    /** An org is gone because a request asked for it. */
    void ended(Tx tx, Request request, Org org) {
        tell(tx, request, "account.org.delete.request", org);
    }

    private void tell(Tx tx, Request request, String type, Org about) {
        switch (request.caller()) {
            case Caller.Token token ->
                    tx.emit(request.org().number(), events.event(type).target(target(about)));
            case Caller.Session session ->
                    tx.emit(request.org().number(), events.event(type).target(target(about)));
            case Caller.Bearer bearer ->
                    tx.emit(request.org().number(), events.event(type).target(target(about)));
            case Caller.Operator operator -> {}
            case Caller.Anonymous nobody -> {}
        }
    }

    static Target target(Org org) {
        return new Target(org.id(), "Org", org.name(), org.name());
    }
}
