package dev.ostiary.server.oauth.issued;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;

/** Ends all that applications have of a user, which the log is told once. Thread-safe. */
public final class TokenFarewells implements Belongings.Removal {

    private final EventCatalogue events;
    private final UserDirectory users = new UserDirectory();
    private final IssuedTokens issued = new IssuedTokens();

    public TokenFarewells(EventCatalogue events) {
        this.events = events;
    }

    @Override
    public void remove(Tx tx, Org org, String userId) {
        if (issued.endOfUser(tx, userId)) {
            users.byId(tx, userId)
                    .ifPresent(
                            user ->
                                    tx.emit(
                                            events.event("app.oauth2.token.revoke.implicit.user")
                                                    .target(UserEvents.target(user))));
        }
    }
}
