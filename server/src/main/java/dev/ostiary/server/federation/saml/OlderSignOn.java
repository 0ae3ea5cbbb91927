package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.federation.saml.Comers.Comer;
import dev.ostiary.server.federation.saml.Comers.Wish;
import dev.ostiary.server.signin.pages.ShownPages;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-on to apps of SAML 1.1 (Bindings, 4.1.2): the user opens the app, and a form posts the
 * assertion with the {@code TARGET} that the service shows then. The version has no request.
 * Thread-safe.
 */
final class OlderSignOn {

    private static final String TARGET = "TARGET";

    private final OrgClock clock;
    private final Comers comers;
    private final ShownPages pages;
    private final Assertions assertions;

    OlderSignOn(OrgClock clock, Comers comers, ShownPages pages, Assertions assertions) {
        this.clock = clock;
        this.comers = comers;
        this.pages = pages;
        this.assertions = assertions;
    }

    /** Opens an app that is active. */
    Reply open(Request request, App app) {
        Optional<ServiceProvider> service = ServiceProvider.of(app);
        if (service.isEmpty()) {
            return pages.refusal(request, 400, "The app has no single sign-on URL.");
        }
        Optional<Comer> comer = comers.of(request, app, current -> true);
        if (comer.isEmpty()) {
            return signIn(request, app);
        }
        Instant now = clock.now(request.org());
        return comers.welcome(
                request,
                app,
                comer.get(),
                Wish.opened(now, request, () -> signIn(request, app)),
                who -> tell(request, service.get(), who));
    }

    private Reply signIn(Request request, App app) {
        return comers.signIn(request, app, Comers.again(request), Optional.empty());
    }

    private Reply tell(Request request, ServiceProvider service, SubjectFacts who) {
        byte[] response = assertions.older(who, service);
        comers.signOn(who);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("SAMLResponse", Base64.getEncoder().encodeToString(response));
        request.query()
                .text(TARGET)
                .or(() -> ServiceMessage.relayState(request.query()))
                .or(service::relayState)
                .filter(target -> target.length() <= ServiceMessage.LONGEST_RELAY_STATE)
                .ifPresent(target -> fields.put(TARGET, target));
        return pages.post(
                request, service.acsUrl(), Urls.origin(service.acsUrl()).orElseThrow(), fields);
    }
}
