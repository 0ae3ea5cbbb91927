package dev.ostiary.server.oauth.management;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.consents.ConsentStore;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Selection;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** Which clients have tokens of a user, or from an authorization server. Thread-safe. */
public final class ListedClients implements Family {

    static final Schema SCHEMA =
            Schema.object("OAuth2Client")
                    .always("client_id", Schema.TEXT)
                    .always("client_name", Schema.TEXT)
                    .always("client_uri", Schema.TEXT.orNull())
                    .always("logo_uri", Schema.TEXT.orNull())
                    .always("_links", Links.SCHEMA);

    private final Database database;
    private final ClientRegistry registry;
    private final OrgServers servers;
    private final InstantSource time;
    private final UserDirectory users = new UserDirectory();
    private final RefreshTokenStore store = new RefreshTokenStore();
    private final ConsentStore consents = new ConsentStore();

    /** Clients of this registry. */
    public ListedClients(
            Database database, ClientRegistry registry, OrgServers servers, InstantSource time) {
        this.database = database;
        this.registry = registry;
        this.servers = servers;
        this.time = time;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listUserClients", this::ofUser).answersMany(SCHEMA).forSelf(),
                Binding.of("listOAuth2ClientsForAuthorizationServer", this::ofServer)
                        .answersMany(SCHEMA));
    }

    private Reply ofUser(Request request) {
        record Found(User user, List<OAuthClient> clients) {}
        Found found =
                database.read(
                        request.org().number(),
                        reader -> {
                            User user =
                                    users.requireVisible(
                                            reader, request.caller(), request.variable("userId"));
                            return new Found(user, ofUser(reader, user));
                        });
        String base = request.baseUrl() + "/api/v1/users/" + found.user().id() + "/clients/";
        return Reply.list(found.clients(), (client, out) -> write(out, client, base, true));
    }

    /** Those that have tokens or consents. */
    private List<OAuthClient> ofUser(Reader reader, User user) {
        return Stream.of(
                        store.clients(reader, Selection.ofUser(user.id()), time.instant()),
                        consents.clients(reader, ConsentStore.Selection.ofUser(user.id())))
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .flatMap(id -> registry.find(reader, id).stream())
                .toList();
    }

    private Reply ofServer(Request request) {
        Org org = request.org();
        String id = request.variable("authServerId");
        AuthorizationServer server =
                servers.of(org)
                        .find(org, id)
                        .orElseThrow(() -> ApiException.notFound(id, "AuthorizationServer"));
        List<OAuthClient> found = database.read(org.number(), reader -> ofServer(reader, server));
        String base =
                request.baseUrl() + "/api/v1/authorizationServers/" + server.id() + "/clients/";
        return Reply.list(found, (client, out) -> write(out, client, base, false));
    }

    private List<OAuthClient> ofServer(Reader reader, AuthorizationServer server) {
        return store.clients(reader, Selection.ofServer(server.id()), time.instant()).stream()
                .flatMap(id -> registry.find(reader, id).stream())
                .toList();
    }

    private static void write(JsonGenerator out, OAuthClient client, String base, boolean grants) {
        out.writeStartObject();
        out.writeStringProperty("client_id", client.id());
        out.writeStringProperty("client_name", client.label());
        text(out, "client_uri", client.clientUri());
        text(out, "logo_uri", client.logoUri());
        Links links = new Links();
        if (grants) {
            links.hinted("grants", base + client.id() + "/grants", "GET", "DELETE");
        }
        links.hinted("tokens", base + client.id() + "/tokens", "GET", "DELETE").write(out);
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> out.writeStringProperty(name, text), () -> out.writeNullProperty(name));
    }
}
