package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.EventCatalogue;
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
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import dev.ostiary.server.oauth.servers.ServerTerms.IssuerMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tag AuthorizationServer. Thread-safe. */
public final class AuthorizationServers implements Family {

    /** Of an org; all of them are in memory where tokens are issued. */
    private static final int MOST = 500;

    private static final Limits LIMITS = Limits.refusing(200, 200);

    private final OrgServers servers;
    private final SigningKeys keys;
    private final ServerEvents events;
    private final ServerChanges changes;
    private final ServerWatch watch;

    /** Servers in this database, whose end concerns somebody. */
    public AuthorizationServers(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers,
            SigningKeys keys,
            ServerWatch watch) {
        this.watch = watch;
        this.servers = servers;
        this.keys = keys;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthorizationServers", this::list).answersMany(ServerWriter.SCHEMA),
                Binding.of("createAuthorizationServer", this::create)
                        .takes(ServerTerms.schema())
                        .answers(ServerWriter.SCHEMA),
                Binding.of("getAuthorizationServer", this::get).answers(ServerWriter.SCHEMA),
                Binding.of("replaceAuthorizationServer", this::replace)
                        .takes(ServerTerms.schema())
                        .answers(ServerWriter.SCHEMA),
                Binding.of("deleteAuthorizationServer", this::delete),
                Binding.of("activateAuthorizationServer", request -> step(request, Status.ACTIVE)),
                Binding.of(
                        "deactivateAuthorizationServer",
                        request -> step(request, Status.INACTIVE)));
    }

    private Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Org org = request.org();
        Optional<String> q = request.query().text("q").map(each -> each.toLowerCase(Locale.ROOT));
        Page<AuthorizationServer> page =
                Pages.of(
                        servers.of(org).all(org).stream()
                                .filter(server -> q.isEmpty() || server.mentions(q.get()))
                                .toList(),
                        AuthorizationServer::id,
                        asked);
        ServerWriter writer = writer(request);
        return Reply.list(page.items(), writer::write)
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private Reply create(Request request) {
        Org org = request.org();
        ServerTerms said = request.body(ServerTerms.SHAPE);
        Instant now = changes.now();
        String id = changes.newId(AuthorizationServer.PREFIX, org);
        KeySchedule schedule = KeySchedule.from(now);
        AuthorizationServer made =
                new AuthorizationServer(
                                id,
                                said.name(),
                                said.description(),
                                said.audiences().getFirst(),
                                IssuerMode.ORG_URL,
                                Status.ACTIVE,
                                schedule,
                                null,
                                null,
                                List.of(),
                                List.of(),
                                ServerTemplate.scopes(
                                        (prefix, number) -> changes.newId(prefix, org)),
                                ServerTemplate.claims(
                                        (prefix, number) -> changes.newId(prefix, org)),
                                List.of(),
                                now,
                                now)
                        .with(said, resourceKeys(org, said, List.of(), now), now);
        changes.write(
                org,
                tx -> {
                    if (changes.store().count(tx) >= MOST) {
                        throw ApiException.validation(
                                "authorizationServer",
                                "At most " + MOST + " authorization servers are allowed");
                    }
                    requireFreeName(tx, org, made);
                    changes.save(tx, made, List.of(events.server("oauth2.as.created", made)));
                    return made;
                });
        return Reply.json(201, out -> writer(request).write(made, out));
    }

    /** The name of a server that has no row is taken all the same. */
    private void requireFreeName(Tx tx, Org org, AuthorizationServer server) {
        if (server.name().equalsIgnoreCase(AuthorizationServer.DEFAULT)
                && !server.isDefault(org)
                && changes.store()
                        .find(tx, org, AuthorizationServer.DEFAULT)
                        .filter(other -> other.name().equals(AuthorizationServer.DEFAULT))
                        .isPresent()) {
            throw ServerChanges.nameTaken();
        }
    }

    /** Keys that a client repeats stay what they are. */
    private List<ResourceKey> resourceKeys(
            Org org, ServerTerms said, List<ResourceKey> before, Instant now) {
        List<ResourceKey.Said> keySet = said.jwks();
        List<ResourceKey> all =
                keySet == null
                        ? before
                        : keySet.stream()
                                .map(
                                        key ->
                                                before.stream()
                                                        .filter(old -> old.said().equals(key))
                                                        .findFirst()
                                                        .orElseGet(() -> newKey(org, key, now)))
                                .toList();
        if (said.encryption() != null
                && said.jwksUri() == null
                && all.stream().noneMatch(ResourceKey::active)) {
            throw ApiException.validation(
                    "jwks",
                    "jwks: Access token encryption needs an active encryption key or a jwks_uri");
        }
        return all;
    }

    private ResourceKey newKey(Org org, ResourceKey.Said said, Instant now) {
        return new ResourceKey(changes.newId(ResourceKey.PREFIX, org), said, now, now);
    }

    private Reply get(Request request) {
        Org org = request.org();
        AuthorizationServer server =
                servers.of(org)
                        .find(org, ServerChanges.id(request))
                        .orElseThrow(() -> ServerChanges.unknown(request));
        return Reply.ok(out -> writer(request).write(server, out));
    }

    private Reply replace(Request request) {
        Org org = request.org();
        ServerTerms said = request.body(ServerTerms.SHAPE);
        Instant now = changes.now();
        AuthorizationServer changed =
                changes.change(
                        request,
                        (tx, old) -> {
                            AuthorizationServer server =
                                    old.with(
                                            said,
                                            resourceKeys(org, said, old.resourceKeys(), now),
                                            now);
                            requireFreeName(tx, org, server);
                            return server.in(old.status(), old.lastUpdated()).equals(old)
                                    ? Change.of(old, old)
                                    : Change.of(
                                            server,
                                            server,
                                            events.server("oauth2.as.updated", server));
                        });
        return Reply.ok(out -> writer(request).write(changed, out));
    }

    private Reply delete(Request request) {
        Org org = request.org();
        changes.write(
                org,
                tx -> {
                    AuthorizationServer server = changes.require(tx, request);
                    if (server.isDefault(org)) {
                        throw ApiException.forbidden();
                    }
                    watch.deleting(tx, org, server);
                    changes.store().delete(tx, server.id());
                    keys.deleteAll(tx, KeyOwner.server(server.id()));
                    changes.conclude(tx, List.of(events.server("oauth2.as.deleted", server)));
                    return server;
                });
        return Reply.noContent();
    }

    private Reply step(Request request, Status status) {
        String event =
                switch (status) {
                    case ACTIVE -> "oauth2.as.activated";
                    case INACTIVE -> "oauth2.as.deactivated";
                };
        changes.change(
                request,
                (tx, old) -> {
                    if (old.status() == status) {
                        return Change.of(old, old);
                    }
                    AuthorizationServer server = old.in(status, changes.now());
                    return Change.of(server, server, events.server(event, server));
                });
        return Reply.noContent();
    }

    private ServerWriter writer(Request request) {
        return new ServerWriter(servers, request.org(), request.baseUrl(), changes.now());
    }
}
