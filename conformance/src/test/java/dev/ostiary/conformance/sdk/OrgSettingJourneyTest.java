package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.OrgSettingCommunicationApi;
import com.okta.sdk.resource.api.OrgSettingContactApi;
import com.okta.sdk.resource.api.OrgSettingCustomizationApi;
import com.okta.sdk.resource.api.OrgSettingGeneralApi;
import com.okta.sdk.resource.api.OrgSettingSupportApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.OrgContactUser;
import com.okta.sdk.resource.model.OrgOktaSupportSetting;
import com.okta.sdk.resource.model.OrgSetting;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: what an org says of itself")
class OrgSettingJourneyTest {

    private final Server server;
    private final Org org;
    private final OktaSdk sdk;

    OrgSettingJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("P40 an update changes what it names, a replacement takes away what it does not")
    void general() {
        OrgSettingGeneralApi general = new OrgSettingGeneralApi(sdk.client());
        OrgSetting first = general.getOrgSettings();
        assertThat(first.getId()).isEqualTo(org.id());
        assertThat(first.getSubdomain()).isEqualTo(org.name());
        assertThat(first.getCompanyName()).isEqualTo(org.name());
        assertThat(first.getStatus()).isEqualTo(OrgSetting.StatusEnum.ACTIVE);

        general.updateOrgSettings(new OrgSetting().companyName("Acme").city("Vienna"));
        general.updateOrgSettings(new OrgSetting().website("https://acme.example"));

        OrgSetting now = general.getOrgSettings();
        assertThat(now.getCompanyName()).isEqualTo("Acme");
        assertThat(now.getCity()).isEqualTo("Vienna");
        assertThat(now.getWebsite()).isEqualTo("https://acme.example");
        OrgSetting replaced = general.replaceOrgSettings(new OrgSetting().companyName("Acme"));
        assertThat(replaced.getCity()).isNull();
        assertThat(
                        new OrgSettingGeneralApi(OktaSdk.of(server, server.newOrg()).client())
                                .getOrgSettings()
                                .getCompanyName())
                .isNotEqualTo("Acme");
    }

    @Test
    @DisplayName("contacts are the first administrator until somebody else is named")
    void contacts() {
        OrgSettingContactApi contacts = new OrgSettingContactApi(sdk.client());
        // the SDK's class of this answer is none that the SDK can read
        assertThat(org.http().get("/api/v1/org/contacts").expect(200).json())
                .extracting(type -> type.get("contactType").asString())
                .containsExactly("BILLING", "TECHNICAL");
        String administrator = sdk.users().getUser("me", null, null).getId();
        assertThat(contacts.getOrgContactUser("BILLING").getUserId()).isEqualTo(administrator);

        String user = Directory.id(new Directory(org).staged("billing@example.com"));
        contacts.replaceOrgContactUser("BILLING", new OrgContactUser().userId(user));

        assertThat(contacts.getOrgContactUser("billing").getUserId()).isEqualTo(user);
        assertThat(contacts.getOrgContactUser("TECHNICAL").getUserId()).isEqualTo(administrator);
        String nobody = "00u00000000000000000";
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                contacts.replaceOrgContactUser(
                                        "BILLING", new OrgContactUser().userId(nobody)))
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains("(User)"));
        org.http().delete("/api/v1/users/" + user).expect(204);
        org.http().delete("/api/v1/users/" + user).expect(204);
        assertThat(contacts.getOrgContactUser("BILLING").getUserId()).isEqualTo(administrator);
    }

    @Test
    @DisplayName("nobody is named any more by null, and a contact of no type is a bad request")
    void noContacts() {
        OrgSettingContactApi contacts = new OrgSettingContactApi(sdk.client());
        String administrator = sdk.users().getUser("me", null, null).getId();
        String user = Directory.id(new Directory(org).staged("technical@example.com"));
        contacts.replaceOrgContactUser("TECHNICAL", new OrgContactUser().userId(user));
        assertThat(
                        contacts.replaceOrgContactUser(
                                        "TECHNICAL", new OrgContactUser().userId(null))
                                .getUserId())
                .isEqualTo(administrator);
        org.http().get("/api/v1/org/contacts/PERSONAL").expect(400, "E0000001");
    }

    @Test
    @DisplayName("footer and communication are switched, and support has no access")
    void preferences() {
        OrgSettingCustomizationApi preferences = new OrgSettingCustomizationApi(sdk.client());
        assertThat(preferences.getOrgPreferences().getShowEndUserFooter()).isTrue();
        assertThat(preferences.setOrgHideOktaUIFooter().getShowEndUserFooter()).isFalse();
        assertThat(preferences.getOrgPreferences().getShowEndUserFooter()).isFalse();
        assertThat(preferences.setOrgShowOktaUIFooter().getShowEndUserFooter()).isTrue();
        OrgSettingCommunicationApi mails = new OrgSettingCommunicationApi(sdk.client());
        assertThat(mails.getOktaCommunicationSettings().getOptOutEmailUsers()).isFalse();
        assertThat(mails.optOutUsersFromOktaCommunicationEmails().getOptOutEmailUsers()).isTrue();
        assertThat(mails.optInUsersToOktaCommunicationEmails().getOptOutEmailUsers()).isFalse();
        assertThat(new OrgSettingSupportApi(sdk.client()).getOrgOktaSupportSettings().getSupport())
                .isEqualTo(OrgOktaSupportSetting.DISABLED);
    }
}
