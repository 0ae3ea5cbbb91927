package dev.ostiary.server.federation;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.engine.Situation;
import dev.ostiary.server.signin.devices.DeviceCookie;
import dev.ostiary.server.signin.pages.Proving;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the links of a user's apps lead (Apps API, "App links object"): on to the app, by whatever
 * way its sign-on mode has. A user who is not signed in is so first; an app that is not the user's
 * is not opened. Where nobody asks the app's access policy on the way, it is asked here.
 * Thread-safe.
 */
public final class OpenedApps implements Family {

    /** As long as a session token lives: whoever has just signed in did so for this. */
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    private final Database database;
    private final AppStore apps;
    private final Assignments assignments;
    private final BrowserSessions sessions;
    private final AppSignOn policy;
    private final OrgClock clock;
    private final ShownPages pages;
    private final Proving proving;

    /**
     * The links.
     *
     * @param assignments who has which app
     * @param sessions who is signed in
     * @param policy what apps ask of sign-ins
     * @param pages what people see
     * @param proving where people prove more
     */
    public OpenedApps(
            Database database,
            AppStore apps,
            Assignments assignments,
            BrowserSessions sessions,
            AppSignOn policy,
            OrgClock clock,
            ShownPages pages,
            Proving proving) {
        this.policy = policy;
        this.clock = clock;
        this.proving = proving;
        this.database = database;
        this.apps = apps;
        this.assignments = assignments;
        this.sessions = sessions;
        this.pages = pages;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("openApp", this::open).answersPage());
    }

    private Reply open(Request request) {
        Org org = request.org();
        App app = app(request);
        Optional<Current> session =
                database.read(org.number(), reader -> sessions.of(reader, request));
        if (session.isEmpty()) {
            return Reply.empty(302)
                    .with("Location", ShownPages.toSignIn(request.localPath(), Optional.empty()));
        }
        boolean theirs =
                app.active()
                        && database.read(
                                org.number(),
                                reader ->
                                        assignments.isAssigned(
                                                reader, org, app.id(), session.get().userId()));
        if (!theirs) {
            return pages.refusal(request, 403, "The user is not assigned to the app.");
        }
        return place(app, request.baseUrl())
                .map(url -> admitted(request, app, session.get(), url))
                .orElseGet(
                        () ->
                                pages.refusal(
                                        request, 400, "The app has no address to be opened at."));
    }

    private Reply admitted(Request request, App app, Current session, String url) {
        Reply further = Reply.empty(302).with("Location", url);
        return isAskedThere(app) ? further : judged(request, app, session, further);
    }

    /** Whether the app's own way in asks its policy. */
    private static boolean isAskedThere(App app) {
        return switch (app.mode()) {
            case SAML_2_0, SAML_1_1, WS_FEDERATION, OPENID_CONNECT -> true;
            case BOOKMARK, BASIC_AUTH, AUTO_LOGIN, BROWSER_PLUGIN, SECURE_PASSWORD_STORE -> false;
        };
    }

    private Reply judged(Request request, App app, Current session, Reply further) {
        Instant now = clock.now(request.org());
        return switch (policy.judge(
                request.org(),
                new AppSignOn.Comer(
                        app.target(),
                        new Actor(session.userId(), "User", session.login(), session.login()),
                        session.proofs().proven(),
                        now.minus(JUST_NOW),
                        Optional.of(session.active()),
                        DeviceCookie.of(request),
                        now))) {
            case AppSignOn.Verdict.Admitted admitted -> {
                admitted.event().ifPresent(event -> visited(request, session, event));
                yield further;
            }
            case AppSignOn.Verdict.Challenged(Event event, Lack lack) -> {
                note(request, event);
                yield proving.way(
                                request,
                                session,
                                lack,
                                new Situation.App(app.id(), app.name()),
                                request.localPath())
                        .orElseGet(() -> denied(request));
            }
            case AppSignOn.Verdict.Denied denied -> {
                note(request, denied.event());
                note(request, denied.refusal());
                yield denied(request);
            }
        };
    }

    private Reply denied(Request request) {
        return pages.refusal(request, 403, "The app's policy does not let the user in.");
    }

    private void visited(Request request, Current session, Event event) {
        database.write(
                request.org().number(),
                tx -> {
                    sessions.visit(tx, request.org(), session);
                    tx.emit(event);
                    return event;
                });
    }

    private void note(Request request, Event event) {
        database.write(
                request.org().number(),
                tx -> {
                    tx.emit(event);
                    return event;
                });
    }

    private App app(Request request) {
        String id = request.variable("appId");
        return database.read(request.org().number(), reader -> apps.find(reader, request.org(), id))
                .filter(app -> app.name().equals(request.variable("appName")))
                .filter(app -> request.variable("linkId").equals("aln" + app.id().substring(3)))
                .orElseThrow(() -> AppStore.unknown(id));
    }

    private static Optional<String> place(App app, String baseUrl) {
        return switch (app.mode()) {
            case SAML_2_0, SAML_1_1 -> Optional.of(own(app, "saml"));
            case WS_FEDERATION -> Optional.of(own(app, "wsfed/passive"));
            case OPENID_CONNECT ->
                    address(app, "/settings/oauthClient/initiate_login_uri")
                            .map(
                                    url ->
                                            url
                                                    + (url.contains("?") ? "&" : "?")
                                                    + "iss="
                                                    + URLEncoder.encode(
                                                            baseUrl, StandardCharsets.UTF_8));
            case BOOKMARK, BASIC_AUTH -> address(app, "/settings/app/url");
            case AUTO_LOGIN -> address(app, "/settings/signOn/loginUrl");
            case BROWSER_PLUGIN, SECURE_PASSWORD_STORE -> address(app, "/settings/app/url");
        };
    }

    /** Where this server tells the app who comes. */
    private static String own(App app, String protocol) {
        return "/app/%s/%s/sso/%s".formatted(app.name(), app.externalKey(), protocol);
    }

    /** An address of the web that an administrator has written into the app. */
    private static Optional<String> address(App app, String pointer) {
        return Optional.of(app.document().at(pointer).asString(""))
                .filter(url -> url.matches("https?://[!-~]+"));
    }
}
