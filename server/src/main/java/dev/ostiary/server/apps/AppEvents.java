package dev.ostiary.server.apps;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import java.util.Map;

/** What happens to apps, as the log says it. Thread-safe. */
public final class AppEvents {

    private final EventCatalogue catalogue;

    public AppEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void created(Tx tx, App app) {
        tx.emit(of("application.lifecycle.create", app));
    }

    void activated(Tx tx, App app) {
        tx.emit(of("application.lifecycle.activate", app));
    }

    void deactivated(Tx tx, App app) {
        tx.emit(of("application.lifecycle.deactivate", app));
    }

    void deleted(Tx tx, App app) {
        tx.emit(of("application.lifecycle.delete", app));
    }

    /** The app is another now; of its settings the log tells the labels only. */
    public void updated(Tx tx, App before, App after) {
        Target target = after.target();
        if (!before.label().equals(after.label())) {
            target =
                    target.changed(Map.of("label", before.label()), Map.of("label", after.label()));
        }
        tx.emit(catalogue.event("application.lifecycle.update").target(target));
    }

    /** An event about an app. */
    public Event of(String type, App app) {
        return catalogue.event(type).target(app.target());
    }
}
