package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.ShownPages;
import dev.ostiary.server.signin.pages.view.TellingAppsScreen.Next;
import dev.ostiary.server.signin.sessions.BrowserSessions;
import dev.ostiary.server.signin.sessions.BrowserSessions.Current;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Single logout (SAML 2.0 Profiles, 4.4; guide "Configure Single Logout"). A service begins it: the
 * browser that brings a signed request has its session ended, tells the other apps of the session,
 * and brings the service the answer. A request that the service has not signed ends nothing, or any
 * page could sign people out; nor does one that names somebody else than the service was told in
 * that session, or whoever has an account at the service could. Thread-safe.
 */
final class SingleLogout implements Family {

    private static final String RESPONSE = "SAMLResponse";

    private static final Schema ANSWER =
            Schema.object()
                    .always(RESPONSE, Schema.TEXT)
                    .maybe(ServiceMessage.RELAY_STATE, Schema.TEXT)
                    .andOthers();

    private final Database database;
    private final OrgClock clock;
    private final SamlApps apps;
    private final BrowserSessions sessions;
    private final ShownPages pages;
    private final Partings partings;
    private final Assertions assertions;
    private final SamlEvents events;
    private final JoinedServiceStore joined = new JoinedServiceStore();

    /**
     * The endpoint.
     *
     * @param partings whom else to tell that a session has ended
     */
    SingleLogout(
            Database database,
            OrgClock clock,
            SamlApps apps,
            BrowserSessions sessions,
            ShownPages pages,
            Partings partings,
            Assertions assertions,
            SamlEvents events) {
        this.database = database;
        this.clock = clock;
        this.apps = apps;
        this.sessions = sessions;
        this.pages = pages;
        this.partings = partings;
        this.assertions = assertions;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("startSamlLogout", this::come).answersPage(),
                Binding.of("postSamlLogout", this::come)
                        .takesForm()
                        .takes(ServiceMessage.FORM)
                        .answersPage(),
                Binding.of("finishSamlLogout", this::answered).answersPage(),
                Binding.of("postSamlLogoutResponse", this::answered)
                        .takesForm()
                        .takes(ANSWER)
                        .answersPage());
    }

    private App app(Request request) {
        return apps.of(request, SignOnMode.SAML_2_0)
                .orElseThrow(() -> AppStore.unknown(request.variable("externalKey")));
    }

    /**
     * A service has been told, and says how that went. Nothing depends on it: the session was over
     * before. So it is read, but whoever brings it need not be who was told.
     */
    private Reply answered(Request request) {
        app(request);
        boolean answer =
                said(request)
                        .text(RESPONSE)
                        .flatMap(Deflated::message)
                        .flatMap(XmlDocuments::read)
                        .filter(document -> isOne(document, "LogoutResponse"))
                        .isPresent();
        return answer
                ? pages.over(request)
                : pages.refusal(request, 400, "The answer to a logout cannot be read.");
    }

    private static Query said(Request request) {
        return request.hasBody()
                ? Query.parse(new String(request.body(), StandardCharsets.UTF_8))
                : request.query();
    }

    private static boolean isOne(Document document, String name) {
        Element root = document.getDocumentElement();
        return Names.PROTOCOL.equals(root.getNamespaceURI()) && name.equals(root.getLocalName());
    }

    /** Services that know one address of this kind send their answers there, too. */
    private Reply come(Request request) {
        App app = app(request);
        if (said(request).text(RESPONSE).isPresent()) {
            return answered(request);
        }
        Optional<ServiceProvider> service =
                ServiceProvider.of(app).filter(each -> each.logoutUrl().isPresent());
        Optional<ServiceMessage> message = ServiceMessage.of(request);
        Optional<String> id = message.flatMap(each -> id(each.document()));
        if (service.isEmpty() || id.isEmpty()) {
            return refuse(
                    request, app, "malformed_request", "The request to log out cannot be read.");
        }
        return message.get().isSignedBy(service.get())
                ? end(new Asked(request, app, service.get(), message.get(), id.get()))
                : refuse(
                        request,
                        app,
                        "invalid_signature",
                        "The request to log out is not signed by the service.");
    }

    private Reply refuse(Request request, App app, String fault, String why) {
        database.write(
                request.org().number(),
                tx -> {
                    events.notLeft(tx, app, fault, why);
                    return fault;
                });
        return pages.refusal(request, 400, why);
    }

    /** The id of a request to log out; nothing for another message. */
    private static Optional<String> id(Document document) {
        return isOne(document, "LogoutRequest")
                ? XmlDocuments.attribute(document.getDocumentElement(), "ID")
                        .filter(AuthnRequest::isId)
                : Optional.empty();
    }

    /** A request of a service, which has signed it. */
    private record Asked(
            Request request, App app, ServiceProvider service, ServiceMessage message, String id) {

        Org org() {
            return request.org();
        }

        /** Whom it means. */
        Optional<String> name() {
            return XmlDocuments.child(
                            message.document().getDocumentElement(), Names.ASSERTION, "NameID")
                    .map(name -> name.getTextContent().strip());
        }
    }

    private Reply end(Asked asked) {
        Optional<Current> session =
                database.read(asked.org().number(), reader -> sessions.of(reader, asked.request()));
        if (session.filter(each -> isAnothers(asked, each)).isPresent()) {
            return answer(asked, false, Partings.Told.NOBODY);
        }
        Partings.Told others =
                session.map(
                                each ->
                                        partings.of(
                                                asked.request(),
                                                each.sessionId(),
                                                asked.app().id()))
                        .orElse(Partings.Told.NOBODY);
        Reply page = answer(asked, true, others);
        return session.map(each -> page.with("Set-Cookie", end(asked, each, others))).orElse(page);
    }

    private boolean isAnothers(Asked asked, Current session) {
        return database.read(
                        asked.org().number(),
                        reader -> joined.name(reader, session.sessionId(), asked.app().id()))
                .filter(told -> asked.name().filter(name -> !name.equals(told)).isPresent())
                .isPresent();
    }

    private String end(Asked asked, Current session, Partings.Told others) {
        return database.write(
                asked.org().number(),
                tx -> {
                    events.left(tx, asked.app(), session);
                    return sessions.end(
                            tx,
                            asked.org(),
                            session.sessionId(),
                            others.openId().size(),
                            others.saml().size());
                });
    }

    /** The answer, brought by the browser once it has told the others. */
    private Reply answer(Asked asked, boolean ended, Partings.Told others) {
        byte[] response =
                assertions.loggedOut(
                        asked.org(),
                        asked.app(),
                        asked.service(),
                        asked.id(),
                        ended,
                        clock.now(asked.org()));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(RESPONSE, Base64.getEncoder().encodeToString(response));
        asked.message()
                .relayState()
                .ifPresent(state -> fields.put(ServiceMessage.RELAY_STATE, state));
        String destination = asked.service().logoutUrl().orElseThrow();
        return others.all().isEmpty()
                ? pages.post(
                        asked.request(),
                        destination,
                        Urls.origin(destination).orElseThrow(),
                        fields)
                : pages.leave(asked.request(), others.all(), new Next.Posting(destination, fields));
    }
}
