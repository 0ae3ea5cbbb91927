package dev.ostiary.server.oauth.management;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.consents.Consent;
import dev.ostiary.server.oauth.consents.ConsentStore;
import dev.ostiary.server.oauth.consents.ConsentStore.Selection;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What users have consented to (tag UserGrant): seen and taken back, one by one or all at once.
 * Whoever signs in next is asked again. Thread-safe.
 */
public final class UserGrants implements Family {

    static final Schema SCHEMA =
            Schema.object("UserGrant")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("issuer", Schema.TEXT)
                    .always("clientId", Schema.TEXT)
                    .always("userId", Schema.TEXT)
                    .always("scopeId", Schema.TEXT)
                    .always("source", Schema.words("END_USER"))
                    .maybe(
                            "_embedded",
                            Schema.object()
                                    .always("scope", Schema.object().always("id", Schema.TEXT)))
                    .always("_links", Links.SCHEMA);

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private final Database database;
    private final ClientRegistry registry;
    private final OrgServers servers;
    private final EventCatalogue events;
    private final UserDirectory users = new UserDirectory();
    private final ConsentStore store = new ConsentStore();

    /** Consents for these clients at these servers. */
    public UserGrants(
            Database database, ClientRegistry registry, OrgServers servers, EventCatalogue events) {
        this.database = database;
        this.registry = registry;
        this.servers = servers;
        this.events = events;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUserGrants", request -> list(request, this::ofUser))
                        .answersMany(SCHEMA),
                Binding.of("revokeUserGrants", this::revokeAll),
                Binding.of("getUserGrant", this::get).answers(SCHEMA),
                Binding.of("revokeUserGrant", this::revoke),
                Binding.of("listGrantsForUserAndClient", request -> list(request, this::ofClient))
                        .answersMany(SCHEMA),
                Binding.of("revokeGrantsForUserAndClient", this::revokeAllOfClient));
    }

    /** Which consents a path means. */
    @FunctionalInterface
    private interface Meaning {
        Selection of(Reader reader, Request request);
    }

    private User user(Reader reader, Request request) {
        return users.require(reader, request.caller(), request.variable("userId"));
    }

    private Selection ofUser(Reader reader, Request request) {
        return Selection.ofUser(user(reader, request).id()).to(request.query().text("scopeId"));
    }

    private Selection ofClient(Reader reader, Request request) {
        return Selection.ofUser(user(reader, request).id()).by(client(reader, request).id());
    }

    private OAuthClient client(Reader reader, Request request) {
        String id = request.variable("clientId");
        return registry.find(reader, id)
                .orElseThrow(() -> ApiException.notFound(id, "OAuth2AppInstance"));
    }

    private Reply list(Request request, Meaning meaning) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Page<Shown> page =
                database.read(
                        request.org().number(),
                        reader -> {
                            List<Consent> found =
                                    store.list(
                                            reader,
                                            meaning.of(reader, request).after(asked.after()),
                                            asked.limit() + 1);
                            boolean more = found.size() > asked.limit();
                            List<Consent> some = more ? found.subList(0, asked.limit()) : found;
                            return new Page<>(
                                    some.stream()
                                            .map(each -> shown(reader, request, each))
                                            .toList(),
                                    more ? Optional.of(some.getLast().id()) : Optional.empty());
                        });
        return Reply.list(page.items(), Shown::write)
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private Reply get(Request request) {
        Shown shown =
                database.read(
                        request.org().number(),
                        reader -> shown(reader, request, require(reader, request)));
        return Reply.ok(shown::write);
    }

    private Consent require(Reader reader, Request request) {
        User user = user(reader, request);
        String id = request.variable("grantId");
        Optional<Consent> found =
                Ids.isId(id)
                        ? store.one(reader, Selection.ofUser(user.id()), id)
                        : Optional.empty();
        return found.orElseThrow(() -> ApiException.notFound(id, Consent.TYPE));
    }

    private Reply revoke(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    Consent consent = require(tx, request);
                    if (store.delete(tx, consent.id())) {
                        tell(
                                tx,
                                events.event("app.oauth2.as.consent.revoke")
                                        .target(
                                                new Target(
                                                        consent.id(),
                                                        Consent.TYPE,
                                                        consent.scope(),
                                                        consent.scope())),
                                user(tx, request));
                    }
                    return consent;
                });
        return Reply.noContent();
    }

    private Reply revokeAll(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    User user = user(tx, request);
                    if (!store.deleteAll(tx, Selection.ofUser(user.id())).isEmpty()) {
                        tell(tx, events.event("app.oauth2.as.consent.revoke.user"), user);
                    }
                    return user;
                });
        return Reply.noContent();
    }

    private Reply revokeAllOfClient(Request request) {
        database.write(
                request.org().number(),
                tx -> {
                    User user = user(tx, request);
                    OAuthClient client = client(tx, request);
                    Selection which = Selection.ofUser(user.id()).by(client.id());
                    if (!store.deleteAll(tx, which).isEmpty()) {
                        tell(
                                tx,
                                events.event("app.oauth2.as.consent.revoke.user.client")
                                        .target(client.target()),
                                user);
                    }
                    return user;
                });
        return Reply.noContent();
    }

    private static void tell(Tx tx, Event event, User user) {
        tx.emit(event.target(UserEvents.target(user)));
    }

    /** A consent and what its links need. */
    private record Shown(
            Consent consent,
            Optional<OAuthClient> client,
            Optional<AuthorizationServer> server,
            String issuer,
            String userName,
            String baseUrl,
            boolean embedded) {

        void write(JsonGenerator out) {
            out.writeStartObject();
            out.writeStringProperty("id", consent.id());
            out.writeStringProperty("status", "ACTIVE");
            out.writeStringProperty("created", Dates.text(consent.created()));
            out.writeStringProperty("lastUpdated", Dates.text(consent.created()));
            out.writeStringProperty("issuer", issuer);
            out.writeStringProperty("clientId", consent.clientId());
            out.writeStringProperty("userId", consent.userId());
            out.writeStringProperty("scopeId", consent.scopeId());
            out.writeStringProperty("source", "END_USER");
            if (embedded) {
                out.writeObjectPropertyStart("_embedded");
                out.writeObjectPropertyStart("scope");
                out.writeStringProperty("id", consent.scopeId());
                out.writeEndObject();
                out.writeEndObject();
            }
            links().write(out);
            out.writeEndObject();
        }

        private Links links() {
            String user = baseUrl + "/api/v1/users/" + consent.userId();
            Links links = new Links();
            client.ifPresent(
                    each ->
                            links.titled(
                                    "app", each.label(), baseUrl + "/api/v1/apps/" + each.appId()));
            server.ifPresent(
                    each -> {
                        String url = baseUrl + "/api/v1/authorizationServers/" + each.id();
                        links.titled("scope", consent.scope(), url + "/scopes/" + consent.scopeId())
                                .titled("authorizationServer", each.name(), url);
                    });
            client.ifPresent(
                    each ->
                            links.titled(
                                    "client",
                                    each.label(),
                                    baseUrl + "/oauth2/v1/clients/" + each.id()));
            return links.hinted("self", user + "/grants/" + consent.id(), "GET", "DELETE")
                    .titled("user", userName, user);
        }
    }

    private Shown shown(Reader reader, Request request, Consent consent) {
        Org org = request.org();
        Optional<AuthorizationServer> server = servers.of(org).find(org, consent.server());
        return new Shown(
                consent,
                registry.find(reader, consent.clientId()),
                server,
                server.map(each -> request.baseUrl() + "/oauth2/" + each.pathName(org))
                        .orElse(request.baseUrl()),
                users.byId(reader, consent.userId()).map(UserEvents::displayName).orElse(""),
                request.baseUrl(),
                request.query().text("expand").filter("scope"::equals).isPresent());
    }
}
