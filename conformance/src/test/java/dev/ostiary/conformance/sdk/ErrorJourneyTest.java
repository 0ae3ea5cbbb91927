package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.CreateUserRequest;
import com.okta.sdk.resource.model.UserProfile;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: errors by code")
class ErrorJourneyTest {

    private final Server server;
    private final Org org;
    private final OktaSdk sdk;

    ErrorJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("a login that is taken, in any case of letters")
    void takenLogin() {
        sdk.active("taken@example.com");

        for (String login : List.of("taken@example.com", "TAKEN@example.com")) {
            JsonNode error = error(400, () -> sdk.active(login));
            assertThat(error.get("errorCode").asString()).isEqualTo("E0000001");
            assertThat(error.get("errorSummary").asString())
                    .isEqualTo("Api validation failed: login");
            assertThat(causes(error))
                    .containsExactly(
                            "login: An object with this field already exists in the current organization");
        }
    }

    @Test
    @DisplayName("an unknown id")
    void unknownId() {
        JsonNode error = error(404, () -> sdk.users().getUser("00uNoSuchUserAnywhere", null, null));

        assertThat(error.get("errorCode").asString()).isEqualTo("E0000007");
        assertThat(error.get("errorSummary").asString())
                .isEqualTo("Not found: Resource not found: 00uNoSuchUserAnywhere (User)");
        assertThat(error.get("errorCauses").isEmpty()).isTrue();
    }

    @Test
    @DisplayName("a token that is none")
    void badToken() {
        OktaSdk stranger = OktaSdk.of(server, org, "00NoTokenOfAnybody");

        JsonNode error = error(401, () -> stranger.users().getUser("me", null, null));

        assertThat(error.get("errorCode").asString()).isEqualTo("E0000011");
        assertThat(error.get("errorSummary").asString()).isEqualTo("Invalid token provided");
    }

    @Test
    @DisplayName("P6 every missing and wrong field has its cause, all at once")
    void everyCause() {
        JsonNode error =
                error(
                        400,
                        () ->
                                sdk.users()
                                        .createUser(
                                                new CreateUserRequest()
                                                        .profile(
                                                                new UserProfile()
                                                                        .email("no address")),
                                                true,
                                                null,
                                                null));

        assertThat(error.get("errorCode").asString()).isEqualTo("E0000001");
        assertThat(causes(error)).anySatisfy(cause -> assertThat(cause).startsWith("login:"));
        assertThat(causes(error)).anySatisfy(cause -> assertThat(cause).startsWith("firstName:"));
        assertThat(causes(error)).anySatisfy(cause -> assertThat(cause).startsWith("lastName:"));
        assertThat(causes(error)).anySatisfy(cause -> assertThat(cause).startsWith("email:"));
    }

    @Test
    @DisplayName("P3 an attribute that the schema does not have is named")
    void unknownAttribute() {
        JsonNode error =
                error(
                        400,
                        () ->
                                OktaSdk.named("extra@example.com")
                                        .setCustomProfileProperty("shoeSize", 44)
                                        .buildAndCreate(sdk.users()));

        assertThat(error.get("errorCode").asString()).isEqualTo("E0000001");
        assertThat(causes(error)).anySatisfy(cause -> assertThat(cause).contains("shoeSize"));
    }

    @Test
    @DisplayName("a step that the user's status forbids")
    void forbiddenStep() {
        var staged =
                OktaSdk.named("too-early@example.com").setActive(false).buildAndCreate(sdk.users());

        JsonNode error = error(400, () -> sdk.lifecycle().suspendUser(staged.getId()));

        assertThat(error.get("errorCode").asString()).isEqualTo("E0000001");
    }

    @Test
    @DisplayName("P24 a limit that is no number and a cursor that nobody gave")
    void badPaging() {
        assertThat(
                        error(
                                        400,
                                        () ->
                                                sdk.users()
                                                        .listUsers(
                                                                null,
                                                                null,
                                                                "nonsense!",
                                                                5,
                                                                null,
                                                                null,
                                                                null,
                                                                null))
                                .get("errorCode"))
                .isNotNull();
        org.http().get("/api/v1/users?limit=many").expect(400);
    }

    private static JsonNode error(int status, ThrowingCallable call) {
        ApiException thrown = catchThrowableOfType(ApiException.class, call);
        assertThat(thrown).as("an error was expected").isNotNull();
        assertThat(thrown.getCode()).as(thrown.getResponseBody()).isEqualTo(status);
        return OktaSdk.error(thrown);
    }

    private static List<String> causes(JsonNode error) {
        return Json.texts(error.get("errorCauses"), "errorSummary");
    }
}
