package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.util.Map;

/** Tells an org's log of changes of its settings. */
record OrgLog(EventCatalogue events) {

    void changed(Tx tx, Org org, Map<String, ?> from, Map<String, ?> to) {
        tx.emit(
                events.event("support.org.update")
                        .target(
                                new Target(org.id(), "Org", org.name(), org.name())
                                        .changed(from, to)));
    }
}
