package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.apps.credentials.SigningKeys;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.federation.saml.JoinedServiceStore.Joined;
import dev.ostiary.server.signin.pages.view.Notice;
import java.util.List;
import java.util.Optional;

/**
 * Services that are told by the browser that a session has ended (SAML 2.0 Profiles, 4.4; guide
 * "Configure Single Logout"): those that somebody came into in it, and that take requests by
 * redirect or by a form. A request is signed by the app's key. Thread-safe.
 */
public final class ServiceLogouts {

    private final Database database;
    private final OrgClock clock;
    private final AppStore apps;
    private final Assertions assertions;
    private final JoinedServiceStore store = new JoinedServiceStore();

    /** Services of these apps, with these keys. */
    public ServiceLogouts(
            Database database, OrgClock clock, AppStore apps, SigningKeys keys, Tokens tokens) {
        this.database = database;
        this.clock = clock;
        this.apps = apps;
        this.assertions = new Assertions(database, keys, new OrgSchemas(database), tokens);
    }

    private record Told(App app, Joined joined) {}

    /**
     * How a browser tells them, in frames. Not to be called in a transaction.
     *
     * @param except id of the app whose service knows already
     */
    public List<Notice> notices(Request request, String sessionId, String except) {
        Org org = request.org();
        List<Told> all =
                database.read(
                        org.number(),
                        reader ->
                                store.of(reader, sessionId).stream()
                                        .flatMap(
                                                joined ->
                                                        apps
                                                                .find(reader, org, joined.appId())
                                                                .map(app -> new Told(app, joined))
                                                                .stream())
                                        .filter(told -> !told.app().id().equals(except))
                                        .filter(told -> told.app().active())
                                        .filter(told -> told.app().mode() == SignOnMode.SAML_2_0)
                                        .toList());
        return all.stream().flatMap(told -> notice(org, told).stream()).toList();
    }

    private Optional<Notice> notice(Org org, Told told) {
        return ServiceProvider.of(told.app())
                .filter(service -> service.told().isPresent())
                .map(
                        service ->
                                assertions.logOut(
                                        org, told.app(), service, told.joined(), clock.now(org)));
    }
}
