package dev.ostiary.server.identitysources;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.apps.App;
import java.util.List;

/**
 * How the log tells what a source does: in the words of single changes, or in those of an import
 * (event types {@code system.identity_sources.*} and {@code system.import.*}). Immutable.
 *
 * @param events the catalogue
 * @param source the app that the source is
 * @param single whether somebody asked for this one change
 * @param cause what brings the changes: the session's id, or the source's
 */
record Wording(EventCatalogue events, App source, boolean single, String cause) {

    /** The type of a user of a source, in errors and events. */
    static final String USER = "AppUser";

    Event userCreated(Target user) {
        return of(single ? "system.identity_sources.user.create" : "system.import.user.create")
                .target(user);
    }

    Event userUpdated(Target user) {
        return of(single ? "system.identity_sources.user.update" : "system.import.user.update")
                .target(user);
    }

    Event userDeleted(Target user) {
        return of(single ? "system.identity_sources.user.delete" : "system.import.user.delete")
                .target(user);
    }

    Event groupCreated(Target group) {
        return of(single ? "system.identity_sources.group.create" : "system.import.group.create")
                .target(group);
    }

    Event groupUpdated(Target group) {
        return of(single ? "system.identity_sources.group.update" : "system.import.group.update")
                .target(group);
    }

    Event groupDeleted(Target group) {
        return of(single ? "system.identity_sources.group.delete" : "system.import.group.delete")
                .target(group);
    }

    /** An entity that an import passes over, and why. */
    static Event failed(Event event, List<String> causes) {
        return event.outcome(Outcome.failure(String.join("; ", causes)));
    }

    private Event of(String type) {
        return events.event(type).target(source.target());
    }
}
