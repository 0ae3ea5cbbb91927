package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.apps.credentials.SamlMetadata;
import dev.ostiary.server.federation.saml.Assertions.About;
import dev.ostiary.server.federation.saml.Comers.Comer;
import dev.ostiary.server.federation.saml.Comers.Wish;
import dev.ostiary.server.federation.saml.JoinedServiceStore.Joined;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Web browser SSO (SAML 2.0 Profiles, 4.1) with HTTP Redirect and POST for requests and POST for
 * responses. What a request was judged to be is not kept while its user signs in: the way back says
 * it again, and all of it is judged again. Thread-safe.
 */
public final class SingleSignOn implements Family {

    private static final Duration SKEW = Duration.ofMinutes(1);

    private final OrgClock clock;
    private final SamlApps apps;
    private final Comers comers;
    private final ShownPages pages;
    private final Assertions assertions;
    private final JoinedServiceStore joined = new JoinedServiceStore();
    private final SamlMetadata metadata;
    private final OlderSignOn older;

    /**
     * The endpoint.
     *
     * @param comers who is signed in
     * @param pages what people see
     * @param older serves the apps of SAML 1.1, which have the same address
     */
    SingleSignOn(
            OrgClock clock,
            SamlApps apps,
            Comers comers,
            ShownPages pages,
            Assertions assertions,
            SamlMetadata metadata,
            OlderSignOn older) {
        this.clock = clock;
        this.apps = apps;
        this.comers = comers;
        this.pages = pages;
        this.assertions = assertions;
        this.metadata = metadata;
        this.older = older;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("startSamlSso", this::come).answersPage(),
                Binding.of("postSamlSso", this::come)
                        .takesForm()
                        .takes(ServiceMessage.FORM)
                        .answersPage(),
                Binding.of("getSamlMetadata", this::metadata)
                        .answersAs(SamlMetadata.XML)
                        .alsoAnswersAs(SamlMetadata.XML, "application/samlmetadata+xml"));
    }

    private Reply metadata(Request request) {
        return apps.of(request, SignOnMode.SAML_2_0)
                .map(app -> metadata.of(request, app))
                .orElseThrow(() -> AppStore.unknown(request.variable("externalKey")));
    }

    /** What is to be done, once all that the browser brought is judged. */
    private record Asked(
            App app,
            ServiceProvider service,
            String destination,
            Optional<AuthnRequest> request,
            Optional<String> relayState,
            String again) {}

    private Reply come(Request request) {
        Optional<App> app = apps.of(request, SignOnMode.SAML_2_0, SignOnMode.SAML_1_1);
        if (app.isEmpty()) {
            throw AppStore.unknown(request.variable("externalKey"));
        }
        if (!app.get().active()) {
            return pages.refusal(request, 403, "The app is not active.");
        }
        if (app.get().mode() == SignOnMode.SAML_1_1) {
            return older.open(request, app.get());
        }
        Optional<ServiceProvider> service = ServiceProvider.of(app.get());
        if (service.isEmpty()) {
            return pages.refusal(request, 400, "The app has no single sign-on URL.");
        }
        return ServiceMessage.isThere(request)
                ? asked(request, app.get(), service.get())
                : go(request, opened(request, app.get(), service.get()));
    }

    /** The user comes without a request of the service (Profiles, 4.1.5). */
    private static Asked opened(Request request, App app, ServiceProvider service) {
        Optional<String> relayState =
                ServiceMessage.relayState(request.query()).or(service::relayState);
        return new Asked(
                app,
                service,
                service.acsUrl(),
                Optional.empty(),
                relayState,
                Comers.again(request));
    }

    private Reply asked(Request request, App app, ServiceProvider service) {
        Optional<ServiceMessage> message = ServiceMessage.of(request);
        Optional<AuthnRequest> asked = message.flatMap(each -> AuthnRequest.of(each.document()));
        if (message.isEmpty() || asked.isEmpty()) {
            return pages.refusal(request, 400, "The SAML request cannot be read.");
        }
        if (service.requiresSignature() && !message.get().isSignedBy(service)) {
            return pages.refusal(request, 400, "The SAML request is not signed by the service.");
        }
        Optional<String> destination = service.destinationFor(asked.get());
        return destination.isEmpty()
                ? pages.refusal(
                        request, 400, "The address for the SAML response is not one of the app's.")
                : go(
                        request,
                        new Asked(
                                app,
                                service,
                                destination.get(),
                                asked,
                                message.get().relayState(),
                                message.get().path()));
    }

    private Reply go(Request request, Asked asked) {
        Instant now = clock.now(request.org());
        Optional<Comer> comer = comers.of(request, asked.app(), current -> counts(current, asked));
        if (comer.isEmpty()) {
            return signIn(request, asked, now);
        }
        return comers.welcome(
                request,
                asked.app(),
                comer.get(),
                new Wish(
                        now,
                        since(asked, now),
                        Optional.of(asked.again())
                                .filter(
                                        again ->
                                                asked.request()
                                                        .filter(AuthnRequest::passive)
                                                        .isEmpty()),
                        () -> signIn(request, asked, now),
                        new Comers.Context(
                                asked.request().flatMap(AuthnRequest::context),
                                asked.service().authnContext()),
                        () -> fail(request, asked, Names.NO_AUTHN_CONTEXT, now)),
                who -> tell(request, asked, who));
    }

    /** What a request says of its age is believed within bounds: anybody can write one. */
    private static Instant since(Asked asked, Instant now) {
        Instant earliest = now.minus(Comers.JUST_NOW);
        return asked.request()
                .map(AuthnRequest::issued)
                .filter(issued -> issued.isAfter(earliest))
                .orElse(earliest);
    }

    /** Whether a session is young enough for a request that wants a proof of its own. */
    private static boolean counts(Current session, Asked asked) {
        return asked.request()
                .filter(request -> request.force() && asked.service().honoursForce())
                .map(request -> !session.authenticated().isBefore(request.issued().minus(SKEW)))
                .orElse(true);
    }

    private Reply signIn(Request request, Asked asked, Instant now) {
        if (asked.request().filter(AuthnRequest::passive).isPresent()) {
            return fail(request, asked, Names.NO_PASSIVE, now);
        }
        return comers.signIn(
                request,
                asked.app(),
                asked.again(),
                asked.request().flatMap(AuthnRequest::subject));
    }

    /** The service is told that its request cannot be fulfilled. */
    private Reply fail(Request request, Asked asked, String detail, Instant now) {
        return post(
                request,
                asked,
                assertions.failure(
                        request.org(),
                        asked.app(),
                        asked.service(),
                        asked.destination(),
                        asked.request().orElseThrow(),
                        detail,
                        now));
    }

    private Reply tell(Request request, Asked asked, SubjectFacts who) {
        About told =
                assertions.about(
                        who,
                        asked.service(),
                        asked.destination(),
                        asked.request().map(AuthnRequest::id));
        comers.signOn(
                who,
                tx -> {
                    if (asked.service().leaves()) {
                        comers.sessions()
                                .of(tx, request)
                                .ifPresent(
                                        current ->
                                                joined.add(
                                                        tx,
                                                        current.sessionId(),
                                                        new Joined(
                                                                asked.app().id(),
                                                                told.name(),
                                                                told.session())));
                    }
                });
        return post(request, asked, told.response());
    }

    private Reply post(Request request, Asked asked, byte[] response) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("SAMLResponse", Base64.getEncoder().encodeToString(response));
        asked.relayState().ifPresent(state -> fields.put(ServiceMessage.RELAY_STATE, state));
        return pages.post(
                request,
                asked.destination(),
                Urls.origin(asked.destination()).orElseThrow(),
                fields);
    }
}
