package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.jwt.AccessTokenVerifier;
import com.okta.jwt.IdTokenVerifier;
import com.okta.jwt.Jwt;
import com.okta.jwt.JwtVerificationException;
import com.okta.jwt.JwtVerifiers;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The official verifier of tokens in Java")
class JwtVerifierJourneyTest {

    private static final String LOGIN = "verified@example.com";

    private final Server server;
    private final Org org;
    private String userId = "";

    JwtVerifierJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        OktaSdk.trust(server);
        userId = Directory.id(new Directory(org).active(LOGIN));
    }

    private static JsonNode tokens(ClientApp app) {
        return app.redeem(app.code(LOGIN)).expect(200).json();
    }

    private static String access(ClientApp app) {
        return tokens(app).get("access_token").asString();
    }

    private AccessTokenVerifier ofAccess(String path, String audience) {
        return JwtVerifiers.accessTokenVerifierBuilder()
                .setIssuer(org.url() + path)
                .setAudience(audience)
                .build();
    }

    @Test
    @DisplayName("P22 takes access tokens of the server that it knows, for its audience")
    void accessTokens() throws JwtVerificationException {
        ClientApp app = ClientApp.web(org, "Verified access");
        String token = access(app);

        Jwt jwt = ofAccess("/oauth2/default", "api://default").decode(token);

        assertThat(jwt.getClaims())
                .containsEntry("cid", app.id())
                .containsEntry("uid", userId)
                .containsEntry("sub", LOGIN)
                .containsEntry("iss", org.url() + "/oauth2/default");
        assertThat(jwt.getExpiresAt()).isAfter(jwt.getIssuedAt());
        refused(ofAccess("/oauth2/default", "api://another"), token);
        refused(ofAccess("/oauth2/default", "api://default"), access(app.atOrg()));
    }

    @Test
    @DisplayName("takes ID tokens of both kinds of servers, for its client and nonce")
    void idTokens() throws JwtVerificationException {
        ClientApp custom = ClientApp.web(org, "Verified identity");
        for (ClientApp app : List.of(custom, custom.atOrg())) {
            String issuer = org.url() + (app.base().equals("/oauth2") ? "" : app.base());
            String token = tokens(app).get("id_token").asString();
            IdTokenVerifier verifier = ofIdentity(issuer, app.id());

            assertThat(verifier.decode(token, "a-nonce").getClaims())
                    .containsEntry("sub", userId)
                    .containsEntry("email", LOGIN);
            assertThatExceptionOfType(JwtVerificationException.class)
                    .isThrownBy(() -> verifier.decode(token, "another-nonce"));
            assertThatExceptionOfType(JwtVerificationException.class)
                    .isThrownBy(() -> ofIdentity(issuer, "another").decode(token, "a-nonce"));
        }
    }

    private static IdTokenVerifier ofIdentity(String issuer, String client) {
        return JwtVerifiers.idTokenVerifierBuilder().setIssuer(issuer).setClientId(client).build();
    }

    @Test
    @DisplayName(
            "takes tokens of before and after the keys were rotated, with keys read before or after")
    void rotation() throws JwtVerificationException {
        String id = rotating();
        ClientApp app = ClientApp.web(org, "Rotating").at("/oauth2/" + id);
        AccessTokenVerifier early = ofAccess(app.base(), "api://rotating");
        String before = access(app);
        early.decode(before);

        org.http()
                .post(
                        "/api/v1/authorizationServers/" + id + "/credentials/lifecycle/keyRotate",
                        Json.object().put("use", "sig"))
                .expect(200);
        String after = access(app);

        assertThat(kid(after)).isNotEqualTo(kid(before));
        early.decode(after);
        AccessTokenVerifier late = ofAccess(app.base(), "api://rotating");
        late.decode(before);
        late.decode(after);
    }

    private static String kid(String token) {
        return Json.parse(Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .get("kid")
                .asString();
    }

    /** A server whose keys change by hand, which gives everybody everything. */
    private String rotating() {
        ObjectNode said = Json.object().put("name", "Rotating").put("description", "by hand");
        said.putArray("audiences").add("api://rotating");
        said.putObject("credentials").putObject("signing").put("rotationMode", "MANUAL");
        String id = org.http().post("/api/v1/authorizationServers", said).expect(201).text("id");
        ObjectNode policy =
                Json.object()
                        .put("type", "OAUTH_AUTHORIZATION_POLICY")
                        .put("name", "Everybody")
                        .put("description", "for a journey");
        policy.putObject("conditions").putObject("clients").putArray("include").add("ALL_CLIENTS");
        String policies = "/api/v1/authorizationServers/" + id + "/policies";
        String made = org.http().post(policies, policy).expect(201).text("id");
        ObjectNode rule = Json.object().put("type", "RESOURCE_ACCESS").put("name", "Everything");
        ObjectNode conditions = rule.putObject("conditions");
        conditions.putObject("people").putObject("groups").putArray("include").add("EVERYONE");
        conditions.putObject("grantTypes").putArray("include").add("authorization_code");
        conditions.putObject("scopes").putArray("include").add("*");
        org.http().post(policies + "/" + made + "/rules", rule).expect(201);
        return id;
    }

    @Test
    @DisplayName("refuses what was changed, and what nobody signed")
    void forged() {
        ClientApp app = ClientApp.web(org, "Forged");
        String[] parts = access(app).split("\\.");
        ObjectNode claims = (ObjectNode) Json.parse(Base64.getUrlDecoder().decode(parts[1]));
        String changed = encoded(claims.put("sub", "root@example.com").toString());
        AccessTokenVerifier verifier = ofAccess("/oauth2/default", "api://default");

        refused(verifier, parts[0] + "." + changed + "." + parts[2]);
        refused(verifier, encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + changed + ".");
        refused(verifier, parts[0] + "." + parts[1] + ".");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(AccessTokenVerifier verifier, String token) {
        assertThatExceptionOfType(JwtVerificationException.class)
                .isThrownBy(() -> verifier.decode(token));
    }
}
