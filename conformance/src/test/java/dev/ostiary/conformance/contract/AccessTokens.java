package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Access tokens for an org, and those that are not for it.
 *
 * @param app a service app that may have every scope
 * @param scopes all that there are
 * @param kept tokens by their scopes
 * @param revoked one that its client gave back
 * @param foreign one of another org
 * @param custom one of a custom authorization server of the org
 * @param late an org in which it is later than any token lasts
 * @param expired a token of that org, of the time before
 */
record AccessTokens(
        ServiceApp app,
        Set<String> scopes,
        Map<String, String> kept,
        String revoked,
        String foreign,
        String custom,
        Org late,
        String expired) {

    private static final String NARROW = "okta.users.read";

    /**
     * Makes them.
     *
     * @param scopes every one that an operation asks for
     */
    static AccessTokens of(Server server, Org org, Org other, Collection<String> scopes) {
        ServiceApp app = ServiceApp.register(org, scopes);
        String revoked = app.token(NARROW);
        app.send("revoke", Map.of("token", revoked)).expect(200);
        String foreign = ServiceApp.register(other, Set.of(NARROW)).token(NARROW);
        Org late = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + late.id() + "/settings", "{\"test\":true}")
                .expect(200);
        String expired = ServiceApp.register(late, Set.of(NARROW)).token(NARROW);
        late.http().post("/ostiary/v1/clock", Json.object().put("advance", "PT61M")).expect(200);
        return new AccessTokens(
                app,
                Set.copyOf(scopes),
                new HashMap<>(),
                revoked,
                foreign,
                custom(app),
                late,
                expired);
    }

    /** A token with these scopes and no others. */
    String with(Set<String> scopes) {
        return kept.computeIfAbsent(String.join(" ", new TreeSet<>(scopes)), app::token);
    }

    /** A token of a server that the org made, for a scope that the server made. */
    private static String custom(ServiceApp app) {
        Org org = app.org();
        String servers = "/api/v1/authorizationServers";
        String id =
                org.http()
                        .post(
                                servers,
                                "{\"name\":\"Not the org\",\"description\":\"\","
                                        + "\"audiences\":[\"api://cars\"]}")
                        .expect(201)
                        .text("id");
        String server = servers + "/" + id;
        org.http().post(server + "/scopes", "{\"name\":\"car:drive\"}").expect(201);
        String policy =
                org.http()
                        .post(
                                server + "/policies",
                                "{\"type\":\"OAUTH_AUTHORIZATION_POLICY\",\"name\":\"All\","
                                        + "\"description\":\"All\",\"priority\":1,\"status\":\"ACTIVE\","
                                        + "\"conditions\":{\"clients\":{\"include\":[\"ALL_CLIENTS\"]}}}")
                        .expect(201)
                        .text("id");
        org.http()
                .post(
                        server + "/policies/" + policy + "/rules",
                        "{\"type\":\"RESOURCE_ACCESS\",\"name\":\"All\",\"priority\":1,"
                                + "\"conditions\":{\"people\":{\"groups\":{\"include\":[\"EVERYONE\"]}},"
                                + "\"grantTypes\":{\"include\":[\"client_credentials\"]},"
                                + "\"scopes\":{\"include\":[\"*\"]}},"
                                + "\"actions\":{\"token\":{\"accessTokenLifetimeMinutes\":60,"
                                + "\"refreshTokenLifetimeMinutes\":0,\"refreshTokenWindowMinutes\":10080}}}")
                .expect(201);
        return app.send(
                        org.nobody(),
                        "/oauth2/" + id + "/v1/token",
                        Map.of("grant_type", "client_credentials", "scope", "car:drive"))
                .expect(200)
                .text("access_token");
    }
}
