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
                                + "\"]},\"scopes\":{\"include\":[\"*\"]}}}")
                .expect(201);
        return "/oauth2/" + id;
    }
}
