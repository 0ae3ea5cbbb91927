package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("What claims say of the user of an app")
class AppUserClaimsTest {

    private static final String LOGIN = "claimed@example.com";

    private final Org org;

    AppUserClaimsTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName("is the name that the user has there, in every token and at the end of a refresh")
    void userName() {
        String userId = Directory.id(new Directory(org).active(LOGIN));
        ClientApp app = ClientApp.web(org, "Names");
        ObjectNode assigned = Json.object().put("id", userId).put("scope", "USER");
        assigned.putObject("credentials").put("userName", "ada-of-names");
        org.http().post("/api/v1/apps/" + app.id() + "/users", assigned).expect(200);
        org.http()
                .post(
                        "/api/v1/authorizationServers/default/claims",
                        Json.object()
                                .put("name", "known_as")
                                .put("claimType", "IDENTITY")
                                .put("valueType", "EXPRESSION")
                                .put("value", "appuser.userName")
                                .put("alwaysIncludeInToken", true))
                .expect(201);

        JsonNode first = app.redeem(app.code(LOGIN)).expect(200).json();
        JsonNode next = app.refresh(first.get("refresh_token").asString()).expect(200).json();

        for (JsonNode tokens : new JsonNode[] {first, next}) {
            JsonNode access = ClientApp.claims(tokens.get("access_token").asString());
            assertThat(access.get("sub").asString()).isEqualTo("ada-of-names");
            assertThat(access.get("uid").asString()).isEqualTo(userId);
            JsonNode identity = ClientApp.claims(tokens.get("id_token").asString());
            assertThat(identity.get("known_as").asString()).isEqualTo("ada-of-names");
            assertThat(identity.get("sub").asString()).isEqualTo(userId);
        }
        ClientApp other = ClientApp.web(org, "Others");
        JsonNode there = other.redeem(other.code(LOGIN)).expect(200).json();
        assertThat(ClientApp.claims(there.get("access_token").asString()).get("sub").asString())
                .as("in an app that calls its users by their logins")
                .isEqualTo(LOGIN);
    }
}
