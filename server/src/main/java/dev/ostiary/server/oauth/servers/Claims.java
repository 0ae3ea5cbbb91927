package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The tag AuthorizationServerClaims. Thread-safe. */
public final class Claims implements Family {

    private static final int MOST = 500;

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;
    private final ClaimCheck check;

    /** Claims of the servers in this database. */
    public Claims(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers,
            OrgSchemas schemas) {
        this.servers = servers;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
        this.check = new ClaimCheck(schemas);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listOAuth2Claims", this::list).answersMany(TokenClaim.SCHEMA),
                Binding.of("createOAuth2Claim", this::create)
                        .takes(TokenClaim.SHAPE)
                        .answers(TokenClaim.SCHEMA),
                Binding.of("getOAuth2Claim", this::get).answers(TokenClaim.SCHEMA),
                Binding.of("replaceOAuth2Claim", this::replace)
                        .takes(TokenClaim.SHAPE)
                        .answers(TokenClaim.SCHEMA),
                Binding.of("deleteOAuth2Claim", this::delete));
    }

    private Reply list(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        String url = Paths.url(request);
        return Reply.list(server.claims(), (claim, out) -> claim.write(out, url));
    }

    private Reply create(Request request) {
        TokenClaim made =
                request.body(TokenClaim.SHAPE).as(changes.newId(TokenClaim.PREFIX, request.org()));
        return answer(
                request,
                201,
                changes.change(
                        request,
                        (tx, server) -> {
                            if (server.claims().size() >= MOST) {
                                throw ApiException.validation(
                                        "claim", "At most " + MOST + " claims are allowed");
                            }
                            check.require(request.org(), server, made);
                            List<TokenClaim> all = new ArrayList<>(server.claims());
                            all.add(made);
                            return Change.of(
                                    server.withClaims(all),
                                    made,
                                    events.claim("oauth2.claim.created", server, made));
                        }));
    }

    private Reply get(Request request) {
        return answer(request, 200, require(Paths.server(request, servers), request));
    }

    private Reply replace(Request request) {
        TokenClaim said = request.body(TokenClaim.SHAPE);
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            TokenClaim old = require(server, request);
                            TokenClaim changed = old.with(said);
                            if (changed.equals(old)) {
                                return Change.of(server, old);
                            }
                            check.require(request.org(), server, changed);
                            return Change.of(
                                    server.withClaims(
                                            server.claims().stream()
                                                    .map(each -> each.equals(old) ? changed : each)
                                                    .toList()),
                                    changed,
                                    events.claim("oauth2.claim.updated", server, changed));
                        }));
    }

    private Reply delete(Request request) {
        changes.change(
                request,
                (tx, server) -> {
                    TokenClaim claim = require(server, request);
                    if (claim.system()) {
                        throw ApiException.forbidden();
                    }
                    return Change.of(
                            server.withClaims(
                                    server.claims().stream()
                                            .filter(each -> !each.equals(claim))
                                            .toList()),
                            claim,
                            events.claim("oauth2.claim.deleted", server, claim));
                });
        return Reply.noContent();
    }

    private static TokenClaim require(AuthorizationServer server, Request request) {
        String id = request.variable("claimId");
        return server.claim(id).orElseThrow(() -> ApiException.notFound(id, TokenClaim.TYPE));
    }

    private static Reply answer(Request request, int status, TokenClaim claim) {
        String url = Paths.url(request);
        return Reply.json(status, out -> claim.write(out, url));
    }
}
