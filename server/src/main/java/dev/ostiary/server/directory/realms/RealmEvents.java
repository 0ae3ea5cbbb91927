package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of realms: the target carries what the realm is, or was before (event types,
 * {@code RealmCreateResourceDetails} and its siblings). Thread-safe.
 */
final class RealmEvents {

    private final EventCatalogue catalogue;

    RealmEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    Event created(Org org, Realm realm) {
        return catalogue
                .event("directory.realm.lifecycle.create")
                .target(realm.target(whole(org, realm)));
    }

    Event deleted(Org org, Realm realm) {
        return catalogue
                .event("directory.realm.lifecycle.delete")
                .target(realm.target(whole(org, realm)));
    }

    Event updated(Org org, Realm before, Realm after) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("default_realm", after.isDefault(org));
        profile("previous_", before.profile(), details);
        profile("new_", after.profile(), details);
        return catalogue.event("directory.realm.lifecycle.update").target(after.target(details));
    }

    private static Map<String, @Nullable Object> whole(Org org, Realm realm) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("default_realm", realm.isDefault(org));
        profile("", realm.profile(), details);
        return details;
    }

    private static void profile(
            String when, RealmProfile profile, Map<String, @Nullable Object> details) {
        details.put(when + "realm_type", profile.type().name());
        details.put(when + "realm_name", profile.name());
        details.put(when + "realm_domains", profile.domains());
    }
}
