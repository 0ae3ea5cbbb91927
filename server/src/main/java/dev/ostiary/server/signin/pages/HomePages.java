package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.signin.pages.InProcess.Call;
import dev.ostiary.server.signin.pages.form.Form;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.HomeScreen;
import dev.ostiary.server.signin.pages.view.HomeScreen.App;
import dev.ostiary.server.signin.pages.view.HomeScreen.Method;
import dev.ostiary.server.signin.pages.view.HomeScreen.SessionLine;
import dev.ostiary.server.signin.pages.view.Notice;
import dev.ostiary.server.signin.pages.view.Paths;
import dev.ostiary.server.signin.pages.view.SignInScreen;
import dev.ostiary.server.signin.pages.view.SignOutScreen;
import dev.ostiary.server.signin.pages.view.TellingAppsScreen.Next;
import dev.ostiary.server.signin.sessions.OwnSessions;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Where people are who are signed in, and the way out. Thread-safe. */
final class HomePages implements Family {

    private final Database database;
    private final Function<Request, Visit> visits;
    private final InProcess api;
    private final Arrival arrival;
    private final OwnSessions own;
    private final Partings partings;
    private final UserDirectory users = new UserDirectory();

    HomePages(
            Database database,
            Function<Request, Visit> visits,
            InProcess api,
            Arrival arrival,
            OwnSessions own,
            Partings partings) {
        this.database = database;
        this.visits = visits;
        this.api = api;
        this.arrival = arrival;
        this.own = own;
        this.partings = partings;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("showUserHome", this::home).answersPage(),
                Binding.of("getLoginDefault", this::byDefault).answersPage(),
                Binding.of("signOut", this::signOut).answersPage(),
                Binding.of("signOutByForm", this::signOutByForm).takesForm().answersPage());
    }

    private static Optional<Caller.Session> session(Request request) {
        return request.caller() instanceof Caller.Session session
                ? Optional.of(session)
                : Optional.empty();
    }

    /** A form may lead here, so what lies on another site is reached by a page. */
    private Reply byDefault(Request request) {
        Optional<String> wanted = request.query().text(SignInScreen.FROM_URI);
        return session(request)
                .map(
                        session ->
                                arrival.onward(
                                        visits.apply(request),
                                        wanted,
                                        () -> Optional.of(session.user())))
                .orElseGet(
                        () ->
                                Reply.empty(302)
                                        .with(
                                                "Location",
                                                wanted.map(HomePages::toSignIn)
                                                        .orElse(Paths.SIGN_IN)));
    }

    private static String toSignIn(String from) {
        return Paths.SIGN_IN + "?" + SignInScreen.FROM_URI + "=" + URLEncoder.encode(from, UTF_8);
    }

    private Reply home(Request request) {
        Optional<Caller.Session> session = session(request);
        Optional<User> user =
                session.flatMap(
                        own ->
                                database.read(
                                        request.org().number(),
                                        reader -> users.byId(reader, own.user().id())));
        if (user.isEmpty()) {
            return Reply.empty(302).with("Location", toSignIn(Paths.HOME));
        }
        User me = user.get();
        JsonNode profile = me.profile().document();
        String name = profile.path("firstName").asString("");
        return visits.apply(request)
                .page(
                        200,
                        new HomeScreen(
                                name.isBlank() ? me.login() : name,
                                me.login(),
                                apps(request, me),
                                Optional.ofNullable(me.passwordChanged()),
                                methods(request, me),
                                sessions(request, session.get())),
                        locale(profile));
    }

    /** What the profile says of languages: the one that is liked best, else that of numbers. */
    private static String locale(JsonNode profile) {
        String liked = profile.path("preferredLanguage").asString("");
        return liked.isBlank() ? profile.path("locale").asString("") : liked;
    }

    private List<App> apps(Request request, User me) {
        List<App> apps = new ArrayList<>();
        items(request, Call.of("listAppLinks").on("id", me.id()))
                .forEach(
                        link ->
                                arrival.allowed(request, link.path("linkUrl").asString(""))
                                        .ifPresent(
                                                url ->
                                                        apps.add(
                                                                new App(
                                                                        link.path("label")
                                                                                .asString(url),
                                                                        url))));
        return apps;
    }

    private List<Method> methods(Request request, User me) {
        List<Method> methods = new ArrayList<>();
        items(request, Call.of("listFactors").on("userId", me.id()))
                .forEach(
                        factor -> {
                            boolean active = factor.path("status").asString("").equals("ACTIVE");
                            AuthnState.factor(factor)
                                    .filter(known -> active)
                                    .ifPresent(
                                            known ->
                                                    methods.add(
                                                            new Method(
                                                                    known,
                                                                    moment(factor, "created"))));
                        });
        return methods;
    }

    private Iterable<JsonNode> items(Request request, Call call) {
        return api.knows(call.operationId()) ? api.document(request, call) : List.of();
    }

    /** This one first, then the latest. */
    private List<SessionLine> sessions(Request request, Caller.Session session) {
        List<SessionLine> lines = new ArrayList<>();
        for (OwnSessions.Line line : own.of(request.org(), session.user().id())) {
            boolean current = line.id().equals(session.sessionId());
            lines.add(
                    current ? 0 : lines.size(),
                    new SessionLine(line.id(), current, line.since(), line.until()));
        }
        return lines;
    }

    private static Instant moment(JsonNode of, String name) {
        return Instant.parse(of.path(name).asString());
    }

    /**
     * As documented for applications, which send browsers here. What is merely loaded into another
     * page (a picture, a frame) signs nobody out: that asks first.
     */
    private Reply signOut(Request request) {
        Optional<String> fromUri = request.query().text(SignInScreen.FROM_URI);
        Optional<Caller.Session> session = session(request);
        boolean navigates = request.header("Sec-Fetch-Dest").map("document"::equals).orElse(true);
        Visit visit = visits.apply(request);
        if (session.isPresent() && !navigates) {
            return visit.page(200, new SignOutScreen(session.get().user().login(), fromUri));
        }
        return leave(visit, fromUri, false);
    }

    private Reply signOutByForm(Request request) {
        Visit visit = visits.apply(request);
        Form form = visit.form();
        String one = form.text(HomeScreen.SESSION);
        Optional<Caller.Session> session = session(request);
        if (!one.isEmpty() && session.isPresent()) {
            own.end(request.org(), session.get().user().id(), one);
            return Visit.to(Paths.HOME);
        }
        return leave(
                visit,
                Optional.of(form.text(SignInScreen.FROM_URI)).filter(uri -> !uri.isEmpty()),
                form.text(HomeScreen.EVERYWHERE).equals("true"));
    }

    /** Apps are told on the way, if any are to be. */
    private Reply leave(Visit visit, Optional<String> fromUri, boolean everywhere) {
        Request request = visit.request();
        Optional<Caller.Session> session = session(request);
        if (session.isEmpty()) {
            return gone(visit, fromUri);
        }
        List<Notice> told = partings.of(request, session.get().sessionId(), "").all();
        Reply ended =
                api.call(
                        request,
                        everywhere
                                ? Call.of("deleteCurrentUserSessions")
                                        .with(Json.object().put("keepCurrent", false))
                                : Call.of("deleteCurrentSession"));
        Reply gone = told.isEmpty() ? gone(visit, fromUri) : telling(visit, told, fromUri);
        return gone.with(Arrival.cookies(ended));
    }

    private Reply gone(Visit visit, Optional<String> fromUri) {
        return arrival.go(visit, Phrase.SIGNING_OUT, fromUri, SignInPages.signedOut());
    }

    private Reply telling(Visit visit, List<Notice> told, Optional<String> fromUri) {
        String next =
                fromUri.flatMap(uri -> arrival.allowed(visit.request(), uri))
                        .orElseGet(SignInPages::signedOut);
        return ShownPages.telling(visit, told, new Next.Going(next));
    }
}
