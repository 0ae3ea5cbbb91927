package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.orgs.OrgStore;
import dev.ostiary.server.orgs.settings.OrgAdminSwitches;
import dev.ostiary.server.orgs.settings.OrgAerial;
import dev.ostiary.server.orgs.settings.OrgContacts;
import dev.ostiary.server.orgs.settings.OrgGeneral;
import dev.ostiary.server.orgs.settings.OrgPreferences;
import dev.ostiary.server.orgs.settings.OrgSupport;
import dev.ostiary.server.roles.AdminRoleStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where the administrators of an org of the {@linkplain House house} say what it is. */
final class OrgDesk {

    private final List<Family> families;

    OrgDesk(House.Ground ground, AdminRoleStore roles) {
        Database database = ground.database();
        InstantSource time = ground.time();
        EventCatalogue events = ground.events();
        OrgClock clock = new OrgClock(time);
        families =
                List.of(
                        new OrgGeneral(database, time, events),
                        new OrgContacts(database, time, events, people(roles)),
                        new OrgPreferences(database, time, events),
                        new OrgSupport(database, clock::now, events, ground.random()),
                        new OrgAerial(database, time, events, OrgStore::parent),
                        new OrgAdminSwitches(database, time, events));
    }

    private static OrgContacts.People people(AdminRoleStore roles) {
        UserDirectory users = new UserDirectory();
        return new OrgContacts.People() {
            @Override
            public boolean has(Reader reader, String userId) {
                return users.byId(reader, userId).isPresent();
            }

            @Override
            public Optional<String> firstAdministrator(Reader reader) {
                return roles.first(reader, "SUPER_ADMIN");
            }
        };
    }

    List<Family> families() {
        return families;
    }
}
