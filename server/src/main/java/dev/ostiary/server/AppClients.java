package dev.ostiary.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ostiary.platform.http.Urls;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.apps.Client;
import dev.ostiary.server.apps.Clients;
import dev.ostiary.server.apps.assignments.AppIdentity;
import dev.ostiary.server.apps.assignments.Assignments;
import dev.ostiary.server.apps.assignments.UserNaming;
import dev.ostiary.server.apps.grants.ScopeGrants;
import dev.ostiary.server.apps.trust.ClaimsOfApps;
import dev.ostiary.server.apps.trust.CrossAppAccess;
import dev.ostiary.server.oauth.clients.AppClaim;
import dev.ostiary.server.oauth.clients.AppUser;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KnownClient;
import dev.ostiary.server.oauth.clients.OAuthClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Apps as the clients of authorization servers. Thread-safe. */
final class AppClients implements ClientRegistry {

    private static final int MOST_KEPT = 2_000;

    /** What can be opened in a frame. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[!-~]+");

    private final Clients clients;
    private final Assignments assignments;
    private final ScopeGrants grants;
    private final Database database;
    private final BatchedLookup<String, Known> known = new BatchedLookup<>(this::load);
    private final BatchedLookup<Holder, AppUser> appUsers = new BatchedLookup<>(this::loadUsers);
    private final Cache<Name, Kept> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private record Name(long org, String clientId) {}

    /** A client and the app that it is, with how that calls its users and what it tells of them. */
    private record Known(
            Client app, KnownClient client, UserNaming naming, List<AppClaim> claims) {}

    private record Kept(long version, Known client) {}

    /** A user of an app of an org whose configuration has some versions. */
    private record Holder(Org org, String clientId, String userId) {}

    AppClients(Database database, Clients clients, Assignments assignments, ScopeGrants grants) {
        this.database = database;
        this.clients = clients;
        this.assignments = assignments;
        this.grants = grants;
    }

    @Override
    public Optional<OAuthClient> find(Reader reader, String clientId) {
        return clients.find(reader, clientId).map(AppClients::client);
    }

    @Override
    public Optional<OAuthClient> ofApp(Reader reader, Org org, String appId) {
        return clients.ofApp(reader, org, appId).map(AppClients::client);
    }

    /**
     * Kept under the version of the org's apps, which every change of an app or of its secrets
     * raises: so a secret that was taken away proves nothing to the next request on any node. A
     * version is read before what is kept under it, which is therefore as new, or newer.
     */
    @Override
    public Optional<KnownClient> known(Org org, String clientId) {
        return find(org, clientId).map(Known::client);
    }

    private Optional<Known> find(Org org, String clientId) {
        long version = org.versions().of(ConfigArea.APPS);
        Name name = new Name(org.number(), clientId);
        Kept before = kept.getIfPresent(name);
        if (before != null && version != 0 && before.version() == version) {
            return Optional.of(before.client());
        }
        Optional<Known> found = known.get(org.number(), clientId);
        found.ifPresent(client -> kept.put(name, new Kept(version, client)));
        return found;
    }

    private Map<String, Known> load(long org, Set<String> ids) {
        return database.lookUp(org, reader -> load(reader, ids));
    }

    private Map<String, Known> load(Reader reader, Set<String> ids) {
        Map<Client, List<String>> all = clients.withSecrets(reader, ids);
        Map<String, List<ClaimsOfApps.Said>> claims =
                ClaimsOfApps.of(
                        reader, all.keySet().stream().map(each -> each.app().id()).toList());
        Map<String, Known> found = new HashMap<>();
        all.forEach(
                (app, secrets) ->
                        found.put(
                                app.clientId(),
                                new Known(
                                        app,
                                        new KnownClient(client(app), secrets),
                                        UserNaming.of(app.app()),
                                        claims.getOrDefault(app.app().id(), List.of()).stream()
                                                .map(AppClients::claim)
                                                .toList())));
        return found;
    }

    private static AppClaim claim(ClaimsOfApps.Said said) {
        return new AppClaim(said.name(), said.expression());
    }

    @Override
    public List<AppClaim> claims(Org org, OAuthClient client) {
        return find(org, client.id()).map(Known::claims).orElse(List.of());
    }

    @Override
    public List<String> secrets(Reader reader, OAuthClient client) {
        return clients.find(reader, client.id())
                .map(found -> clients.activeSecrets(reader, found))
                .orElse(List.of());
    }

    @Override
    public Sql toUserInGroups() {
        return clients.toUserInGroups();
    }

    @Override
    public boolean isAssigned(Reader reader, Org org, OAuthClient client, String userId) {
        return clients.isAssigned(reader, org, client.appId(), userId);
    }

    @Override
    public Optional<AppUser> appUser(Reader reader, Org org, OAuthClient client, String userId) {
        return clients.find(reader, client.id())
                .flatMap(found -> assignments.identity(reader, org, found.app(), userId))
                .map(AppClients::appUser);
    }

    @Override
    public Optional<String> userName(Org org, OAuthClient client, ObjectNode profile) {
        return find(org, client.id()).flatMap(known -> known.naming().of(profile));
    }

    @Override
    public Optional<AppUser> appUser(Org org, OAuthClient client, String userId) {
        return appUsers.get(org.number(), new Holder(org, client.id(), userId));
    }

    /** A few statements for each app that is asked about, however many of its users are. */
    private Map<Holder, AppUser> loadUsers(long number, Set<Holder> holders) {
        Map<Holder, AppUser> found = new HashMap<>();
        Map<Holder, List<Holder>> apps = new HashMap<>();
        for (Holder holder : holders) {
            apps.computeIfAbsent(
                            new Holder(holder.org(), holder.clientId(), ""), _ -> new ArrayList<>())
                    .add(holder);
        }
        apps.forEach(
                (app, users) ->
                        find(app.org(), app.clientId())
                                .ifPresent(known -> found.putAll(loadUsers(known.app(), users))));
        return found;
    }

    private Map<Holder, AppUser> loadUsers(Client client, List<Holder> holders) {
        Org org = holders.getFirst().org();
        Map<Holder, AppUser> found = new HashMap<>();
        database.lookUp(
                        org.number(),
                        reader ->
                                assignments.identities(
                                        reader,
                                        org,
                                        client.app(),
                                        holders.stream().map(Holder::userId).toList()))
                .forEach(
                        (userId, identity) ->
                                found.put(
                                        new Holder(org, client.clientId(), userId),
                                        appUser(identity)));
        return found;
    }

    private static AppUser appUser(AppIdentity identity) {
        return new AppUser(identity.userName(), identity.profile());
    }

    @Override
    public OtherApps others(Reader reader, Org org, OAuthClient client, String userId) {
        List<String> apps = CrossAppAccess.from(reader, client.appId());
        if (apps.isEmpty()) {
            return OtherApps.NONE;
        }
        return apps.stream().anyMatch(app -> clients.isAssigned(reader, org, app, userId))
                ? OtherApps.OPEN
                : OtherApps.NOT_OF_USER;
    }

    @Override
    public Set<String> grantedScopes(Reader reader, OAuthClient client) {
        return Set.copyOf(grants.of(reader, client.appId()));
    }

    private static OAuthClient client(Client app) {
        return new OAuthClient(
                app.clientId(),
                app.app().id(),
                app.app().label(),
                app.active(),
                app.applicationType(),
                app.authMethod(),
                app.grantTypes(),
                app.redirectUris(),
                app.pkceRequired(),
                app.jwks(),
                app.jwksUri(),
                app.dpopRequired(),
                app.rotatesRefreshTokens(),
                app.refreshLeewaySeconds(),
                app.responseTypes(),
                app.wildcardRedirect(),
                app.postLogoutRedirectUris(),
                app.consentRequired(),
                app.clientUri(),
                app.logoUri(),
                setting(app, "request_object_signing_alg"),
                frontChannel(Json.parse(app.settings())),
                setting(app, "backchannel_authentication_request_signing_alg"),
                network(Json.parse(app.settings()).path("network")),
                setting(app, "id_token_encrypted_response_alg"));
    }

    private static Optional<OAuthClient.Network> network(JsonNode network) {
        return network.path("connection").asString("").equals("ZONE")
                ? Optional.of(
                        new OAuthClient.Network(
                                texts(network.path("include")), texts(network.path("exclude"))))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static Optional<OAuthClient.FrontChannel> frontChannel(JsonNode settings) {
        return Optional.ofNullable(settings.path("frontchannel_logout_uri").stringValue(null))
                .filter(uri -> settings.path("participate_slo").asBoolean(false))
                .filter(uri -> Urls.origin(uri).isPresent() && ADDRESS.matcher(uri).matches())
                .map(
                        uri ->
                                new OAuthClient.FrontChannel(
                                        uri,
                                        settings.path("frontchannel_logout_session_required")
                                                .asBoolean(false)));
    }

    private static Optional<String> setting(Client app, String name) {
        return Optional.ofNullable(Json.parse(app.settings()).path(name).stringValue(null));
    }
}
