package dev.ostiary.server;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.oauth.consents.ConsentStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import org.jspecify.annotations.Nullable;

/**
 * What users have let an app have ends with it: tokens when it is deactivated, and for good (OpenID
 * Connect API, "Access token"); consents when it is deleted. Thread-safe.
 */
final class ClientEnd implements AppChanges.Watch {

    private final EventCatalogue events;
    private final IssuedTokens tokens = new IssuedTokens();
    private final ConsentStore consents = new ConsentStore();

    ClientEnd(EventCatalogue events) {
        this.events = events;
    }

    @Override
    public void deactivated(Tx tx, Org org, App app) {
        @Nullable String clientId = app.clientId();
        if (clientId != null && tokens.endOfClient(tx, clientId)) {
            tx.emit(about(events.event("app.oauth2.token.revoke.implicit.client"), app, clientId));
        }
    }

    @Override
    public void deleting(Tx tx, Org org, App app) {
        @Nullable String clientId = app.clientId();
        if (clientId != null && consents.deleteOfClient(tx, clientId) > 0) {
            tx.emit(
                    about(
                            events.event("app.oauth2.as.consent.revoke.implicit.client"),
                            app,
                            clientId));
        }
    }

    private static Event about(Event event, App app, String clientId) {
        return event.target(clientId, "PublicClientApp", clientId, app.label());
    }
}
