package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.federation.saml.Comers.Comer;
import dev.ostiary.server.federation.saml.Comers.Wish;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-on by WS-Federation's passive requestor profile (WS-Federation 1.2, 13): the service sends a
 * browser with parameters, and it comes back with a token in a form. As with SAML, nothing is kept
 * while the user signs in. Thread-safe.
 */
final class PassiveSignOn implements Family {

    private static final int LONGEST_CONTEXT = 4096;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final OrgClock clock;
    private final SamlApps apps;
    private final Comers comers;
    private final ShownPages pages;
    private final Assertions assertions;
    private final PassiveMetadata metadata;

    PassiveSignOn(
            OrgClock clock,
            SamlApps apps,
            Comers comers,
            ShownPages pages,
            Assertions assertions,
            PassiveMetadata metadata) {
        this.clock = clock;
        this.apps = apps;
        this.comers = comers;
        this.pages = pages;
        this.assertions = assertions;
        this.metadata = metadata;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("startWsFederation", this::come).answersPage(),
                Binding.of("getWsFederationMetadata", this::describe)
                        .answersAs(PassiveMetadata.XML)
                        .alsoAnswersAs(PassiveMetadata.XML, "application/xml"));
    }

    private App app(Request request) {
        return apps.of(request, SignOnMode.WS_FEDERATION)
                .orElseThrow(() -> AppStore.unknown(request.variable("externalKey")));
    }

    private Reply describe(Request request) {
        return Reply.text(
                200,
                PassiveMetadata.XML + ";charset=utf-8",
                metadata.of(request, app(request)).getBytes(StandardCharsets.UTF_8));
    }

    private Reply come(Request request) {
        App app = app(request);
        if (!app.active()) {
            return pages.refusal(request, 403, "The app is not active.");
        }
        Optional<PassiveService> service = PassiveService.of(app);
        if (service.isEmpty()) {
            return pages.refusal(request, 400, "The app has no address to reply to.");
        }
        return switch (request.query().text("wa").orElse("wsignin1.0")) {
            case "wsignin1.0" -> signOn(request, app, service.get());
            case "wsignout1.0", "wsignoutcleanup1.0" ->
                    Reply.empty(302).with("Location", "/login/signout");
            default -> pages.refusal(request, 400, "The request is none of WS-Federation's.");
        };
    }

    private Reply signOn(Request request, App app, PassiveService service) {
        Query said = request.query();
        boolean another =
                said.text("wtrealm").filter(realm -> !realm.equals(service.realm())).isPresent();
        if (another) {
            return pages.refusal(request, 400, "The realm is not the app's.");
        }
        Instant now = clock.now(request.org());
        Optional<Duration> fresh = said.text("wfresh").flatMap(PassiveSignOn::minutes);
        Optional<Comer> comer = comers.of(request, app, current -> counts(current, fresh, now));
        if (comer.isEmpty()) {
            return signIn(request);
        }
        return comers.welcome(
                request,
                app,
                comer.get(),
                Wish.opened(now, request, () -> signIn(request)),
                who -> tell(request, service, who));
    }

    private static Reply signIn(Request request) {
        return Reply.empty(302)
                .with(
                        "Location",
                        ShownPages.toSignIn(
                                Comers.again(request), request.query().text("username")));
    }

    /** Whether a session is as young as the service wants; a minute passes on the way back. */
    private static boolean counts(Current session, Optional<Duration> fresh, Instant now) {
        return fresh.map(age -> !session.authenticated().isBefore(now.minus(age))).orElse(true);
    }

    private static Optional<Duration> minutes(String text) {
        return text.matches("\\d{1,6}")
                ? Optional.of(Duration.ofMinutes(Integer.parseInt(text)))
                        .map(age -> age.compareTo(SHORTEST) < 0 ? SHORTEST : age)
                : Optional.empty();
    }

    private Reply tell(Request request, PassiveService service, SubjectFacts who) {
        String destination = service.destinationFor(request.query().text("wreply"));
        byte[] token = assertions.token(who, service);
        comers.signOn(who);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("wa", "wsignin1.0");
        fields.put("wresult", new String(token, StandardCharsets.UTF_8));
        request.query()
                .text("wctx")
                .filter(context -> context.length() <= LONGEST_CONTEXT)
                .ifPresent(context -> fields.put("wctx", context));
        return pages.post(request, destination, Urls.origin(destination).orElseThrow(), fields);
    }
}
