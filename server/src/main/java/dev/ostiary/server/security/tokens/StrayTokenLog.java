package dev.ostiary.server.security.tokens;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.http.StrayTokens;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;

/**
 * Puts into the log that an API token came from outside of its zones: {@code
 * system.api_token.request_outside_allowed_range}, once for each such request, with the token's
 * user as the actor. Thread-safe.
 */
public final class StrayTokenLog implements StrayTokens {

    private final Database database;
    private final EventCatalogue events;

    public StrayTokenLog(Database database, EventCatalogue events) {
        this.database = database;
        this.events = events;
    }

    @Override
    public void outside(Org org, Caller.Token token) {
        database.write(
                org.number(),
                tx -> {
                    tx.emit(
                            events.event("system.api_token.request_outside_allowed_range")
                                    .severity(Severity.WARN)
                                    .outcome(Outcome.deny("Outside of the token's network zones"))
                                    .target(ApiTokens.target(token.tokenId(), token.tokenName())));
                    return org;
                });
    }
}
