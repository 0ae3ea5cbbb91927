package dev.ostiary.conformance.oauth;

import dev.ostiary.conformance.harness.Org;

/** An authorization server that lets everyone in by the grants that are named. */
public final class OpenServer {

    private OpenServer() {}

    /** A new one; its path before {@code /v1/…}. */
    public static String of(Org org, String... grantTypes) {
        String servers = "/api/v1/authorizationServers";
        String id =
                org.http()
                        .post(
                                servers,
                                "{\"name\":\"open-"
                                        + Long.toString(System.nanoTime(), 36)
                                        + "\",\"audiences\":[\"api://open\"]}")
                        .expect(201)
                        .text("id");
        String path = servers + "/" + id;
        admit(org, path, "*", grantTypes);
        return "/oauth2/" + id;
    }

    /**
     * Lets everyone into a server by one rule of one policy.
     *
     * @param path of the server, below which its policies are
     * @param scope the one that the rule allows; {@code *} for any
     */
    public static void admit(Org org, String path, String scope, String... grantTypes) {
        String policy =
                org.http()
                        .post(
                                path + "/policies",
                                "{\"type\":\"OAUTH_AUTHORIZATION_POLICY\",\"name\":\"P\","
                                        + "\"description\":\"P\",\"priority\":1,\"conditions\":"
                                        + "{\"clients\":{\"include\":[\"ALL_CLIENTS\"]}}}")
                        .expect(201)
                        .text("id");
        org.http()
                .post(
                        path + "/policies/" + policy + "/rules",
                        "{\"type\":\"RESOURCE_ACCESS\",\"name\":\"R\",\"priority\":1,"
                                + "\"conditions\":{\"people\":{\"groups\":{\"include\":"
                                + "[\"EVERYONE\"]}},\"grantTypes\":{\"include\":[\""
                                + String.join("\",\"", grantTypes)
                                + "\"]},\"scopes\":{\"include\":[\""
                                + scope
                                + "\"]}}}")
                .expect(201);
    }
}
