package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.Locale;
import java.util.Optional;

/** What the endpoints of OAuth have in common: whose they are, and how they refuse. Thread-safe. */
public final class Endpoints {

    private final OrgServers servers;

    /** Endpoints of these servers. */
    public Endpoints(OrgServers servers) {
        this.servers = servers;
    }

    /** The org's own server. */
    public Issuer ofOrg(Request request) {
        return new Issuer.OfOrg(request.org(), request.baseUrl());
    }

    /**
     * The custom server that the path names.
     *
     * @throws ApiException {@code E0000007} if there is none, or it is inactive
     */
    public Issuer custom(Request request) {
        Org org = request.org();
        String id = request.variable("authorizationServerId");
        return servers.of(org)
                .find(org, id)
                .filter(AuthorizationServer::active)
                .map(server -> issuer(request, server))
                .orElseThrow(() -> ApiException.notFound(id, AuthorizationServer.TYPE));
    }

    /** The active server of an id, which is the org's own or a custom one's. */
    public Optional<Issuer> find(Request request, String id) {
        Org org = request.org();
        return id.equals(org.id())
                ? Optional.of(ofOrg(request))
                : servers.of(org)
                        .find(org, id)
                        .filter(AuthorizationServer::active)
                        .map(server -> issuer(request, server));
    }

    private Issuer issuer(Request request, AuthorizationServer server) {
        Org org = request.org();
        return new Issuer.Custom(
                org, request.baseUrl(), server, servers.issuer(org, request.baseUrl(), server));
    }

    /**
     * An error as OAuth has it (P19; RFC 6749, 5.2). Only who has not proved itself is challenged
     * to: clients take a challenge for the whole answer, and would not read what a policy refuses.
     */
    public Reply refused(Request request, Issuer issuer, OAuthException refused) {
        Reply reply =
                Reply.json(
                        refused.status(),
                        out -> {
                            out.writeStartObject();
                            out.writeStringProperty("error", refused.error());
                            out.writeStringProperty("error_description", refused.description());
                            refused.more().forEach(out::writeStringProperty);
                            out.writeEndObject();
                        });
        boolean basic =
                request.header("Authorization")
                        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("basic "))
                        .isPresent();
        return refused.error().equals("invalid_client") && basic
                ? reply.with("WWW-Authenticate", "Basic realm=\"" + issuer.name() + "\"")
                : reply;
    }
}
