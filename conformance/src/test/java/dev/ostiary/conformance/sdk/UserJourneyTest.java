package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.UpdateUserRequest;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserGetSingleton;
import com.okta.sdk.resource.model.UserProfile;
import com.okta.sdk.resource.model.UserStatus;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: users")
class UserJourneyTest {

    private final OktaSdk sdk;

    UserJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("a user with a password is ACTIVE at once, and holds what was said of them")
    void createsWithPassword() {
        User made =
                OktaSdk.named("grace@example.com")
                        .setPassword("Tr0ub4dor-and-3".toCharArray())
                        .setMobilePhone("+1-555-415-1337")
                        .setDepartment("Navy 🚢")
                        .buildAndCreate(sdk.users());

        assertThat(made.getStatus()).isEqualTo(UserStatus.ACTIVE);
        assertThat(made.getId()).startsWith("00u").hasSize(20);
        assertThat(made.getProfile().getDepartment()).isEqualTo("Navy 🚢");
        assertThat(made.getProfile().getMobilePhone()).isEqualTo("+1-555-415-1337");
        assertThat(made.getCreated()).isNotNull();
        assertThat(made.getActivated()).isNotNull();
        assertThat(made.getPasswordChanged()).isNotNull();
        assertThat(made.getType().getId()).startsWith("oty");
    }

    @Test
    @DisplayName("a user without a password is PROVISIONED, or STAGED when activation is put off")
    void createsWithoutPassword() {
        User provisioned =
                OktaSdk.named("no-password@example.com")
                        .setActive(true)
                        .buildAndCreate(sdk.users());
        User staged =
                OktaSdk.named("staged@example.com").setActive(false).buildAndCreate(sdk.users());

        assertThat(provisioned.getStatus()).isEqualTo(UserStatus.PROVISIONED);
        assertThat(staged.getStatus()).isEqualTo(UserStatus.STAGED);
        assertThat(staged.getActivated()).isNull();
    }

    @Test
    @DisplayName("a staged user is activated with a token that is shown because no mail is sent")
    void activatesStaged() {
        User staged =
                OktaSdk.named("to-activate@example.com")
                        .setActive(false)
                        .buildAndCreate(sdk.users());

        var token = sdk.lifecycle().activateUser(staged.getId(), false);

        assertThat(token.getActivationToken()).isNotBlank();
        assertThat(token.getActivationUrl()).contains(token.getActivationToken());
        assertThat(get(staged.getId()).getStatus()).isEqualTo(UserStatus.PROVISIONED);
    }

    @Test
    @DisplayName("a user is found by id, by login and by the short name of a login that is unique")
    void findsByEveryName() {
        User made = sdk.active("unique.ness@example.com");

        assertThat(get(made.getId()).getId()).isEqualTo(made.getId());
        assertThat(get("unique.ness@example.com").getId()).isEqualTo(made.getId());
        assertThat(get("unique.ness").getId()).isEqualTo(made.getId());
        assertThat(get("me").getStatus()).isEqualTo(UserStatus.ACTIVE);
    }

    @Test
    @DisplayName("a partial update changes what it names, a replacement clears what it leaves out")
    void updates() {
        User made =
                OktaSdk.named("change@example.com")
                        .setPassword("Tr0ub4dor-and-3".toCharArray())
                        .setNickName("Amazing Grace")
                        .setTitle("Captain")
                        .buildAndCreate(sdk.users());

        User updated =
                sdk.users()
                        .updateUser(
                                made.getId(), profile(new UserProfile().title("Admiral")), null);
        assertThat(updated.getProfile().getTitle()).isEqualTo("Admiral");
        assertThat(updated.getProfile().getNickName()).isEqualTo("Amazing Grace");
        assertThat(updated.getLastUpdated()).isAfterOrEqualTo(made.getLastUpdated());

        User replaced =
                sdk.users()
                        .replaceUser(
                                made.getId(),
                                profile(
                                        new UserProfile()
                                                .firstName("Grace")
                                                .lastName("Murray")
                                                .email("change@example.com")
                                                .login("change@example.com")),
                                null);
        assertThat(replaced.getProfile().getLastName()).isEqualTo("Murray");
        assertThat(replaced.getProfile().getNickName()).isNull();
        assertThat(get(made.getId()).getProfile().getTitle()).isNull();
        assertThat(replaced.getStatus()).isEqualTo(UserStatus.ACTIVE);
    }

    private static UpdateUserRequest profile(UserProfile profile) {
        return new UpdateUserRequest().profile(profile);
    }

    @Test
    @DisplayName("a user is suspended and taken back")
    void suspends() {
        User made = sdk.active("suspend@example.com");

        sdk.lifecycle().suspendUser(made.getId());
        assertThat(get(made.getId()).getStatus()).isEqualTo(UserStatus.SUSPENDED);

        sdk.lifecycle().unsuspendUser(made.getId());
        assertThat(get(made.getId()).getStatus()).isEqualTo(UserStatus.ACTIVE);
    }

    @Test
    @DisplayName("the first delete deactivates, the second removes")
    void deletesTwice() {
        User made = sdk.active("delete@example.com");

        sdk.users().deleteUser(made.getId(), false, null);
        assertThat(get(made.getId()).getStatus()).isEqualTo(UserStatus.DEPROVISIONED);

        sdk.users().deleteUser(made.getId(), false, null);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> get(made.getId()))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    @Test
    @DisplayName("a deactivated user can be activated again")
    void deactivates() {
        User made = sdk.active("deactivate@example.com");

        sdk.lifecycle().deactivateUser(made.getId(), false, null);
        assertThat(get(made.getId()).getStatus()).isEqualTo(UserStatus.DEPROVISIONED);

        sdk.lifecycle().activateUser(made.getId(), false);
        assertThat(get(made.getId()).getStatus()).isIn(UserStatus.PROVISIONED, UserStatus.ACTIVE);
    }

    @Test
    @DisplayName("a user is made a member of groups while being made")
    void createsInGroups() {
        var group =
                GroupBuilder.instance()
                        .setName("Crew")
                        .setDescription("of the journey")
                        .buildAndCreate(sdk.groups());

        User made =
                OktaSdk.named("crew@example.com")
                        .setActive(true)
                        .addGroup(group.getId())
                        .buildAndCreate(sdk.users());

        assertThat(sdk.resources().listUserGroups(made.getId()))
                .extracting(found -> found.getProfile().getName())
                .containsExactlyInAnyOrder("Everyone", "Crew");
    }

    @Test
    @DisplayName("what a user has nothing of is a true empty list")
    void listsNothing() {
        User made = sdk.active("nothing@example.com");

        assertThat(sdk.resources().listAppLinks(made.getId())).isEqualTo(List.of());
        assertThat(sdk.users().listUserBlocks(made.getId())).isEqualTo(List.of());
    }

    private UserGetSingleton get(String idOrLogin) {
        return sdk.users().getUser(idOrLogin, null, null);
    }
}
