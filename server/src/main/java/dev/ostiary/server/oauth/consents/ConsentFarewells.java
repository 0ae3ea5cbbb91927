package dev.ostiary.server.oauth.consents;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;

/** Takes back all that a user has consented to, which the log is told once. Thread-safe. */
public final class ConsentFarewells implements Belongings.Removal {

    private final EventCatalogue events;
    private final UserDirectory users = new UserDirectory();
    private final ConsentStore consents = new ConsentStore();

    public ConsentFarewells(EventCatalogue events) {
        this.events = events;
    }

    @Override
    public void remove(Tx tx, Org org, String userId) {
        if (consents.deleteOfUser(tx, userId) > 0) {
            users.byId(tx, userId)
                    .ifPresent(
                            user ->
                                    tx.emit(
                                            events.event(
                                                            "app.oauth2.as.consent.revoke.implicit.user")
                                                    .target(UserEvents.target(user))));
        }
    }
}
