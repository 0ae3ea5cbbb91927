package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.ApplicationApi;
import com.okta.sdk.resource.api.ApplicationGroupsApi;
import com.okta.sdk.resource.api.ApplicationSsoCredentialKeyApi;
import com.okta.sdk.resource.api.ApplicationUsersApi;
import com.okta.sdk.resource.api.ProfileMappingApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.AppUser;
import com.okta.sdk.resource.model.AppUserAssignRequest;
import com.okta.sdk.resource.model.Application;
import com.okta.sdk.resource.model.ApplicationGroupAssignment;
import com.okta.sdk.resource.model.ApplicationSignOnMode;
import com.okta.sdk.resource.model.JsonWebKey;
import com.okta.sdk.resource.model.ListProfileMappings;
import com.okta.sdk.resource.model.SamlApplication;
import com.okta.sdk.resource.model.User;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: who is given an app, and what the app signs with")
class AppAssignmentJourneyTest {

    private final Org org;
    private final OktaSdk sdk;
    private final ApplicationApi apps;

    AppAssignmentJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
        this.apps = new ApplicationApi(sdk.client());
    }

    @Test
    @DisplayName("users have an app by themselves and by a group, and lose it")
    void assigned() {
        ApplicationUsersApi users = new ApplicationUsersApi(sdk.client());
        ApplicationGroupsApi groups = new ApplicationGroupsApi(sdk.client());
        String app = saml("Assigned").getId();
        User ann = sdk.active("assigned-ann@example.com");
        User bob = sdk.active("assigned-bob@example.com");

        AppUser direct =
                users.assignUserToApplication(app, new AppUserAssignRequest().id(ann.getId()));

        assertThat(direct.getScope()).isEqualTo(AppUser.ScopeEnum.USER);
        assertThat(direct.getCredentials().getUserName()).isEqualTo("assigned-ann@example.com");
        String group = Directory.id(new Directory(org).group("Assigned"));
        org.http().put("/api/v1/groups/" + group + "/users/" + bob.getId()).expect(204);
        ApplicationGroupAssignment assigned =
                groups.assignGroupToApplication(app, group, new ApplicationGroupAssignment());
        assertThat(assigned.getPriority()).isZero();
        assertThat(users.listApplicationUsers(app, null, 50, null, null))
                .extracting(AppUser::getId)
                .containsExactlyInAnyOrder(ann.getId(), bob.getId());
        assertThat(apps.listApplications(null, null, null, 20, filter(bob), null, null))
                .extracting(Application::getId)
                .containsExactly(app);
        users.unassignUserFromApplication(app, ann.getId(), false);
        groups.unassignApplicationFromGroup(app, group);
        assertThat(users.listApplicationUsers(app, null, 50, null, null)).isEmpty();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> users.getApplicationUser(app, ann.getId(), null))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(404));
    }

    private static String filter(User user) {
        return "user.id eq \"" + user.getId() + "\"";
    }

    @Test
    @DisplayName("a key is generated and shown, and SAML metadata carries its certificate")
    void keys() {
        ApplicationSsoCredentialKeyApi keys = new ApplicationSsoCredentialKeyApi(sdk.client());
        String app = saml("Signs").getId();

        JsonWebKey made = keys.generateApplicationKey(app, 3);

        assertThat(keys.getApplicationKey(app, made.getKid()).getX5c()).isEqualTo(made.getX5c());
        assertThat(keys.listApplicationKeys(app))
                .extracting(JsonWebKey::getKid)
                .contains(made.getKid())
                .hasSize(2);
        String xml =
                org.http()
                        .with("Accept", "application/xml")
                        .get("/api/v1/apps/" + app + "/sso/saml/metadata?kid=" + made.getKid())
                        .expect(200)
                        .text();
        assertThat(xml).contains("<ds:X509Certificate>" + made.getX5c().getFirst() + "<");
    }

    @Test
    @DisplayName("an app has its mappings from its first day")
    void mappings() {
        ProfileMappingApi mappings = new ProfileMappingApi(sdk.client());
        String app = saml("Mapped").getId();
        ListProfileMappings into = mappings.listProfileMappings(null, 20, null, app).getFirst();
        assertThat(into.getTarget().getId()).isEqualTo(app);
        assertThat(mappings.getProfileMapping(into.getId()).getProperties()).isEmpty();
    }

    private Application saml(String label) {
        SamlApplication wanted = new SamlApplication();
        wanted.label(label).signOnMode(ApplicationSignOnMode.SAML_2_0);
        return apps.createApplication(wanted, true, null);
    }
}
