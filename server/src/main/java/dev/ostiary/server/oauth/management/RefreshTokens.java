package dev.ostiary.server.oauth.management;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
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
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Selection;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Refresh tokens by user and client, by app, and by authorization server and client: the same four
 * operations three times. Ending a token ends the access tokens that came with it. Thread-safe.
 */
public final class RefreshTokens implements Family {

    /** A client among a user's or a server's (WIRE, "Errors"). */
    private static final String OF_USERS = "OAuth2AppInstance";

    private static final String OF_SERVERS = "PublicClientApp";
    private static final String TOKEN = "tokenId";

    private static final Limits LIMITS = Limits.refusing(20, 200);

    private final Database database;
    private final ClientRegistry registry;
    private final OrgServers servers;
    private final EventCatalogue events;
    private final InstantSource time;
    private final UserDirectory users = new UserDirectory();
    private final RefreshTokenStore store = new RefreshTokenStore();

    /** Tokens of these clients from these servers. */
    public RefreshTokens(
            Database database,
            ClientRegistry registry,
            OrgServers servers,
            EventCatalogue events,
            InstantSource time) {
        this.database = database;
        this.registry = registry;
        this.servers = servers;
        this.events = events;
        this.time = time;
    }

    /** Which tokens a path means. */
    @FunctionalInterface
    private interface Meaning {

        /**
         * The tokens, and the client that has them.
         *
         * @throws ApiException {@code E0000007} for whatever the path names that is not there
         */
        Meant of(Reader reader, Request request);
    }

    private record Meant(Selection which, OAuthClient client) {}

    @Override
    public List<Binding> bindings() {
        return List.of(
                list("listRefreshTokensForUserAndClient", this::ofUser),
                Binding.of(
                        "revokeTokensForUserAndClient", request -> endAll(request, this::ofUser)),
                get("getRefreshTokenForUserAndClient", this::ofUser),
                Binding.of("revokeTokenForUserAndClient", request -> end(request, this::ofUser)),
                list("listOAuth2TokensForApplication", this::ofApp),
                Binding.of(
                        "revokeOAuth2TokensForApplication",
                        request -> endAll(request, this::ofApp)),
                get("getOAuth2TokenForApplication", this::ofApp),
                Binding.of("revokeOAuth2TokenForApplication", request -> end(request, this::ofApp)),
                list("listRefreshTokensForAuthorizationServerAndClient", this::ofServer),
                Binding.of(
                        "revokeRefreshTokensForAuthorizationServerAndClient",
                        request -> endAll(request, this::ofServer)),
                get("getRefreshTokenForAuthorizationServerAndClient", this::ofServer),
                Binding.of(
                        "revokeRefreshTokenForAuthorizationServerAndClient",
                        request -> end(request, this::ofServer)));
    }

    private Binding list(String operation, Meaning meaning) {
        return Binding.of(operation, request -> list(request, meaning))
                .answersMany(RefreshTokenJson.SCHEMA);
    }

    private Binding get(String operation, Meaning meaning) {
        return Binding.of(operation, request -> get(request, meaning))
                .answers(RefreshTokenJson.SCHEMA);
    }

    private Meant ofUser(Reader reader, Request request) {
        User user = users.require(reader, request.caller(), request.variable("userId"));
        OAuthClient client = client(reader, request.variable("clientId"), OF_USERS);
        return new Meant(Selection.ofUser(user.id()).by(client.id()), client);
    }

    private Meant ofApp(Reader reader, Request request) {
        String id = request.variable("appId");
        OAuthClient client =
                registry.ofApp(reader, request.org(), id)
                        .orElseThrow(() -> ApiException.notFound(id, "AppInstance"));
        return new Meant(Selection.ofClient(client.id()), client);
    }

    private Meant ofServer(Reader reader, Request request) {
        Org org = request.org();
        String id = request.variable("authServerId");
        AuthorizationServer server =
                servers.of(org)
                        .find(org, id)
                        .orElseThrow(() -> ApiException.notFound(id, "AuthorizationServer"));
        OAuthClient client = client(reader, request.variable("clientId"), OF_SERVERS);
        return new Meant(Selection.ofClient(client.id()).from(server.id()), client);
    }

    private OAuthClient client(Reader reader, String id, String type) {
        return registry.find(reader, id).orElseThrow(() -> ApiException.notFound(id, type));
    }

    private Reply list(Request request, Meaning meaning) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Instant now = time.instant();
        Page<RefreshTokenJson> page =
                database.read(
                        request.org().number(),
                        reader -> {
                            Meant meant = meaning.of(reader, request);
                            List<RefreshToken> found =
                                    store.list(
                                            reader,
                                            meant.which().after(asked.after()),
                                            asked.limit() + 1,
                                            now);
                            boolean more = found.size() > asked.limit();
                            List<RefreshToken> shown =
                                    more ? found.subList(0, asked.limit()) : found;
                            return new Page<>(
                                    shown.stream()
                                            .map(
                                                    token ->
                                                            json(
                                                                    reader,
                                                                    request,
                                                                    token,
                                                                    meant.client(),
                                                                    request.path()))
                                            .toList(),
                                    more ? Optional.of(shown.getLast().id()) : Optional.empty());
                        });
        return Reply.list(page.items(), RefreshTokenJson::write)
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private Reply get(Request request, Meaning meaning) {
        RefreshTokenJson json =
                database.read(
                        request.org().number(),
                        reader -> {
                            Meant meant = meaning.of(reader, request);
                            RefreshToken token = require(reader, request, meant);
                            String path = request.path();
                            return json(
                                    reader,
                                    request,
                                    token,
                                    meant.client(),
                                    path.substring(0, path.lastIndexOf('/')));
                        });
        return Reply.ok(json::write);
    }

    private RefreshToken require(Reader reader, Request request, Meant meant) {
        String id = request.variable(TOKEN);
        Optional<RefreshToken> found =
                Ids.isId(id)
                        ? store.one(reader, meant.which(), id, time.instant())
                        : Optional.empty();
        return found.orElseThrow(() -> ApiException.notFound(id, RefreshToken.TYPE));
    }

    private RefreshTokenJson json(
            Reader reader, Request request, RefreshToken token, OAuthClient client, String list) {
        Org org = request.org();
        Authorization granted = token.authorization();
        return new RefreshTokenJson(
                token,
                client,
                servers.of(org)
                        .find(org, granted.server())
                        .map(server -> new RefreshTokenJson.Server(server, server.pathName(org))),
                users.byId(reader, granted.userId()).map(UserEvents::displayName).orElse(""),
                request.baseUrl(),
                list,
                request.query().text("expand").filter("scope"::equals).isPresent());
    }

    private Reply endAll(Request request, Meaning meaning) {
        database.write(
                request.org().number(),
                tx -> {
                    Meant meant = meaning.of(tx, request);
                    List<RefreshToken> ended = store.deleteAll(tx, meant.which());
                    ended.forEach(token -> tell(tx, request.org(), token, meant.client()));
                    return ended;
                });
        return Reply.noContent();
    }

    private Reply end(Request request, Meaning meaning) {
        database.write(
                request.org().number(),
                tx -> {
                    Meant meant = meaning.of(tx, request);
                    RefreshToken token = require(tx, request, meant);
                    if (store.delete(tx, token.id())) {
                        tell(tx, request.org(), token, meant.client());
                    }
                    return token;
                });
        return Reply.noContent();
    }

    private void tell(Tx tx, Org org, RefreshToken token, OAuthClient client) {
        Authorization granted = token.authorization();
        Event event =
                granted.server().equals(org.id())
                        ? events.event("app.oauth2.token.revoke")
                        : events.event("app.oauth2.as.token.revoke");
        tx.emit(
                event.target(new Target(token.id(), "refresh_token", null, "Refresh Token"))
                        .target(client.target())
                        .target(granted.userId(), UserDirectory.TYPE, null, null));
    }
}
