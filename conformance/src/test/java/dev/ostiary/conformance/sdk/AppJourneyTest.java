package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.ApplicationApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.Application;
import com.okta.sdk.resource.model.ApplicationCredentialsOAuthClient;
import com.okta.sdk.resource.model.ApplicationLifecycleStatus;
import com.okta.sdk.resource.model.ApplicationSignOnMode;
import com.okta.sdk.resource.model.BookmarkApplication;
import com.okta.sdk.resource.model.BookmarkApplicationSettings;
import com.okta.sdk.resource.model.BookmarkApplicationSettingsApplication;
import com.okta.sdk.resource.model.OAuthApplicationCredentials;
import com.okta.sdk.resource.model.OAuthEndpointAuthenticationMethod;
import com.okta.sdk.resource.model.OAuthGrantType;
import com.okta.sdk.resource.model.OAuthResponseType;
import com.okta.sdk.resource.model.OpenIdConnectApplication;
import com.okta.sdk.resource.model.OpenIdConnectApplicationSettings;
import com.okta.sdk.resource.model.OpenIdConnectApplicationSettingsClient;
import com.okta.sdk.resource.model.OpenIdConnectApplicationType;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: apps")
class AppJourneyTest {

    private final ApplicationApi apps;

    AppJourneyTest(Server server, Org org) {
        this.apps = new ApplicationApi(OktaSdk.of(server, org).client());
    }

    @Test
    @DisplayName("a bookmark is made, renamed, put to sleep and deleted")
    void bookmark() {
        BookmarkApplication made =
                (BookmarkApplication) apps.createApplication(newBookmark("News"), true, null);
        assertThat(made.getStatus()).isEqualTo(ApplicationLifecycleStatus.ACTIVE);
        assertThat(made.getSettings().getApp().getUrl()).isEqualTo("https://example.com/news");
        assertThat(made.getLinks().getDeactivate().getHref()).endsWith("/lifecycle/deactivate");

        Application renamed = apps.replaceApplication(made.getId(), newBookmark("Old news"));

        assertThat(renamed.getLabel()).isEqualTo("Old news");
        assertThat(apps.getApplication(made.getId(), null).getLabel()).isEqualTo("Old news");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> apps.deleteApplication(made.getId()))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(403);
                            assertThat(OktaSdk.error(thrown).get("errorCode").asString())
                                    .isEqualTo("E0000056");
                        });
        apps.deactivateApplication(made.getId());
        assertThat(apps.getApplication(made.getId(), null).getStatus())
                .isEqualTo(ApplicationLifecycleStatus.INACTIVE);
        apps.deleteApplication(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> apps.getApplication(made.getId(), null))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + made.getId()
                                                        + " (AppInstance)"));
    }

    @Test
    @DisplayName("an OpenID Connect client gets its id and secret, and is found in lists")
    void client() {
        OpenIdConnectApplication wanted = new OpenIdConnectApplication();
        wanted.name("oidc_client")
                .credentials(
                        new OAuthApplicationCredentials()
                                .oauthClient(
                                        new ApplicationCredentialsOAuthClient()
                                                .tokenEndpointAuthMethod(
                                                        OAuthEndpointAuthenticationMethod
                                                                .CLIENT_SECRET_POST)))
                .settings(
                        new OpenIdConnectApplicationSettings()
                                .oauthClient(
                                        new OpenIdConnectApplicationSettingsClient()
                                                .applicationType(OpenIdConnectApplicationType.WEB)
                                                .grantTypes(
                                                        List.of(OAuthGrantType.AUTHORIZATION_CODE))
                                                .responseTypes(List.of(OAuthResponseType.CODE))
                                                .redirectUris(List.of("https://example.com/cb"))))
                .label("SDK client")
                .signOnMode(ApplicationSignOnMode.OPENID_CONNECT);

        OpenIdConnectApplication made =
                (OpenIdConnectApplication) apps.createApplication(wanted, true, null);

        ApplicationCredentialsOAuthClient client = made.getCredentials().getOauthClient();
        assertThat(client.getClientId()).isEqualTo(made.getId());
        assertThat(client.getClientSecret()).hasSize(64);
        assertThat(made.getSettings().getOauthClient().getRedirectUris())
                .containsExactly("https://example.com/cb");
        assertThat(apps.listApplications("SDK", null, null, 200, null, null, null))
                .extracting(Application::getId)
                .containsExactly(made.getId());
        assertThat(
                        OktaSdk.pages(
                                after ->
                                        apps.listApplications(
                                                null, after, null, 2, null, null, null)))
                .extracting(Application::getId)
                .contains(made.getId());
    }

    private static Application newBookmark(String label) {
        BookmarkApplication wanted = new BookmarkApplication();
        wanted.name(BookmarkApplication.NameEnum.BOOKMARK)
                .settings(
                        new BookmarkApplicationSettings()
                                .app(
                                        new BookmarkApplicationSettingsApplication()
                                                .url("https://example.com/news")
                                                .requestIntegration(false)))
                .label(label)
                .signOnMode(ApplicationSignOnMode.BOOKMARK);
        return wanted;
    }
}
