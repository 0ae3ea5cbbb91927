package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Single logout that a service begins (SAML 2.0 Profiles, 4.4): the browser that brings a signed
 * request has its session ended, and brings the service the answer. A request that the service has
 * not signed ends nothing, or any page could sign people out. Thread-safe.
 */
final class SingleLogout implements Family {

    private final Database database;
    private final OrgClock clock;
    private final SamlApps apps;
    private final BrowserSessions sessions;
    private final ShownPages pages;
    private final Assertions assertions;

    SingleLogout(
            Database database,
            OrgClock clock,
            SamlApps apps,
            BrowserSessions sessions,
            ShownPages pages,
            Assertions assertions) {
        this.database = database;
        this.clock = clock;
        this.apps = apps;
        this.sessions = sessions;
        this.pages = pages;
        this.assertions = assertions;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("startSamlLogout", this::come).answersPage(),
                Binding.of("postSamlLogout", this::come)
                        .takesForm()
                        .takes(ServiceMessage.FORM)
                        .answersPage());
    }

    private Reply come(Request request) {
        Optional<App> app = apps.of(request, SignOnMode.SAML_2_0);
        if (app.isEmpty()) {
            throw AppStore.unknown(request.variable("externalKey"));
        }
        Optional<ServiceProvider> service =
                ServiceProvider.of(app.get()).filter(each -> each.logoutUrl().isPresent());
        Optional<ServiceMessage> message = ServiceMessage.of(request);
        Optional<String> id = message.flatMap(each -> id(each.document()));
        if (service.isEmpty() || id.isEmpty()) {
            return pages.refusal(request, 400, "The request to log out cannot be read.");
        }
        return message.get().isSignedBy(service.get())
                ? end(request, app.get(), service.get(), message.get(), id.get())
                : pages.refusal(
                        request, 400, "The request to log out is not signed by the service.");
    }

    /** The id of a request to log out; nothing for another message. */
    private static Optional<String> id(Document document) {
        Element root = document.getDocumentElement();
        return Names.PROTOCOL.equals(root.getNamespaceURI())
                        && "LogoutRequest".equals(root.getLocalName())
                ? XmlDocuments.attribute(root, "ID").filter(AuthnRequest::isId)
                : Optional.empty();
    }

    private Reply end(
            Request request,
            App app,
            ServiceProvider service,
            ServiceMessage message,
            String requestId) {
        Org org = request.org();
        byte[] response = assertions.loggedOut(org, app, service, requestId, clock.now(org));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("SAMLResponse", Base64.getEncoder().encodeToString(response));
        message.relayState().ifPresent(state -> fields.put(ServiceMessage.RELAY_STATE, state));
        String destination = service.logoutUrl().orElseThrow();
        Reply page =
                pages.post(request, destination, Urls.origin(destination).orElseThrow(), fields);
        return database.write(
                        org.number(),
                        tx -> {
                            Optional<Current> session = sessions.of(tx, request);
                            return session.map(each -> sessions.end(tx, org, each.sessionId()));
                        })
                .map(gone -> page.with("Set-Cookie", gone))
                .orElse(page);
    }
}
