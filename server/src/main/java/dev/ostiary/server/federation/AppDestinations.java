package dev.ostiary.server.federation;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppLinks;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.flow.Destination;
import dev.ostiary.server.signin.flow.Destinations;
import java.time.Instant;
import java.util.Optional;

/**
 * Apps of SAML and WS-Federation, which step-up authentication leads into (Authentication API,
 * "IDP-initiated step-up authentication"). Thread-safe.
 *
 * @param assignments who has which app
 * @param links knows the pictures of apps
 */
public record AppDestinations(AppStore apps, Assignments assignments, AppLinks links)
        implements Destinations {

    private record Spoken(String protocol, String path) {}

    @Override
    public Optional<Destination> find(Reader reader, Org org, String appId, Instant now) {
        return apps.find(reader, org, appId)
                .filter(App::active)
                .flatMap(app -> spoken(app).map(spoken -> destination(app, spoken, now)));
    }

    @Override
    public boolean isTheirs(Reader reader, Org org, String appId, String userId) {
        return assignments.isUsableBy(reader, org, appId, userId);
    }

    private static Optional<Spoken> spoken(App app) {
        return switch (app.mode()) {
            case SAML_2_0 -> Optional.of(new Spoken("SAML2.0", "saml"));
            case SAML_1_1 -> Optional.of(new Spoken("SAML1.1", "saml"));
            case WS_FEDERATION -> Optional.of(new Spoken("WS-FED", "wsfed/passive"));
            case AUTO_LOGIN,
                    BASIC_AUTH,
                    BOOKMARK,
                    BROWSER_PLUGIN,
                    OPENID_CONNECT,
                    SECURE_PASSWORD_STORE ->
                    Optional.empty();
        };
    }

    private Destination destination(App app, Spoken spoken, Instant now) {
        return new Destination(
                new Situation.App(app.id(), app.name()),
                app.label(),
                app.mode().name(),
                spoken.protocol(),
                app.externalKey(),
                links.logo(app, ""),
                "/app/%s/%s/sso/%s".formatted(app.name(), app.externalKey(), spoken.path()),
                now);
    }
}
