package dev.ostiary.server.apps;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import java.util.Map;

/** What happens to apps, as the log says it. Thread-safe. */
public final class AppEvents {

    /** The type of a client in events, whichever way it was made. */
    private static final String CLIENT = "PublicClientApp";

    private static final String FOR_EVERYONE = "application.configuration.enable_fed_broker_mode";

    private final EventCatalogue catalogue;

    public AppEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void created(Tx tx, App app) {
        tx.emit(of("application.lifecycle.create", app));
        if (app.isForEveryone()) {
            tx.emit(of(FOR_EVERYONE, app));
        }
        client(tx, "app.oauth2.client.lifecycle.create", app);
    }

    void activated(Tx tx, App app) {
        tx.emit(of("application.lifecycle.activate", app));
        client(tx, "app.oauth2.client.lifecycle.activate", app);
    }

    void deactivated(Tx tx, App app) {
        tx.emit(of("application.lifecycle.deactivate", app));
        client(tx, "app.oauth2.client.lifecycle.deactivate", app);
    }

    void deleted(Tx tx, App app) {
        tx.emit(of("application.lifecycle.delete", app));
        client(tx, "app.oauth2.client.lifecycle.delete", app);
    }

    /** The app is another now; of its settings the log tells the labels only. */
    public void updated(Tx tx, App before, App after) {
        Target target = after.target();
        if (!before.label().equals(after.label())) {
            target =
                    target.changed(Map.of("label", before.label()), Map.of("label", after.label()));
        }
        tx.emit(catalogue.event("application.lifecycle.update").target(target));
        if (before.isForEveryone() != after.isForEveryone()) {
            tx.emit(
                    of(
                            after.isForEveryone()
                                    ? FOR_EVERYONE
                                    : "application.configuration.disable_fed_broker_mode",
                            after));
        }
        String kid = after.kid();
        if (kid != null && before.kid() != null && !kid.equals(before.kid())) {
            tx.emit(of("app.keys.rotate", after).target(kid, "JsonWebKey", null, kid));
        }
        client(tx, "app.oauth2.client.lifecycle.update", after);
    }

    /** The app's client is another now, though the app is not. */
    public void clientUpdated(Tx tx, App app) {
        client(tx, "app.oauth2.client.lifecycle.update", app);
    }

    /** What happens to an app that is a client happens to the client. */
    private void client(Tx tx, String type, App app) {
        String id = app.clientId();
        if (id != null) {
            tx.emit(catalogue.event(type).target(id, CLIENT, id, app.label()));
        }
    }

    /** An event about an app. */
    public Event of(String type, App app) {
        return catalogue.event(type).target(app.target());
    }
}
