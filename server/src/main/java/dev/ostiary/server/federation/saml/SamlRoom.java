package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.apps.credentials.SamlMetadata;
import dev.ostiary.server.apps.credentials.SigningKeys;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.oauth.grants.Subjects;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import java.util.List;

/**
 * Everything of SAML and WS-Federation for apps, put together: the front door of this room.
 * Thread-safe.
 */
public final class SamlRoom {

    private final List<Family> families;

    /**
     * Constructs it.
     *
     * @param assignments who has which app
     * @param signOn what apps ask of sign-ins
     * @param keys sign for apps
     * @param subjects finds users who may act
     * @param sessions who is signed in
     * @param pages what people see
     * @param partings whom to tell that a session has ended
     * @param proving where people prove more
     * @param redirects where people of some apps do instead
     */
    public SamlRoom(
            Database database,
            OrgClock clock,
            AppStore apps,
            Assignments assignments,
            AppSignOn signOn,
            SigningKeys keys,
            OrgSchemas schemas,
            Subjects subjects,
            BrowserSessions sessions,
            ShownPages pages,
            Partings partings,
            Proving proving,
            LoginRedirects redirects,
            Tokens tokens,
            EventCatalogue events) {
        SamlApps known = new SamlApps(database, apps);
        Assertions assertions = new Assertions(database, keys, schemas, tokens);
        SamlEvents news = new SamlEvents(events);
        Comers comers =
                new Comers(
                        database,
                        assignments,
                        signOn,
                        subjects,
                        sessions,
                        pages,
                        proving,
                        redirects,
                        news);
        families =
                List.of(
                        new SingleLogout(
                                database,
                                clock,
                                known,
                                sessions,
                                pages,
                                partings,
                                assertions,
                                news),
                        new SingleSignOn(
                                clock,
                                known,
                                comers,
                                pages,
                                assertions,
                                new SamlMetadata(database, apps, keys),
                                new OlderSignOn(clock, comers, pages, assertions)),
                        new PassiveSignOn(
                                clock,
                                known,
                                comers,
                                pages,
                                assertions,
                                new PassiveMetadata(keys)));
    }

    /** What is bound. */
    public List<Family> families() {
        return families;
    }
}
