package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.SchemaApi;
import com.okta.sdk.resource.api.UserTypeApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.CreateUserRequest;
import com.okta.sdk.resource.model.CreateUserRequestType;
import com.okta.sdk.resource.model.CreateUserTypeRequest;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserProfile;
import com.okta.sdk.resource.model.UserSchema;
import com.okta.sdk.resource.model.UserSchemaAttribute;
import com.okta.sdk.resource.model.UserSchemaAttributeType;
import com.okta.sdk.resource.model.UserSchemaDefinitions;
import com.okta.sdk.resource.model.UserSchemaPublic;
import com.okta.sdk.resource.model.UserType;
import com.okta.sdk.resource.model.UserTypePostRequest;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: schemas and user types")
class SchemaJourneyTest {

    private final OktaSdk sdk;
    private final SchemaApi schemas;
    private final UserTypeApi types;

    SchemaJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
        this.schemas = new SchemaApi(sdk.client());
        this.types = new UserTypeApi(sdk.client());
    }

    @Test
    @DisplayName("an attribute of the org's own is added, written, found and removed")
    void attribute() {
        UserSchema changed =
                schemas.updateUserProfile(
                        "default", adding("twitterUserName", UserSchemaAttributeType.STRING));
        assertThat(changed.getDefinitions().getCustom().getProperties())
                .containsKey("twitterUserName");

        User made = user("tweets@example.com", null, "twitterUserName", "@harbour");

        assertThat(
                        sdk.users()
                                .getUser(made.getId(), null, null)
                                .getProfile()
                                .getAdditionalProperties())
                .containsEntry("twitterUserName", "@harbour");
        assertThat(
                        sdk.users()
                                .listUsers(
                                        null,
                                        null,
                                        null,
                                        200,
                                        null,
                                        "profile.twitterUserName eq \"@HARBOUR\"",
                                        null,
                                        null))
                .extracting(User::getId)
                .containsExactly(made.getId());
    }

    @Test
    @DisplayName("a type of users has a schema of its own, and goes after its last user")
    void type() {
        UserType made =
                types.createUserType(
                        new CreateUserTypeRequest()
                                .name("contractor")
                                .displayName("Contractor")
                                .description("x"));
        assertThat(made.getId()).startsWith("oty").hasSize(20);
        String schemaId = "osc" + made.getId().substring(3);
        schemas.updateUserProfile(schemaId, adding("agency", UserSchemaAttributeType.STRING));

        User user = user("ann@agency.example", made.getId(), "agency", "Blue");
        assertThat(user.getType().getId()).isEqualTo(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> user("bob@agency.example", null, "agency", "Red"))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));

        UserTypePostRequest renaming = new UserTypePostRequest().displayName("Agency");
        assertThat(types.updateUserType(made.getId(), renaming).getDisplayName())
                .isEqualTo("Agency");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> types.deleteUserType(made.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(403));
        sdk.users().deleteUser(user.getId(), null, null);
        sdk.users().deleteUser(user.getId(), null, null);
        types.deleteUserType(made.getId());
        assertThat(types.listUserTypes())
                .extracting(UserType::getName)
                .doesNotContain("contractor");
    }

    private static UserSchema adding(String name, UserSchemaAttributeType type) {
        return new UserSchema()
                .definitions(
                        new UserSchemaDefinitions()
                                .custom(
                                        new UserSchemaPublic()
                                                .putpropertiesItem(
                                                        name,
                                                        new UserSchemaAttribute()
                                                                .title(name)
                                                                .type(type))));
    }

    private User user(String login, @Nullable String typeId, String attribute, Object value) {
        UserProfile profile =
                new UserProfile().login(login).email(login).firstName("Ann").lastName("Lee");
        profile.getAdditionalProperties().put(attribute, value);
        CreateUserRequest request = new CreateUserRequest().profile(profile);
        if (typeId != null) {
            request.type(new CreateUserRequestType().id(typeId));
        }
        return sdk.users().createUser(request, false, null, null);
    }
}
