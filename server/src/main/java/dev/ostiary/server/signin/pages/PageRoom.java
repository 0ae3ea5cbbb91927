package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.http.ErrorPages;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.customization.brands.BrandLooks;
import dev.ostiary.server.customization.brands.DefaultApps;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.pages.form.FormGuard;
import dev.ostiary.server.signin.pages.look.Assets;
import dev.ostiary.server.signin.registration.Registrations;
import dev.ostiary.server.signin.sessions.OwnSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Everything of the pages, put together: the front door of this room. Thread-safe. */
public final class PageRoom {

    private final Frames frames;
    private final ShownPages shown;
    private final List<Family> families;

    /**
     * @param defaultApps where people go who want nowhere
     * @param own what sessions users have
     * @param registrations who may register
     * @param apps how apps show themselves
     * @param contract every operation there is
     * @param partings whom to tell that somebody signs out
     * @param handlers finds the code of an operation; asked when a page is, not before
     */
    public PageRoom(
            Database database,
            BrandLooks looks,
            DefaultApps defaultApps,
            Tokens tokens,
            OwnSessions own,
            Registrations registrations,
            AppFaces apps,
            Contract contract,
            Partings partings,
            Function<String, Optional<Handler>> handlers) {
        Assets assets = new Assets();
        frames = new Frames(database, looks, assets);
        FormGuard guard = new FormGuard(tokens);
        Function<Request, Visit> visits = request -> Visit.of(request, frames, guard);
        shown = new ShownPages(visits, apps);
        InProcess api = new InProcess(contract, handlers);
        AuthnApi authn = new AuthnApi(api);
        Arrival arrival =
                new Arrival(api, new RedirectTargets(database), new Landing(api, defaultApps), own);
        ProfilePages profiles = new ProfilePages(visits, api, arrival, registrations, own);
        SignInPages signIn = new SignInPages(visits, authn, profiles, registrations, apps, tokens);
        families =
                List.of(
                        new AssetFiles(assets),
                        new FingerprintPage(assets),
                        signIn,
                        profiles,
                        new RecoveryPages(visits, authn, signIn),
                        new RegistrationPages(visits, api, authn, signIn, registrations),
                        new HomePages(database, visits, api, arrival, own, partings));
    }

    /** What is bound. */
    public List<Family> families() {
        return families;
    }

    /** What neighbours show. */
    public ShownPages shown() {
        return shown;
    }

    /** Tells people of errors. */
    public ErrorPages errors() {
        return new PageFailures(frames);
    }
}
