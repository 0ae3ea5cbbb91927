package dev.ostiary.server;

import dev.ostiary.platform.http.ErrorPages;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.customization.brands.BrandLooks;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.brands.DefaultApps;
import dev.ostiary.server.customization.domains.DomainBrands;
import dev.ostiary.server.signin.pages.AppFaces;
import dev.ostiary.server.signin.pages.PageRoom;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.registration.Registrations;
import dev.ostiary.server.signin.sessions.OwnSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pages' floor of the {@linkplain House house}: what people see in a browser. */
final class Pages {

    private final PageRoom room;

    /**
     * @param partings whom to tell that somebody signs out
     * @param registrations who may register
     * @param apps how apps show themselves
     * @param handlers finds the code of an operation, once all are bound
     */
    Pages(
            House.Ground ground,
            BrandStore brands,
            Partings partings,
            Registrations registrations,
            AppFaces apps,
            Function<String, Optional<Handler>> handlers) {
        room =
                new PageRoom(
                        ground.database(),
                        new BrandLooks(brands),
                        new DefaultApps(ground.database(), brands, new DomainBrands()::brandOf),
                        ground.tokens(),
                        new OwnSessions(ground.database(), ground.time(), ground.events()),
                        registrations,
                        apps,
                        ground.contract(),
                        partings,
                        handlers);
    }

    List<Family> families() {
        return room.families();
    }

    /** What neighbours show to people. */
    ShownPages shown() {
        return room.shown();
    }

    /** Tells people of errors. */
    ErrorPages errors() {
        return room.errors();
    }
}
