package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.JwtKey;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Token exchange on behalf of a user")
class OnBehalfTest {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS = "urn:ietf:params:oauth:token-type:access_token";
    private static final String LOGIN = "behalf@example.com";

    private final Org org;
    private final Server server;
    private String userId = "";
    private String base = "";

    OnBehalfTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void world() {
        userId = Directory.id(new Directory(org).active(LOGIN));
        base = open(org);
    }

    @Test
    @DisplayName(
            "RFC 8693: a service gets a token of its own, in the name of the user, that ends with the user's")
    void whole() {
        ClientApp app = ClientApp.web(org, "Phone").at(base);
        ClientApp service = service(org, "Service 1").at(base);
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String subject = tokens.get("access_token").asString();
        JsonNode answer = exchange(service, subject).expect(200).json();
        assertThat(answer.get("issued_token_type").asString()).isEqualTo(ACCESS);
        assertThat(answer.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.get("scope").asString()).isEqualTo("api:read");
        assertThat(answer.has("refresh_token")).isFalse();
        assertThat(answer.has("id_token")).isFalse();
        String access = answer.get("access_token").asString();
        assertThat(service.isSigned(access)).isTrue();
        JsonNode claims = ClientApp.claims(access);
        assertThat(claims.get("cid").asString()).isEqualTo(service.id());
        assertThat(claims.get("uid").asString()).isEqualTo(userId);
        assertThat(claims.get("sub").asString()).isEqualTo(LOGIN);
        assertThat(claims.get("aud").asString()).isEqualTo("api://open");
        assertThat(claims.get("auth_time")).isEqualTo(ClientApp.claims(subject).get("auth_time"));
        assertThat(service.isActive(access)).isTrue();
        String next =
                exchange(service(org, "Service 2").at(base), access)
                        .expect(200)
                        .text("access_token");
        app.ask("revoke", Map.of("token", tokens.get("refresh_token").asString())).expect(200);
        assertThat(service.isActive(access)).isFalse();
        assertThat(service.isActive(next)).isFalse();
        exchange(service, subject).expect(400, "invalid_grant");
        assertThat(org.http().get("/api/v1/logs?limit=1000").expect(200).text())
                .contains("app.oauth2.as.token.grant.access_token")
                .contains(GRANT);
    }

    @Test
    @DisplayName("tokens of another server count where it is trusted, of another org nowhere")
    void servers() {
        String far = open(org);
        ClientApp app = ClientApp.web(org, "Far phone").at(far);
        ClientApp service = service(org, "Near service").at(base);
        String subject = app.redeem(app.code(LOGIN)).expect(200).text("access_token");
        exchange(service, subject).expect(403, "access_denied");
        trust(base, far);
        exchange(service, subject).expect(200);
        ClientApp own = app.atOrg();
        String ofOrg = own.redeem(own.code(LOGIN)).expect(200).text("access_token");
        exchange(service, ofOrg).expect(403, "access_denied");
        Org other = server.newOrg();
        new Directory(other).active(LOGIN);
        ClientApp foreign = ClientApp.web(other, "Foreign phone").at(open(other));
        String foreignToken = foreign.redeem(foreign.code(LOGIN)).expect(200).text("access_token");
        exchange(service, foreignToken).expect(403, "access_denied");
    }

    @Test
    @DisplayName("only what is a user's access token, and still good, is taken")
    void subjects() {
        ClientApp app = ClientApp.web(org, "Careless phone").at(base);
        ClientApp service = service(org, "Careful service").at(base);
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String subject = tokens.get("access_token").asString();
        exchange(service, tokens.get("id_token").asString()).expect(400, "invalid_request");
        exchange(service, tokens.get("refresh_token").asString()).expect(400, "invalid_request");
        exchange(service, subject.replaceFirst("[.].", ".x")).expect(400, "invalid_request");
        exchange(service, JwtKey.rsa().assertion(forged(subject))).expect(400, "invalid_request");
        String mine =
                service.token(Map.of("grant_type", "client_credentials", "scope", "api:read"))
                        .expect(200)
                        .text("access_token");
        exchange(service, mine).expect(400, "invalid_request");
        app.ask("revoke", Map.of("token", subject)).expect(200);
        exchange(service, subject).expect(400, "invalid_grant");
        String login = "gone-behalf@example.com";
        String gone = Directory.id(new Directory(org).active(login));
        String last = app.redeem(app.code(login)).expect(200).text("access_token");
        exchange(service, last).expect(200);
        org.http().post("/api/v1/users/" + gone + "/lifecycle/suspend").expect(200);
        exchange(service, last).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName(
            "a service asks for what services may have, for this server; others do not ask at all")
    void asked() {
        ClientApp app = ClientApp.web(org, "Plain phone").at(base);
        ClientApp service = service(org, "Asking service").at(base);
        String subject = app.redeem(app.code(LOGIN)).expect(200).text("access_token");
        exchange(app, subject).expect(400, "unauthorized_client");
        exchange(bare(org, "Native").at(base), subject).expect(400, "invalid_request");
        service.token(and(said(subject), "audience", "api://elsewhere"))
                .expect(400, "invalid_target");
        service.token(and(said(subject), "audience", "")).expect(400, "invalid_target");
        service.token(and(said(subject), "scope", "openid")).expect(400, "invalid_scope");
        service.token(and(said(subject), "scope", "nonsense")).expect(400, "invalid_scope");
        service.token(and(said(subject), "subject_token_type", "nonsense"))
                .expect(400, "invalid_request");
        service.token(and(said(subject), "requested_token_type", "nonsense"))
                .expect(400, "invalid_request");
        service.atOrg().token(said(subject)).expect(400, "unsupported_grant_type");
        String closed = OpenServer.of(org, "authorization_code");
        scope(org, closed);
        trust(closed, base);
        service.at(closed).token(said(subject)).expect(401, "access_denied");
    }

    private static ObjectNode forged(String subject) {
        return (ObjectNode) ClientApp.claims(subject);
    }

    private static String open(Org org) {
        String path = OpenServer.of(org, "authorization_code", "client_credentials", GRANT);
        scope(org, path);
        return path;
    }

    private static void scope(Org org, String path) {
        org.http().post(servers(path) + "/scopes", "{\"name\":\"api:read\"}").expect(201);
    }

    private static String servers(String path) {
        return path.replace("/oauth2/", "/api/v1/authorizationServers/");
    }

    private void trust(String server, String other) {
        org.http()
                .post(
                        servers(server) + "/associatedServers",
                        "{\"trusted\":[\"" + other.substring("/oauth2/".length()) + "\"]}")
                .expect(200);
    }

    private static ClientApp service(Org org, String label) {
        return ClientApp.of(
                org,
                label,
                "service",
                "client_secret_basic",
                settings -> {
                    settings.remove("redirect_uris");
                    settings.remove("post_logout_redirect_uris");
                    settings.putArray("response_types").add("token");
                    settings.putArray("grant_types").add("client_credentials").add(GRANT);
                });
    }

    private static ClientApp bare(Org org, String label) {
        return ClientApp.of(
                org,
                label,
                "native",
                "none",
                settings ->
                        settings.putArray("grant_types")
                                .add("authorization_code")
                                .add("implicit")
                                .add(GRANT));
    }

    private static Map<String, String> said(String subject) {
        return Map.of(
                "grant_type", GRANT,
                "subject_token", subject,
                "subject_token_type", ACCESS,
                "audience", "api://open",
                "scope", "api:read");
    }

    private static Map<String, String> and(Map<String, String> said, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(said);
        all.put(name, value);
        return all;
    }

    private static Answer exchange(ClientApp client, String subject) {
        return client.token(said(subject));
    }
}
