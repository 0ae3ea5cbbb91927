package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tag AuthorizationServerAssoc: servers whose tokens another one takes in an exchange, and all
 * the others that it could come to trust. Thread-safe.
 */
public final class AssociatedServers implements Family {

    private static final int MOST = 100;
    private static final Limits LIMITS = Limits.refusing(200, 200);

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;

    /** Trust among the servers in this database. */
    public AssociatedServers(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers) {
        this.servers = servers;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
    }

    private record Trusted(List<String> ids) {

        private static final Shape<Trusted> SHAPE = shape();

        private static Shape<Trusted> shape() {
            Shape.Builder<Trusted> shape = Shape.of("associatedServers");
            Field<Trusted, List<String>> ids =
                    shape.field("trusted", Type.list(Type.TEXT), Trusted::ids)
                            .required()
                            .must(
                                    all -> !all.isEmpty() && all.size() <= MOST,
                                    "must be 1 to 100 ids");
            return shape.build(in -> new Trusted(in.get(ids)));
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAssociatedServersByTrustedType", this::list)
                        .answersMany(ServerWriter.SCHEMA),
                Binding.of("createAssociatedServers", this::create)
                        .takes(Trusted.SHAPE)
                        .answersMany(ServerWriter.SCHEMA),
                Binding.of("deleteAssociatedServer", this::delete));
    }

    private Reply list(Request request) {
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Org org = request.org();
        AuthorizationServer server = Paths.server(request, servers);
        ServerSet all = servers.of(org);
        boolean trusted = request.query().flag("trusted", true);
        Stream<AuthorizationServer> associated =
                all.all(org).stream()
                        .filter(each -> !each.id().equals(server.id()))
                        .filter(each -> server.trusted().contains(each.id()) == trusted);
        Optional<String> q = request.query().text("q").map(each -> each.toLowerCase(Locale.ROOT));
        Page<AuthorizationServer> page =
                Pages.of(
                        associated.filter(each -> q.isEmpty() || each.mentions(q.get())).toList(),
                        AuthorizationServer::id,
                        asked);
        return answer(request, server, page.items())
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private Reply create(Request request) {
        List<String> asked = request.body(Trusted.SHAPE).ids();
        Org org = request.org();
        ServerSet all = servers.of(org);
        List<AuthorizationServer> named =
                asked.stream()
                        .map(
                                id ->
                                        all.find(org, id)
                                                .orElseThrow(
                                                        () ->
                                                                ApiException.notFound(
                                                                        id,
                                                                        AuthorizationServer.TYPE)))
                        .distinct()
                        .toList();
        AuthorizationServer by =
                changes.change(
                        request,
                        (tx, server) -> {
                            if (named.stream().anyMatch(each -> each.id().equals(server.id()))) {
                                throw ApiException.validation(
                                        "trusted", "trusted: A server cannot trust itself");
                            }
                            List<String> trusted = new ArrayList<>(server.trusted());
                            List<Event> told = new ArrayList<>();
                            for (AuthorizationServer each : named) {
                                if (!trusted.contains(each.id())) {
                                    trusted.add(each.id());
                                    told.add(
                                            events.trust(
                                                    "app.oauth2.trusted_server.add",
                                                    server,
                                                    each.id()));
                                }
                            }
                            return new Change<>(server.withTrusted(trusted), server, told);
                        });
        return answer(request, by, named);
    }

    private Reply delete(Request request) {
        String id = request.variable("associatedServerId");
        changes.change(
                request,
                (tx, server) -> {
                    if (!server.trusted().contains(id)) {
                        throw ApiException.notFound(id, AuthorizationServer.TYPE);
                    }
                    return Change.of(
                            server.withTrusted(Placed.without(server.trusted(), id)),
                            server,
                            events.trust("app.oauth2.trusted_server.delete", server, id));
                });
        return Reply.noContent();
    }

    private Reply answer(
            Request request, AuthorizationServer by, List<AuthorizationServer> associated) {
        ServerWriter writer =
                new ServerWriter(servers, request.org(), request.baseUrl(), changes.now());
        return Reply.list(associated, (each, out) -> writer.associated(each, by, out));
    }
}
