package dev.ostiary.server.apps.registration;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.apps.AppEvents;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.Client;
import dev.ostiary.server.apps.ClientSecret;
import dev.ostiary.server.apps.ClientSecretStore;
import dev.ostiary.server.apps.Clients;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag Client: dynamic client registration (RFC 7591, 7592), over the apps of the org. What is
 * wrong with a client is said as RFC 7591, 3.2.2 has it; everything else as the API does.
 * Thread-safe.
 */
public final class ClientRegistrations implements Family {

    /** The wire's name of the type, in errors and events. */
    static final String TYPE = "PublicClientApp";

    private static final Limits LIMITS = Limits.refusing(20, 200);
    private static final int LONGEST_Q = 255;
    private static final Keyset BY_ID =
            Keyset.byId(SortKey.id("a.id", Direction.ASC), PagingErrors.PAGING);

    private final Database database;
    private final InstantSource time;
    private final AppEvents events;
    private final AppStore apps;
    private final AppChanges changes;
    private final Clients clients;
    private final ClientSecretStore secrets;
    private final Registered registered = new Registered();

    public ClientRegistrations(
            Database database,
            InstantSource time,
            AppEvents events,
            AppStore apps,
            AppChanges changes,
            Clients clients,
            ClientSecretStore secrets) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.apps = apps;
        this.changes = changes;
        this.clients = clients;
        this.secrets = secrets;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listClients", this::list).answersMany(ClientMetadata.SCHEMA),
                Binding.of("createClient", request -> judged(() -> create(request)))
                        .takes(ClientMetadata.BODY)
                        .answers(ClientMetadata.SCHEMA),
                Binding.of("getClient", this::get).answers(ClientMetadata.SCHEMA),
                Binding.of("replaceClient", request -> judged(() -> replace(request)))
                        .takes(ClientMetadata.BODY)
                        .answers(ClientMetadata.SCHEMA),
                Binding.of("deleteClient", this::delete),
                Binding.of("generateNewClientSecret", request -> judged(() -> renew(request)))
                        .answers(ClientMetadata.SCHEMA));
    }

    /** No two clients have one name. */
    private final class Registered implements AppChanges.Watch {

        @Override
        public void created(Tx tx, Org org, App app) {
            requireName(tx, app);
        }

        @Override
        public void updated(Tx tx, Org org, App before, App after) {
            requireName(tx, after);
        }

        private void requireName(Tx tx, App app) {
            if (apps.hasOtherClient(tx, app)) {
                throw ApiException.validation(
                        "client_name",
                        "client_name: An object with this field already exists in the current"
                                + " organization");
            }
        }
    }

    private Reply list(Request request) {
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Sql condition = request.query().text("q").map(this::beginning).orElse(Sql.of("TRUE"));
        Page<App> page =
                database.read(
                        request.org().number(),
                        reader ->
                                BY_ID.page(
                                        wanted,
                                        (beyond, order, most) ->
                                                apps.list(
                                                        reader,
                                                        Sql.of("a.client_id IS NOT NULL AND")
                                                                .then(condition)
                                                                .then("AND")
                                                                .then(beyond),
                                                        order,
                                                        most),
                                        app -> List.of(Optional.of(app.id()))));
        return Reply.list(
                        page.items(),
                        (app, out) -> ClientMetadata.write(out, app, Optional.empty()))
                .with(request.links(page, wanted.limit(), Page.LinkPolicy.SELF));
    }

    private Sql beginning(String q) {
        return q.length() > LONGEST_Q || q.indexOf('\0') >= 0
                ? Sql.of("FALSE")
                : Sql.of("a.label_folded ^@ ?", CaseFold.fold(q));
    }

    private Reply get(Request request) {
        App app = found(request);
        return Reply.ok(out -> ClientMetadata.write(out, app, Optional.empty()));
    }

    private Reply create(Request request) {
        ObjectNode client = request.object();
        AppChanges.Changed made =
                changes.create(request.org(), ClientMetadata.app(client), true, registered);
        return Reply.json(201, out -> ClientMetadata.write(out, made.app(), made.secret()));
    }

    private Reply replace(Request request) {
        ObjectNode client = request.object();
        App before = found(request);
        requireSame(client, "client_id", String.valueOf(before.clientId()));
        requireSame(client, "application_type", ClientMetadata.type(before));
        if (request.org().settings().strict()) {
            for (String name : List.of("client_id_issued_at", "client_secret_expires_at")) {
                if (client.has(name)) {
                    throw ApiException.validation(name, name + ": The field is read-only");
                }
            }
        }
        AppChanges.Changed changed =
                changes.replace(
                        request.org(), before.id(), ClientMetadata.app(client, before), registered);
        return Reply.ok(out -> ClientMetadata.write(out, changed.app(), changed.secret()));
    }

    private static void requireSame(ObjectNode client, String name, String value) {
        if (client.hasNonNull(name) && !client.path(name).asString("").equals(value)) {
            throw ApiException.validation(name, name + ": '" + name + "' cannot be changed.");
        }
    }

    private Reply delete(Request request) {
        changes.remove(request.org(), found(request).id(), registered);
        return Reply.noContent();
    }

    /** The newest active secret becomes another; a second one, if there is one, stays. */
    private Reply renew(Request request) {
        Org org = request.org();
        String id = found(request).id();
        String text = secrets.random();
        App app =
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.raise(tx, ConfigArea.APPS);
                            App held = apps.held(tx, org, id, AppStore.Lock.ALL);
                            if (!ClientMetadata.sendsSecret(held)) {
                                throw ApiException.validation(
                                        "client_secret",
                                        "client_secret: The client has no secret that it sends");
                            }
                            renew(tx, org, held, text);
                            events.clientUpdated(tx, held);
                            return held;
                        });
        return Reply.ok(out -> ClientMetadata.write(out, app, Optional.of(text)));
    }

    private void renew(Tx tx, Org org, App app, String text) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        List<ClientSecret> active =
                secrets.all(tx, app.id()).stream().filter(ClientSecret::active).toList();
        if (active.isEmpty()) {
            secrets.insert(tx, app.id(), secrets.of(org, text, ClientSecret.Status.ACTIVE, now));
        } else {
            secrets.update(tx, app.id(), secrets.changed(org, active.getLast(), text, now));
        }
    }

    private App found(Request request) {
        String id = request.variable("clientId");
        return database.read(request.org().number(), reader -> find(reader, id))
                .orElseThrow(() -> ApiException.notFound(id, TYPE));
    }

    private Optional<App> find(Reader reader, String clientId) {
        return clients.find(reader, clientId).map(Client::app);
    }

    /** What is wrong with a client, as RFC 7591, 3.2.2 has it: one cause, the first. */
    private static Reply judged(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (ApiException wrong) {
            if (!wrong.code().equals("E0000001") || wrong.causes().isEmpty()) {
                throw wrong;
            }
            String cause = wrong.causes().getFirst();
            String description =
                    cause.startsWith("label: ")
                            ? "client_name" + cause.substring("label".length())
                            : cause;
            return Reply.json(
                    400,
                    out -> {
                        out.writeStartObject();
                        out.writeStringProperty("error", "invalid_client_metadata");
                        out.writeStringProperty("error_description", description);
                        out.writeEndObject();
                    });
        }
    }
}
