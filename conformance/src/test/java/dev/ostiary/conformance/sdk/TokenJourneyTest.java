package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.ApiToken;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: API tokens")
class TokenJourneyTest {

    private final Server server;
    private final Org org;
    private final OktaSdk sdk;

    TokenJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("P20 tokens are listed and read without their text")
    void lists() {
        JsonNode made = token("listed");

        ApiToken read = sdk.tokens().getApiToken(made.get("id").asString());

        assertThat(read.getName()).isEqualTo("listed");
        assertThat(read.getUserId()).startsWith("00u");
        assertThat(read.getExpiresAt()).isAfter(read.getCreated());
        assertThat(sdk.tokens().listApiTokens())
                .extracting(ApiToken::getId)
                .contains(made.get("id").asString());
        assertThat(org.http().get("/api/v1/api-tokens").text())
                .doesNotContain(made.get("token").asString());
    }

    @Test
    @DisplayName("P20 a revoked token is dead with the next request")
    void revokes() {
        JsonNode made = token("to be revoked");
        OktaSdk other = OktaSdk.of(server, org, made.get("token").asString());
        assertThat(other.users().getUser("me", null, null).getId()).startsWith("00u");

        sdk.tokens().revokeApiToken(made.get("id").asString());

        assertRefused(other);
    }

    @Test
    @DisplayName("P20 a token revokes itself")
    void revokesItself() {
        OktaSdk other = OktaSdk.of(server, org, token("tired of itself").get("token").asString());

        other.tokens().revokeCurrentApiToken();

        assertRefused(other);
    }

    @Test
    @DisplayName(
            "P20 a token dies with its user's deactivation, and has the rights of its user only")
    void followsItsUser() {
        JsonNode user = new Directory(org).active("token-holder@example.com");
        String text =
                org.http()
                        .post(
                                "/ostiary/v1/apiTokens",
                                Json.object()
                                        .put("user", "token-holder@example.com")
                                        .put("name", "plain"))
                        .expect(201)
                        .text("token");
        assertThat(org.nobody().token(text).get("/api/v1/users").status()).isEqualTo(403);

        org.http()
                .post("/api/v1/users/" + Directory.id(user) + "/lifecycle/deactivate")
                .expect(200);

        org.nobody().token(text).get("/api/v1/users").expect(401, "E0000011");
    }

    private static void assertRefused(OktaSdk sdk) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> sdk.users().getUser("me", null, null))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(401);
                            assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                    .isEqualTo("E0000011");
                        });
    }

    private JsonNode token(String name) {
        return org.http()
                .post(
                        "/ostiary/v1/apiTokens",
                        Json.object().put("user", org.adminLogin()).put("name", name))
                .expect(201)
                .json();
    }
}
