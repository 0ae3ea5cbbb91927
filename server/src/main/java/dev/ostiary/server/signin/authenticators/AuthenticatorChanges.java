package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes of authenticators: those of one org come one after the other, and each has its event.
 * Thread-safe.
 */
record AuthenticatorChanges(
        Database database, OrgClock clock, EventCatalogue events, AuthenticatorStore store) {

    private static final String LIFECYCLE = "security.authenticator.lifecycle.";

    /** What comes of one that is held. */
    @FunctionalInterface
    interface Change {
        Authenticator apply(Tx tx, Authenticator old);
    }

    /** The authenticator that a request names. */
    Authenticator named(Request request) {
        return database.read(request.org().number(), reader -> named(reader, request));
    }

    Authenticator named(Reader reader, Request request) {
        return store.require(reader, request.org(), id(request));
    }

    /** A step while nobody else changes the org's authenticators. */
    <T> T held(Request request, Function<Tx, T> step) {
        return database.write(
                request.org().number(),
                tx -> {
                    ConfigVersionStore.hold(tx);
                    return step.apply(tx);
                });
    }

    /**
     * Changes the authenticator that a request names.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    Authenticator change(Request request, Change change) {
        return held(request, tx -> change.apply(tx, named(tx, request)));
    }

    /**
     * Writes one, and its event.
     *
     * @param more what else the event says
     * @param step the last word of the event's type
     */
    Authenticator save(Tx tx, Authenticator changed, UnaryOperator<Event> more, String step) {
        store.save(tx, changed);
        tx.emit(more.apply(event(step, changed)));
        return changed;
    }

    Event event(String step, Authenticator authenticator) {
        return events.event(LIFECYCLE + step).target(authenticator.target());
    }

    Instant now(Request request) {
        return clock.now(request.org());
    }

    private static String id(Request request) {
        return request.variable("authenticatorId");
    }
}
