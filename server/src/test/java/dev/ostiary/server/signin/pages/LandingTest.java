package dev.ostiary.server.signin.pages;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Handler;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.apps.TestApps;
import dev.ostiary.server.customization.brands.BrandIds;
import dev.ostiary.server.customization.brands.BrandLooks;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.brands.Brands;
import dev.ostiary.server.customization.brands.DefaultApps;
import dev.ostiary.server.customization.domains.DomainBrands;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.NoBrandDomains;
import dev.ostiary.server.security.origins.RedirectTargets;
import dev.ostiary.server.signin.pages.form.FormGuard;
import dev.ostiary.server.signin.pages.look.Assets;
import dev.ostiary.server.signin.sessions.OwnSessions;
import dev.ostiary.server.signin.sessions.Proofs;
import dev.ostiary.server.signin.sessions.SessionLimits;
import dev.ostiary.server.signin.sessions.SessionRedirect;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A browser that wants nowhere")
class LandingTest {

    private static final String BASE = "https://org.example";
    private static final String HOME = "/app/UserHome";

    private final Contract contract = Contract.load();
    private final AtomicInteger asked = new AtomicInteger();
    private final TestApps apps;
    private final TestDirectory directory;
    private final SignedIn signedIn;
    private final Function<Request, Visit> visits;
    private final Arrival arrival;
    private final Handler byDefault;

    LandingTest(DatabaseAccess access) {
        apps = new TestApps(access);
        directory = apps.directory;
        Database database = directory.database();
        EventCatalogue events = EventCatalogue.load();
        Tokens tokens = new Tokens(new SecureRandom());
        BrandStore brands = new BrandStore();
        directory.bind(
                new Brands(
                        database,
                        directory.ids(),
                        directory.time(),
                        events,
                        brands,
                        new NoBrandDomains(),
                        (reader, org, appId) -> true));
        signedIn = new SignedIn(directory.ids(), tokens, events, new OrgClock(directory.time()));
        RedirectTargets targets = new RedirectTargets(database);
        Map<String, Handler> sessions =
                handlers(new SessionRedirect(database, signedIn, targets).bindings());
        InProcess api =
                new InProcess(
                        contract,
                        operation -> Optional.of(sessions.getOrDefault(operation, this::appLinks)));
        OwnSessions own = new OwnSessions(database, directory.time(), events);
        Frames frames = new Frames(database, new BrandLooks(brands), new Assets());
        FormGuard guard = new FormGuard(tokens);
        visits = request -> Visit.of(request, frames, guard);
        DefaultApps defaults = new DefaultApps(database, brands, new DomainBrands()::brandOf);
        arrival = new Arrival(api, targets, new Landing(api, defaults), own);
        HomePages home =
                new HomePages(
                        database,
                        visits,
                        api,
                        arrival,
                        own,
                        (request, session, except) -> Partings.Told.NOBODY);
        byDefault = handlers(home.bindings()).getOrDefault("getLoginDefault", this::appLinks);
    }

    private static Map<String, Handler> handlers(List<Binding> bindings) {
        return bindings.stream().collect(Collectors.toMap(Binding::operationId, Binding::handler));
    }

    /** The only operation of apps that is asked. */
    private Reply appLinks(Request request) {
        asked.incrementAndGet();
        assertThat(request.operation().id()).isEqualTo("listAppLinks");
        return directory.call(
                request.org(), request.caller(), "listAppLinks", request.variables(), "", "");
    }

    @AfterAll
    void close() {
        apps.close();
    }

    @Test
    @DisplayName("given a brand with an app, then whoever has it goes there, others home")
    void theirs() {
        Org org = directory.org("landing-theirs");
        String app = appOfTheBrand(org);
        Caller ann = user(org, "ann@org.example");
        Caller bob = user(org, "bob@org.example");
        assign(org, app, ann);

        assertThat(target(byDefault(org, ann, ""))).isEqualTo(link(app));
        assertHome(byDefault(org, bob, ""));
    }

    @Test
    @DisplayName("given an app that is inactive, or one that the user does not see, then home")
    void inactive() {
        Org org = directory.org("landing-inactive");
        String app = appOfTheBrand(org);
        Caller ann = user(org, "ann@org.example");
        assign(org, app, ann);

        apps.on(org, "deactivateApplication", app);

        assertHome(byDefault(org, ann, ""));
    }

    @Test
    @DisplayName("given brands without an app, then home, and nobody's apps are looked up")
    void withoutApp() {
        Org org = directory.org("landing-without");
        Caller ann = user(org, "ann@org.example");
        int before = asked.get();

        assertHome(byDefault(org, ann, ""));
        lead(org, "{}");
        assertHome(byDefault(org, ann, ""));

        assertThat(asked.get()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "given an address where it wants to go, then it goes there, and home if it may not")
    void wanted() {
        Org org = directory.org("landing-wanted");
        String app = appOfTheBrand(org);
        Caller ann = user(org, "ann@org.example");
        assign(org, app, ann);

        assertThat(target(byDefault(org, ann, "fromURI=%2Fsignin%2Funlock")))
                .isEqualTo(BASE + "/signin/unlock");
        assertHome(byDefault(org, ann, "fromURI=https%3A%2F%2Fevil.example%2F"));
    }

    @Test
    @DisplayName("given nobody who is signed in, then that comes first")
    void nobody() {
        Org org = directory.org("landing-nobody");
        Caller nobody = new Caller.Anonymous();

        assertThat(target(byDefault(org, nobody, ""))).isEqualTo("/signin");
        assertThat(target(byDefault(org, nobody, "fromURI=%2Fsignin%2Funlock")))
                .isEqualTo("/signin?fromURI=%2Fsignin%2Funlock");
    }

    @Test
    @DisplayName(
            "given a sign-in that wants nowhere, then it leads into the brand's app, if it is the user's")
    void signIn() {
        Org org = directory.org("landing-sign-in");
        String app = appOfTheBrand(org);
        Caller ann = user(org, "ann@org.example");
        Caller bob = user(org, "bob@org.example");
        assign(org, app, ann);

        Reply into = signIn(org, ann, Optional.empty());

        assertThat(target(into)).isEqualTo(link(app));
        assertThat(Arrival.cookies(into)).anyMatch(line -> line.value().startsWith("sid="));
        Reply home = signIn(org, bob, Optional.empty());
        assertHome(home);
        assertThat(Arrival.cookies(home)).anyMatch(line -> line.value().startsWith("sid="));
    }

    @Test
    @DisplayName("given a sign-in that wants somewhere, then the brand's app is not asked for")
    void signInForSomething() {
        Org org = directory.org("landing-sign-in-for");
        String app = appOfTheBrand(org);
        Caller ann = user(org, "ann@org.example");
        assign(org, app, ann);

        for (String home : List.of(HOME, BASE + HOME)) {
            assertThat(target(signIn(org, ann, Optional.of(home)))).isEqualTo(BASE + HOME);
        }
        assertHome(signIn(org, ann, Optional.of("https://evil.example/")));
    }

    private Reply byDefault(Org org, Caller caller, String query) {
        return byDefault.handle(request(org, caller, query));
    }

    private Reply signIn(Org org, Caller user, Optional<String> fromUri) {
        String token =
                directory
                        .database()
                        .write(
                                org.number(),
                                tx ->
                                        signedIn.issue(
                                                tx,
                                                org,
                                                user.principal().orElseThrow().id(),
                                                Proofs.NONE,
                                                SessionLimits.USUAL))
                        .text();
        Request request = request(org, new Caller.Anonymous(), "");
        return arrival.signIn(visits.apply(request), token, fromUri);
    }

    private Request request(Org org, Caller caller, String query) {
        return new Request(
                "request",
                org.at(new ConfigVersionLookup(directory.database()).now(org)),
                contract.operation("getLoginDefault"),
                caller,
                Map.of(),
                Query.parse(query),
                BASE,
                name -> List.of(),
                new byte[0]);
    }

    private static String target(Reply reply) {
        return Arrival.target(reply).orElseThrow();
    }

    private static void assertHome(Reply reply) {
        assertThat(reply.status()).isEqualTo(303);
        assertThat(target(reply)).isEqualTo(HOME);
    }

    private static String link(String app) {
        return BASE + "/home/bookmark/" + app + "/aln" + app.substring(3);
    }

    private String appOfTheBrand(Org org) {
        String app = id(apps.bookmark(org, "News"));
        lead(org, "{\"appInstanceId\": \"" + app + "\"}");
        return app;
    }

    private void lead(Org org, String app) {
        directory.call(
                org,
                "replaceBrand",
                Map.of("brandId", BrandIds.ofDefault(org)),
                "",
                "{\"name\": \"Leading\", \"defaultApp\": " + app + "}");
    }

    private Caller user(Org org, String login) {
        return new Caller.Session(
                "102session",
                new Caller.Principal(directory.user(org, login), login, "Ann Lee"),
                Permissions.none());
    }

    private void assign(Org org, String app, Caller user) {
        String body = "{\"id\": \"" + user.principal().orElseThrow().id() + "\"}";
        json(directory.call(org, "assignUserToApplication", Map.of("appId", app), "", body));
    }
}
