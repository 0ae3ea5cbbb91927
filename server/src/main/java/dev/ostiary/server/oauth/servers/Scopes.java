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
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tag AuthorizationServerScopes. Thread-safe. */
public final class Scopes implements Family {

    private static final int MOST = 1_000;

    /** Without a limit the list is whole: it never had pages (WIRE, "No Link"). */
    private static final Limits LIMITS = Limits.refusing(MOST + 100, MOST + 100);

    private static final Comparator<TokenScope> BY_ID = Comparator.comparing(TokenScope::id);

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;
    private final ServerWatch watch;

    /** Scopes of the servers in this database, whose end concerns somebody. */
    public Scopes(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers,
            ServerWatch watch) {
        this.watch = watch;
        this.servers = servers;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOAuth2Scopes", this::list).answersMany(TokenScope.SCHEMA),
                Binding.of("createOAuth2Scope", this::create)
                        .takes(TokenScope.SHAPE)
                        .answers(TokenScope.SCHEMA),
                Binding.of("getOAuth2Scope", this::get).answers(TokenScope.SCHEMA),
                Binding.of("replaceOAuth2Scope", this::replace)
                        .takes(TokenScope.SHAPE)
                        .answers(TokenScope.SCHEMA),
                Binding.of("deleteOAuth2Scope", this::delete));
    }

    private Reply list(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        Optional<String> q = request.query().text("q").map(each -> each.toLowerCase(Locale.ROOT));
        ScopeFilter filter = ScopeFilter.of(request.query().text("filter"));
        Page<TokenScope> page =
                Pages.of(
                        server.scopes().stream()
                                .filter(scope -> q.isEmpty() || mentions(scope, q.get()))
                                .filter(filter::takes)
                                .sorted(BY_ID)
                                .toList(),
                        TokenScope::id,
                        asked);
        String url = Paths.server(request, server);
        return Reply.list(page.items(), (scope, out) -> scope.write(out, url))
                .with(request.links(page, asked.limit(), LinkPolicy.IF_MORE));
    }

    private static boolean mentions(TokenScope scope, String text) {
        return scope.name().toLowerCase(Locale.ROOT).contains(text);
    }

    private Reply create(Request request) {
        Org org = request.org();
        TokenScope made = request.body(TokenScope.SHAPE).as(changes.newId(TokenScope.PREFIX, org));
        requireName(made);
        return answer(
                request,
                201,
                changes.change(
                        request,
                        (tx, server) -> {
                            if (server.scopes().size() >= MOST) {
                                throw ApiException.validation(
                                        "scope", "At most " + MOST + " scopes are allowed");
                            }
                            requireFree(server, made);
                            List<TokenScope> all = new ArrayList<>(server.scopes());
                            all.add(made);
                            return Change.of(
                                    server.withScopes(all),
                                    made,
                                    events.scope("oauth2.scope.created", server, made));
                        }));
    }

    private static void requireName(TokenScope scope) {
        if (TokenScope.isReserved(scope.name())) {
            throw ApiException.validation(
                    "name", "name: '" + scope.name() + "' is reserved and cannot be used");
        }
    }

    private static void requireFree(AuthorizationServer server, TokenScope scope) {
        if (server.scopes().stream()
                .anyMatch(
                        other ->
                                other.name().equals(scope.name())
                                        && !other.id().equals(scope.id()))) {
            throw ServerChanges.nameTaken();
        }
    }

    private Reply get(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        return answer(request, 200, require(server, request));
    }

    private Reply replace(Request request) {
        TokenScope said = request.body(TokenScope.SHAPE);
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            TokenScope old = require(server, request);
                            TokenScope changed = old.with(said);
                            if (changed.equals(old)) {
                                return Change.of(server, old);
                            }
                            requireNewName(old, changed);
                            requireFree(server, changed);
                            return Change.of(
                                    server.withScopes(
                                            server.scopes().stream()
                                                    .map(each -> each.equals(old) ? changed : each)
                                                    .toList()),
                                    changed,
                                    events.scope("oauth2.scope.updated", server, changed));
                        }));
    }

    private static void requireNewName(TokenScope old, TokenScope changed) {
        if (old.name().equals(changed.name())) {
            return;
        }
        if (old.system()) {
            throw ApiException.validation(
                    "name", "name: The name of a system scope cannot be changed");
        }
        requireName(changed);
    }

    private Reply delete(Request request) {
        changes.change(
                request,
                (tx, server) -> {
                    TokenScope scope = require(server, request);
                    if (scope.system()) {
                        throw ApiException.forbidden();
                    }
                    watch.deleting(tx, request.org(), server, scope);
                    return Change.of(
                            server.without(scope),
                            scope,
                            events.scope("oauth2.scope.deleted", server, scope));
                });
        return Reply.noContent();
    }

    private static TokenScope require(AuthorizationServer server, Request request) {
        String id = request.variable("scopeId");
        return server.scope(id).orElseThrow(() -> ApiException.notFound(id, TokenScope.TYPE));
    }

    private Reply answer(Request request, int status, TokenScope scope) {
        String url = Paths.url(request);
        return Reply.json(status, out -> scope.write(out, url));
    }
}
