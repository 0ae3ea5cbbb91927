package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.oauth.clients.AppClaim;
import dev.ostiary.server.oauth.clients.AppUser;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.KnownClient;
import dev.ostiary.server.oauth.clients.OAuthClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Clients that a test registers, in every org. */
final class FakeRegistry implements ClientRegistry {

    private final Map<String, OAuthClient> clients = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, Set<String>> scopes = new HashMap<>();

    void add(String id, String method, String type, String jwks, String secret) {
        clients.put(id, client(id, method, type, jwks, true, false));
        secrets.put(id, secret);
    }

    void active(String id, boolean active) {
        clients.computeIfPresent(
                id,
                (name, old) ->
                        client(
                                name,
                                old.authMethod(),
                                old.applicationType(),
                                old.jwks(),
                                active,
                                old.dpopRequired()));
    }

    void dpop(String id) {
        clients.computeIfPresent(
                id,
                (name, old) ->
                        client(
                                name,
                                old.authMethod(),
                                old.applicationType(),
                                old.jwks(),
                                old.active(),
                                true));
    }

    void grant(String id, Set<String> granted) {
        scopes.put(id, granted);
    }

    private static OAuthClient client(
            String id, String method, String type, String jwks, boolean active, boolean dpop) {
        return new OAuthClient(
                id,
                "0oa" + id,
                "App " + id,
                active,
                type,
                method,
                method.equals("none") ? Set.of("authorization_code") : Set.of("client_credentials"),
                List.of(),
                false,
                jwks,
                Optional.empty(),
                dpop,
                false,
                0,
                Set.of("code"),
                false,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<OAuthClient> find(Reader reader, String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    @Override
    public Optional<OAuthClient> ofApp(Reader reader, Org org, String appId) {
        return clients.values().stream().filter(each -> each.appId().equals(appId)).findFirst();
    }

    @Override
    public Optional<KnownClient> known(Org org, String clientId) {
        return Optional.ofNullable(clients.get(clientId))
                .map(
                        client ->
                                new KnownClient(
                                        client,
                                        Optional.ofNullable(secrets.get(client.id())).stream()
                                                .toList()));
    }

    @Override
    public List<String> secrets(Reader reader, OAuthClient client) {
        return List.of(secrets.getOrDefault(client.id(), ""));
    }

    @Override
    public Sql toUserInGroups() {
        return Sql.of("SELECT NULL::text AS user_name, TRUE AS usable");
    }

    @Override
    public boolean isAssigned(Reader reader, Org org, OAuthClient client, String userId) {
        return true;
    }

    @Override
    public Optional<AppUser> appUser(Reader reader, Org org, OAuthClient client, String userId) {
        return Optional.empty();
    }

    @Override
    public Optional<AppUser> appUser(Org org, OAuthClient client, String userId) {
        return Optional.empty();
    }

    @Override
    public Optional<String> userName(Org org, OAuthClient client, ObjectNode profile) {
        return Optional.empty();
    }

    @Override
    public OtherApps others(Reader reader, Org org, OAuthClient client, String userId) {
        return OtherApps.OPEN;
    }

    @Override
    public List<AppClaim> claims(Org org, OAuthClient client) {
        return List.of();
    }

    @Override
    public Set<String> grantedScopes(Reader reader, OAuthClient client) {
        return scopes.getOrDefault(client.id(), Set.of());
    }
}
