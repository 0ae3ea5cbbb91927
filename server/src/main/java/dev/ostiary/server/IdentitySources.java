package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.groups.SourcedGroups;
import dev.ostiary.server.directory.users.SourcedUsers;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.identitysources.Feeds;
import dev.ostiary.server.identitysources.ImportSessions;
import dev.ostiary.server.identitysources.SourceGroups;
import dev.ostiary.server.identitysources.SourceRuns;
import dev.ostiary.server.identitysources.SourceUsers;
import java.time.InstantSource;
import java.util.List;

/** The floor of identity sources in the house: where users and groups come from. */
final class IdentitySources implements AutoCloseable {

    private final SourceRuns runs;
    private final List<Family> families;

    IdentitySources(House.Ground ground, Directory directory, Applications applications) {
        Database database = ground.database();
        Ids ids = ground.ids();
        InstantSource time = ground.time();
        EventCatalogue events = ground.events();
        UserParts users = directory.userParts();
        AppStore apps = new AppStore();
        SourcedGroups groups = new SourcedGroups(events, ids, directory.watch());
        Feeds feeds =
                Feeds.of(
                        new SourcedUsers(users, ids, time),
                        groups,
                        users.memberships(),
                        directory.watch(),
                        applications.profiles(),
                        applications.schemas(),
                        events);
        runs =
                new SourceRuns(
                        database, time, events, feeds, number -> Directory.org(database, number));
        families =
                List.of(
                        new ImportSessions(database, ids, time, events, apps, feeds, runs),
                        new SourceUsers(database, time, events, apps, feeds),
                        new SourceGroups(database, time, events, apps, feeds, groups));
    }

    /** Begins the work that goes on beside requests. */
    void start() {
        runs.start();
    }

    /** Ends it. */
    @Override
    public void close() {
        runs.close();
    }

    List<Family> families() {
        return families;
    }
}
