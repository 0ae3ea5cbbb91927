package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;

/** What the paths of a server and its parts name. */
final class Paths {

    private Paths() {}

    /**
     * The server that the path names, as this node keeps it.
     *
     * @throws ApiException {@code E0000007} if there is none
     */
    static AuthorizationServer server(Request request, OrgServers servers) {
        Org org = request.org();
        return servers.of(org)
                .find(org, ServerChanges.id(request))
                .orElseThrow(() -> ServerChanges.unknown(request));
    }

    /** The URL of a server, named as the org names it. */
    static String server(Request request, AuthorizationServer server) {
        return request.baseUrl() + "/api/v1/authorizationServers/" + server.pathName(request.org());
    }

    /** The URL of the server that the path names, named as the client did. */
    static String url(Request request) {
        return request.baseUrl() + "/api/v1/authorizationServers/" + ServerChanges.id(request);
    }

    /**
     * The policy that the path names.
     *
     * @throws ApiException {@code E0000007} if the server has none of that id
     */
    static AccessPolicy policy(Request request, AuthorizationServer server) {
        String id = request.variable("policyId");
        return server.policy(id).orElseThrow(() -> ApiException.notFound(id, AccessPolicy.TYPE));
    }
}
