package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.RealmApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.CreateRealmRequest;
import com.okta.sdk.resource.model.CreateUserRequest;
import com.okta.sdk.resource.model.Realm;
import com.okta.sdk.resource.model.RealmProfile;
import com.okta.sdk.resource.model.UpdateRealmRequest;
import com.okta.sdk.resource.model.UpdateUserRequest;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserProfile;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: realms")
class RealmJourneyTest {

    private final OktaSdk sdk;
    private final RealmApi realms;

    RealmJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
        this.realms = new RealmApi(sdk.client());
    }

    @Test
    @DisplayName("a realm is made, renamed, found and deleted; the default one stays")
    void made() {
        Realm car = make("Car Co");
        assertThat(car.getIsDefault()).isFalse();
        assertThat(car.getProfile().getRealmType()).isEqualTo(RealmProfile.RealmTypeEnum.PARTNER);

        Realm bike =
                realms.replaceRealm(
                        car.getId(),
                        new UpdateRealmRequest().profile(new RealmProfile().name("Bike Co")));

        assertThat(bike.getProfile().getName()).isEqualTo("Bike Co");
        assertThat(realms.getRealm(car.getId()).getProfile().getName()).isEqualTo("Bike Co");
        assertThat(search("profile.name co \"bike\"")).containsExactly(car.getId());
        assertThat(OktaSdk.pages(after -> realms.listRealms(1, after, null, null, null)))
                .extracting(Realm::getId)
                .contains(car.getId(), byDefault().getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> realms.deleteRealm(byDefault().getId()))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "This realm cannot be deleted. It is the default"
                                                        + " realm."));
        realms.deleteRealm(car.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> realms.getRealm(car.getId()))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + car.getId()
                                                        + " (Realm)"));
    }

    @Test
    @DisplayName("users are made in a realm, move to another, and keep theirs from deletion")
    void users() {
        Realm one = make("One");
        Realm two = make("Two");
        User user =
                sdk.users()
                        .createUser(
                                new CreateUserRequest()
                                        .profile(profile("realms@example.com"))
                                        .realmId(one.getId()),
                                false,
                                false,
                                null);
        assertThat(user.getRealmId()).isEqualTo(one.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> realms.deleteRealm(one.getId()))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                        .isEqualTo("E0000178"));

        sdk.users().updateUser(user.getId(), new UpdateUserRequest().realmId(two.getId()), null);

        realms.deleteRealm(one.getId());
        assertThat(sdk.list(null, null, "realmId eq \"" + two.getId() + "\""))
                .extracting(User::getId)
                .containsExactly(user.getId());
        assertThat(sdk.active("at-home@example.com").getRealmId()).isEqualTo(byDefault().getId());
    }

    private Realm make(String name) {
        return realms.createRealm(
                new CreateRealmRequest()
                        .profile(
                                new RealmProfile()
                                        .name(name)
                                        .realmType(RealmProfile.RealmTypeEnum.PARTNER)));
    }

    private Realm byDefault() {
        return OktaSdk.pages(after -> realms.listRealms(200, after, null, null, null)).stream()
                .filter(Realm::getIsDefault)
                .findFirst()
                .orElseThrow();
    }

    private List<String> search(String text) {
        return realms.listRealms(null, null, text, "profile.name", "asc").stream()
                .map(Realm::getId)
                .toList();
    }

    private static UserProfile profile(String login) {
        return new UserProfile().login(login).email(login).firstName("Grace").lastName("Hopper");
    }
}
