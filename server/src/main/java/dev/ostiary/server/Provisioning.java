package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.provisioning.AppFeatures;
import dev.ostiary.server.apps.provisioning.Connections;
import dev.ostiary.server.apps.provisioning.PushMappings;
import dev.ostiary.server.directory.groups.SourcedGroups;
import java.time.InstantSource;
import java.util.List;

/** The floor of provisioning in the house: how users and groups are to be pushed to apps. */
final class Provisioning {

    private final List<Family> families;

    Provisioning(House.Ground ground, Directory directory, Applications applications) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        EventCatalogue catalogue = ground.events();
        AppStore apps = new AppStore();
        AppEvents events = new AppEvents(catalogue);
        Connections connections =
                new Connections(database, time, ground.sealed(), apps, events, applications.keys());
        families =
                List.of(
                        connections,
                        new AppFeatures(database, apps, events, connections),
                        new PushMappings(
                                database,
                                ids,
                                time,
                                apps,
                                events,
                                new SourcedGroups(catalogue, ids, directory.watch())));
    }

    List<Family> families() {
        return families;
    }
}
