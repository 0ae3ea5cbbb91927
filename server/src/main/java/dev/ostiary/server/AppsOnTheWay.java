package dev.ostiary.server;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppPolicies;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.oauth.authorize.WaitingClients;
import dev.ostiary.server.signin.pages.AppFaces;
import dev.ostiary.server.signin.pages.view.AppFace;
import dev.ostiary.server.signin.registration.Registrations;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Into which app somebody wants who signs in on the way to an address: one whose request waits, one
 * that is signed in to by SAML or WS-Federation, or one that is opened by its link. Thread-safe.
 *
 * @param waiting whose requests wait
 */
record AppsOnTheWay(Database database, OrgClock clock, AppStore apps, WaitingClients waiting)
        implements Registrations.PolicyOnTheWay, AppFaces {

    private static final Pattern FEDERATED =
            Pattern.compile("/app/[^/]{1,200}/exk([A-Za-z0-9]{17})/sso/(?:saml|wsfed/passive)");
    private static final Pattern LINKED =
            Pattern.compile("/home/[^/]{1,200}/(0oa[A-Za-z0-9]{17})/[A-Za-z0-9]{1,20}");

    @Override
    public Optional<String> find(Request request, String address) {
        return app(request, address).flatMap(app -> app.policy(AppPolicies.Kind.ENROLLMENT));
    }

    @Override
    public Optional<AppFace> onTheWay(Request request, String address) {
        return app(request, address).filter(App::active).map(AppsOnTheWay::face);
    }

    @Override
    public Optional<AppFace> of(Request request, String appId) {
        return database.read(
                        request.org().number(), reader -> apps.find(reader, request.org(), appId))
                .filter(App::active)
                .map(AppsOnTheWay::face);
    }

    /** A picture that was uploaded stands before one that the client has elsewhere. */
    private static AppFace face(App app) {
        JsonNode client = app.document().path("settings").path("oauthClient");
        return new AppFace(
                app.label(),
                Optional.ofNullable(app.logo()).or(() -> text(client, "logo_uri")),
                text(client, "client_uri"),
                text(client, "tos_uri"),
                text(client, "policy_uri"));
    }

    private static Optional<String> text(JsonNode client, String name) {
        return Optional.ofNullable(client.path(name).stringValue(null));
    }

    private Optional<App> app(Request request, String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
        return uri.getRawPath() == null
                ? Optional.empty()
                : database.read(
                        request.org().number(),
                        reader ->
                                id(reader, request, uri)
                                        .flatMap(id -> apps.find(reader, request.org(), id)));
    }

    private Optional<String> id(Reader reader, Request request, URI uri) {
        Matcher federated = FEDERATED.matcher(uri.getRawPath());
        if (federated.matches()) {
            return Optional.of("0oa" + federated.group(1));
        }
        Matcher linked = LINKED.matcher(uri.getRawPath());
        return linked.matches()
                ? Optional.of(linked.group(1))
                : waiting.app(reader, uri, clock.now(request.org()));
    }
}
