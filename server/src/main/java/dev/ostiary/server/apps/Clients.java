package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The front door for authorization servers: who is a client, what proves it, and who is assigned to
 * it. Each question is one statement by key, so every node sees a change with the next request.
 * Thread-safe.
 */
public final class Clients {

    private static final int LONGEST_ID = 100;

    private final AppStore store;
    private final ClientSecretStore secrets;
    private final AppAssignments assignments;

    public Clients(AppStore store, ClientSecretStore secrets, AppAssignments assignments) {
        this.store = store;
        this.secrets = secrets;
        this.assignments = assignments;
    }

    /** The client of this id, whatever its status. */
    public Optional<Client> find(Reader reader, String clientId) {
        return isPossible(clientId)
                ? store.byClientId(reader, clientId).map(Clients::client)
                : Optional.empty();
    }

    private static boolean isPossible(String clientId) {
        return !clientId.isEmpty() && clientId.length() <= LONGEST_ID && clientId.indexOf('\0') < 0;
    }

    /** The client that an app is; nothing for an app that is none. */
    public Optional<Client> ofApp(Reader reader, Org org, String appId) {
        return store.find(reader, org, appId)
                .filter(app -> app.clientId() != null)
                .map(Clients::client);
    }

    /**
     * Of these ids, the clients that there are, whatever their status, with their active secrets.
     */
    public Map<Client, List<String>> withSecrets(Reader reader, Set<String> clientIds) {
        List<Client> found =
                store
                        .byClientIds(
                                reader, clientIds.stream().filter(Clients::isPossible).toList())
                        .stream()
                        .map(Clients::client)
                        .toList();
        Map<String, List<ClientSecret>> all =
                secrets.ofApps(reader, found.stream().map(each -> each.app().id()).toList());
        Map<Client, List<String>> known = new IdentityHashMap<>();
        for (Client client : found) {
            known.put(client, active(reader.org(), all.getOrDefault(client.app().id(), List.of())));
        }
        return known;
    }

    /** Judges a secret that somebody chose for a client; what is wrong is told to the reading. */
    public static void judgeSecret(App app, String secret, Reading reading) {
        ClientRules.secret(
                secret,
                app.document()
                        .at("/credentials/oauthClient/token_endpoint_auth_method")
                        .asString(""),
                reading);
    }

    /** The active secrets, for those who check signatures made with them ({@code HS256}). */
    public List<String> activeSecrets(Reader reader, Client client) {
        return active(reader.org(), secrets.all(reader, client.app().id()));
    }

    private List<String> active(long org, List<ClientSecret> all) {
        return all.stream()
                .filter(ClientSecret::active)
                .map(secret -> secrets.open(org, secret))
                .toList();
    }

    /** Whether a user may use the client: assigned itself or by a group, or since all may. */
    public boolean isAssigned(Reader reader, Org org, String appId, String userId) {
        return assignments.isUsableBy(reader, org, appId, userId);
    }

    /** As {@link AppAssignments#toUserInGroups}. */
    public Sql toUserInGroups() {
        return assignments.toUserInGroups();
    }

    static Client client(App app) {
        ObjectNode body = app.document();
        JsonNode settings = body.path("settings").path("oauthClient");
        JsonNode credentials = body.path("credentials").path("oauthClient");
        JsonNode refresh = settings.path("refresh_token");
        return new Client(
                String.valueOf(app.clientId()),
                app,
                settings.path("application_type").asString(),
                ClientRules.words(settings.path("grant_types")),
                ClientRules.words(settings.path("response_types")),
                texts(settings.path("redirect_uris")),
                texts(settings.path("post_logout_redirect_uris")),
                settings.path("wildcard_redirect").asString("").equals("SUBDOMAIN"),
                credentials.path("token_endpoint_auth_method").asString(),
                credentials.path("pkce_required").asBoolean(false),
                settings.path("dpop_bound_access_tokens").asBoolean(false),
                settings.path("consent_method").asString("").equals("REQUIRED"),
                refresh.path("rotation_type").asString("").equals("ROTATE"),
                refresh.path("leeway").asInt(0),
                Optional.ofNullable(settings.path("jwks_uri").stringValue(null)),
                activeKeys(settings.path("jwks").path("keys")),
                Optional.ofNullable(settings.path("client_uri").stringValue(null)),
                Optional.ofNullable(settings.path("logo_uri").stringValue(null)),
                Json.text(settings));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String activeKeys(JsonNode keys) {
        ObjectNode set = Json.object();
        var active = set.putArray("keys");
        for (JsonNode key : keys) {
            if (key.path("status").asString("ACTIVE").equals("ACTIVE")) {
                ObjectNode plain = key.deepCopy().asObject();
                plain.remove(List.of("id", "status", "created", "lastUpdated"));
                active.add(plain);
            }
        }
        return Json.text(set);
    }
}
