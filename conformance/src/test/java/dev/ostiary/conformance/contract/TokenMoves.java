package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.oauth.Consenting;
import dev.ostiary.conformance.oauth.OpenServer;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What clients and the people who use them do at authorization servers, and how that ends. */
final class TokenMoves {

    private static final String SERVERS = "/api/v1/authorizationServers/";
    private static final String USERS = "/api/v1/users/";

    private final Org org;

    TokenMoves(Org org) {
        this.org = org;
    }

    /** A server that lets everybody in; its path before {@code /v1/…}. */
    static String open(Org org) {
        return OpenServer.of(org, "authorization_code", "implicit", "refresh_token");
    }

    private String login() {
        return new Stock(org).activeLogin();
    }

    private ClientApp app(String at) {
        return ClientApp.web(org, new Stock(org).name()).at(at);
    }

    void authorizes(String at, String... others) {
        ClientApp app = app(at);
        Map<String, String> said = app.request(others);
        if (!said.getOrDefault("response_type", "").contains("code")) {
            said.remove("code_challenge");
            said.remove("code_challenge_method");
            said.put("scope", "openid profile");
        }
        said.put("sessionToken", ClientApp.sessionToken(org, login()));
        Answer answer = app.authorize(said).expect(302);
        if (answer.header("Location").orElseThrow().contains("error=")) {
            throw new AssertionError(answer.toString());
        }
    }

    void asksWithoutASession(String at) {
        ClientApp app = app(at);
        app.authorize(app.request("prompt", "none")).expect(302);
    }

    private static JsonNode tokens(ClientApp app, String login) {
        return app.redeem(app.code(login)).expect(200).json();
    }

    void redeems(String at) {
        tokens(app(at), login());
    }

    void redeemsNothing(String at) {
        app(at).redeem("none").expect(400, "invalid_grant");
    }

    void usesARefreshTokenTwice(String at) {
        ClientApp app =
                ClientApp.of(
                                org,
                                new Stock(org).name(),
                                "web",
                                "client_secret_basic",
                                settings ->
                                        settings.putObject("refresh_token")
                                                .put("rotation_type", "ROTATE")
                                                .put("leeway", 0))
                        .at(at);
        String refresh = tokens(app, login()).get("refresh_token").asString();
        app.refresh(refresh).expect(200);
        app.refresh(refresh).expect(400, "invalid_grant");
    }

    void givesATokenBack(String at) {
        ClientApp app = app(at);
        String refresh = tokens(app, login()).get("refresh_token").asString();
        app.ask("revoke", Map.of("token", refresh, "token_type_hint", "refresh_token")).expect(200);
    }

    void deactivatesAClientWithTokens() {
        ClientApp app = app("/oauth2");
        tokens(app, login());
        org.http().post("/api/v1/apps/" + app.id() + "/lifecycle/deactivate").expect(200);
    }

    void signsAUserOutEverywhere() {
        String login = login();
        tokens(app("/oauth2"), login);
        org.http().delete(USERS + login + "/sessions?oauthTokens=true").expect(204);
    }

    void deletesAServerWithTokens() {
        String at = open(org);
        tokens(app(at), login());
        deleteServer(at);
    }

    private void deleteServer(String at) {
        org.http().delete(SERVERS + at.substring("/oauth2/".length())).expect(204);
    }

    void consents() {
        Consenting.consented(org);
    }

    private String grants(Consenting given) {
        return USERS + given.user() + "/grants";
    }

    void takesAConsentBack() {
        Consenting given = Consenting.consented(org);
        org.http().delete(grants(given) + "/" + Directory.id(given.grants().get(0))).expect(204);
    }

    void takesAllConsentsBack() {
        org.http().delete(grants(Consenting.consented(org))).expect(204);
    }

    void takesConsentsToAClientBack() {
        Consenting given = Consenting.consented(org);
        org.http()
                .delete(USERS + given.user() + "/clients/" + given.app().id() + "/grants")
                .expect(204);
    }

    void deletesAConsentedClient() {
        String app = "/api/v1/apps/" + Consenting.consented(org).app().id();
        org.http().post(app + "/lifecycle/deactivate").expect(200);
        org.http().delete(app).expect(204);
    }

    void deletesAConsentingUser() {
        String user = USERS + Consenting.consented(org).user();
        org.http().delete(user).expect(204);
        org.http().delete(user).expect(204);
    }

    void deletesAConsentedScope() {
        Consenting given = Consenting.consented(org);
        String scopes = SERVERS + given.app().base().substring("/oauth2/".length()) + "/scopes";
        for (JsonNode scope : org.http().get(scopes).expect(200).json()) {
            if (scope.get("name").asString().equals(Consenting.SCOPE)) {
                org.http().delete(scopes + "/" + Directory.id(scope)).expect(204);
            }
        }
    }

    void deletesAConsentedServer() {
        deleteServer(Consenting.consented(org).app().base());
    }

    void asksForAScopeThatNoRuleAllows() {
        Stock stock = new Stock(org);
        String path =
                SERVERS
                        + org.http()
                                .post(
                                        SERVERS.substring(0, SERVERS.length() - 1),
                                        "{\"name\":\""
                                                + stock.name()
                                                + "\",\"audiences\":[\"api://narrow\"]}")
                                .expect(201)
                                .text("id");
        for (String scope : new String[] {"drive", "fly"}) {
            org.http().post(path + "/scopes", "{\"name\":\"" + scope + "\"}").expect(201);
        }
        OpenServer.admit(org, path, "drive", "authorization_code");
        ClientApp app = app(path.replace(SERVERS, "/oauth2/"));
        Map<String, String> said = app.request("scope", "openid fly");
        said.put("sessionToken", ClientApp.sessionToken(org, stock.activeLogin()));
        app.authorize(said).expect(302);
    }

    /** An attribute that a claim speaks of is gone. */
    void asksForAClaimThatMeansNothing() {
        String schema = "/api/v1/meta/schemas/user/default";
        String attribute = "lost" + Long.toString(System.nanoTime(), 36);
        org.http()
                .post(schema, custom(attribute, "{\"title\":\"Lost\",\"type\":\"string\"}"))
                .expect(200);
        String at = open(org);
        org.http()
                .post(
                        SERVERS + at.substring("/oauth2/".length()) + "/claims",
                        Json.object()
                                .put("name", "lost")
                                .put("status", "ACTIVE")
                                .put("claimType", "RESOURCE")
                                .put("valueType", "EXPRESSION")
                                .put("value", "user." + attribute)
                                .put("alwaysIncludeInToken", true))
                .expect(201);
        org.http().post(schema, custom(attribute, "null")).expect(200);
        ClientApp app = app(at);
        app.redeem(app.code(login()));
    }

    private static String custom(String attribute, String definition) {
        return "{\"definitions\":{\"custom\":{\"id\":\"#custom\",\"type\":\"object\",\"properties\":{\""
                + attribute
                + "\":"
                + definition
                + "}}}}";
    }
}
