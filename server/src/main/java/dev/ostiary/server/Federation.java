package dev.ostiary.server;

import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.federation.OpenedApps;
import dev.ostiary.server.federation.saml.LoginRedirects;
import dev.ostiary.server.federation.saml.SamlRoom;
import dev.ostiary.server.federation.saml.ServiceLogouts;
import dev.ostiary.server.oauth.grants.Subjects;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import java.util.List;
import java.util.stream.Stream;

/** The floor of the {@linkplain House house} from which users get into apps of others. */
final class Federation {

    private final List<Family> families;

    Federation(
            House.Ground ground,
            Applications applications,
            AppSignOn signOn,
            BrowserSessions sessions,
            ShownPages pages,
            Partings partings,
            Proving proving,
            WaysIn ways) {
        Database database = ground.database();
        OrgClock clock = new OrgClock(ground.time());
        AppStore apps = new AppStore();
        SamlRoom saml =
                new SamlRoom(
                        database,
                        clock,
                        apps,
                        applications.assignments(),
                        signOn,
                        applications.keys(),
                        new OrgSchemas(database),
                        new Subjects(new Memberships(clock::now)),
                        sessions,
                        pages,
                        partings,
                        proving,
                        new LoginRedirects(
                                database,
                                clock,
                                applications.destinations(),
                                ways.arrivals(),
                                ways.stepUps()),
                        ground.tokens(),
                        ground.events());
        families =
                Stream.concat(
                                saml.families().stream(),
                                Stream.of(
                                        new OpenedApps(
                                                database,
                                                apps,
                                                applications.assignments(),
                                                sessions,
                                                signOn,
                                                clock,
                                                pages,
                                                proving)))
                        .toList();
    }

    /** Services that are told when somebody signs out. */
    static ServiceLogouts logouts(House.Ground ground, Applications applications) {
        return new ServiceLogouts(
                ground.database(),
                new OrgClock(ground.time()),
                new AppStore(),
                applications.keys(),
                ground.tokens());
    }

    List<Family> families() {
        return families;
    }
}
