package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
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
@DisplayName("Federated claims: what an app's ID tokens say beside scopes")
class FederatedClaimsTest {

    private static final String LOGIN = "federated@example.com";

    private final Org org;

    FederatedClaimsTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void world() {
        new Directory(org).active(LOGIN);
    }

    private String claim(ClientApp app, String name, String expression) {
        return org.http()
                .post(
                        "/api/v1/apps/" + app.id() + "/federated-claims",
                        Json.object().put("name", name).put("expression", expression))
                .expect(201)
                .text("id");
    }

    private static JsonNode idToken(ClientApp app) {
        return ClientApp.claims(app.redeem(app.code(LOGIN)).expect(200).text("id_token"));
    }

    @Test
    @DisplayName(
            "ID tokens of both kinds of servers have them, and the next one has what they say by then")
    void idTokens() {
        ClientApp app = ClientApp.web(org, "Federated");
        assertThat(idToken(app).has("where")).isFalse();
        String id = claim(app, "where", "org.subDomain + '!'");
        claim(app, "who", "appuser.userName");

        assertThat(idToken(app).get("where").asString()).isEqualTo(org.name() + "!");
        assertThat(idToken(app.atOrg()).get("where").asString()).isEqualTo(org.name() + "!");
        assertThat(idToken(app.atOrg()).get("who").asString()).isEqualTo(LOGIN);
        assertThat(idToken(ClientApp.web(org, "Another")).has("where")).isFalse();

        String path = "/api/v1/apps/" + app.id() + "/federated-claims/" + id;
        org.http()
                .put(path, Json.object().put("name", "where").put("expression", "user.login"))
                .expect(201);
        assertThat(idToken(app).get("where").asString()).isEqualTo(LOGIN);
        org.http().delete(path).expect(204);
        assertThat(idToken(app).has("where")).isFalse();
    }

    @Test
    @DisplayName("none takes the place of what the token says, and what has no value says nothing")
    void bounds() {
        ClientApp app = ClientApp.web(org, "Bounded");
        claim(app, "sub", "'somebody else'");
        claim(app, "aud", "'another'");
        claim(app, "unknown", "appuser.entitlements.role");

        JsonNode token = idToken(app);

        assertThat(token.get("sub").asString()).startsWith("00u");
        assertThat(token.get("aud").asString()).isEqualTo(app.id());
        assertThat(token.has("unknown")).isFalse();
    }

    @Test
    @DisplayName("an expression that means nothing is refused, and the one before stays")
    void broken() {
        ClientApp app = ClientApp.web(org, "Broken");
        String id = claim(app, "login", "user.login");
        String claims = "/api/v1/apps/" + app.id() + "/federated-claims";
        for (String expression : List.of("user.nope", "user.login(", "source.login", "")) {
            ObjectNode said = Json.object().put("name", "login2").put("expression", expression);
            org.http().post(claims, said).expect(400, "E0000001");
            org.http().put(claims + "/" + id, said).expect(400, "E0000001");
        }
        assertThat(idToken(app).get("login").asString()).isEqualTo(LOGIN);
        assertThat(idToken(app).has("login2")).isFalse();
    }
}
