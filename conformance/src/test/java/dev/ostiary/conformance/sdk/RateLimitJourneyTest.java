package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.PrincipalRateLimitApi;
import com.okta.sdk.resource.api.RateLimitSettingsApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.PerClientRateLimitMode;
import com.okta.sdk.resource.model.PerClientRateLimitSettings;
import com.okta.sdk.resource.model.PerClientRateLimitSettingsUseCaseModeOverrides;
import com.okta.sdk.resource.model.PrincipalRateLimitEntity;
import com.okta.sdk.resource.model.PrincipalType;
import com.okta.sdk.resource.model.RateLimitAdminNotifications;
import com.okta.sdk.resource.model.RateLimitWarningThresholdRequest;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: rate limits")
class RateLimitJourneyTest {

    private static final String TOKENS = "principalType eq \"SSWS_TOKEN\"";

    private final Server server;
    private final Org org;
    private final OktaSdk sdk;

    RateLimitJourneyTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName(
            "P34 the share of a token is made, listed, read and replaced; the SDK cannot say how much")
    void principals() {
        PrincipalRateLimitApi limits = new PrincipalRateLimitApi(sdk.client());
        String token = sdk.tokens().listApiTokens().getFirst().getId();

        PrincipalRateLimitEntity made = limits.createPrincipalRateLimitEntity(share(token));

        assertThat(made.getId()).startsWith("prl");
        assertThat(made.getOrgId()).isEqualTo(org.id());
        assertThat(made.getDefaultPercentage()).isEqualTo(50);
        assertThat(made.getDefaultConcurrencyPercentage()).isEqualTo(50);
        assertThat(made.getCreatedDate()).isEqualTo(made.getLastUpdate());
        assertThat(limits.getPrincipalRateLimitEntity(made.getId())).isEqualTo(made);
        assertThat(limits.listPrincipalRateLimitEntities(TOKENS, null, null)).contains(made);
        org.http()
                .put(
                        "/api/v1/principal-rate-limits/" + made.getId(),
                        Json.object()
                                .put("principalId", token)
                                .put("principalType", "SSWS_TOKEN")
                                .put("defaultPercentage", 80))
                .expect(200);
        assertThat(limits.getPrincipalRateLimitEntity(made.getId()).getDefaultPercentage())
                .isEqualTo(80);
        assertThat(
                        limits.replacePrincipalRateLimitEntity(made.getId(), share(token))
                                .getDefaultPercentage())
                .isEqualTo(50);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> limits.createPrincipalRateLimitEntity(share(token)))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(400));
    }

    @Test
    @DisplayName("P34 the settings are read as they are at first, and replaced")
    void settings() {
        RateLimitSettingsApi settings = new RateLimitSettingsApi(sdk.client());
        assertThat(settings.getRateLimitSettingsAdminNotifications().getNotificationsEnabled())
                .isTrue();
        assertThat(settings.getRateLimitSettingsWarningThreshold().getWarningThreshold())
                .isEqualTo(90);
        assertThat(settings.getRateLimitSettingsPerClient().getDefaultMode())
                .isEqualTo(PerClientRateLimitMode.ENFORCE);

        settings.replaceRateLimitSettingsAdminNotifications(
                new RateLimitAdminNotifications().notificationsEnabled(false));
        settings.replaceRateLimitSettingsWarningThreshold(
                new RateLimitWarningThresholdRequest().warningThreshold(66));
        settings.replaceRateLimitSettingsPerClient(
                new PerClientRateLimitSettings()
                        .defaultMode(PerClientRateLimitMode.PREVIEW)
                        .useCaseModeOverrides(
                                new PerClientRateLimitSettingsUseCaseModeOverrides()
                                        .LOGIN_PAGE(PerClientRateLimitMode.ENFORCE)));

        assertThat(settings.getRateLimitSettingsAdminNotifications().getNotificationsEnabled())
                .isFalse();
        assertThat(settings.getRateLimitSettingsWarningThreshold().getWarningThreshold())
                .isEqualTo(66);
        PerClientRateLimitSettings perClient = settings.getRateLimitSettingsPerClient();
        assertThat(perClient.getDefaultMode()).isEqualTo(PerClientRateLimitMode.PREVIEW);
        assertThat(perClient.getUseCaseModeOverrides().getLOGINPAGE())
                .isEqualTo(PerClientRateLimitMode.ENFORCE);
    }

    /**
     * It waits for the end of a window, a minute at most, as it is documented to do; its HTTP
     * client does not wait longer than its timeout for an answer, which the SDK sets to the one for
     * connections (30 seconds unless told otherwise), not to the one for requests.
     */
    @Tag("deep")
    @Test
    @DisplayName("P34 after a 429 the SDK waits until the time that the header says, and goes on")
    void retries() {
        Org limited = server.newOrg();
        server.defaultOrg()
                .http()
                .put(
                        "/ostiary/v1/orgs/" + limited.id() + "/rate-limits",
                        Json.object().put("profile", "2"))
                .expect(200);
        long reset =
                Long.parseLong(
                        limited.http()
                                .get("/api/v1/users/me")
                                .expect(200)
                                .header("X-Rate-Limit-Reset")
                                .orElseThrow());
        limited.http().get("/api/v1/users/me").expect(200);
        limited.http().get("/api/v1/users/me").expect(429, "E0000047");

        System.setProperty("okta.client.connectionTimeout", "120");
        try {
            assertThat(OktaSdk.of(server, limited).users().getUser("me", null, null).getId())
                    .startsWith("00u");
        } finally {
            System.clearProperty("okta.client.connectionTimeout");
        }

        long next =
                Long.parseLong(
                        limited.http()
                                .get("/api/v1/users/me")
                                .expect(200)
                                .header("X-Rate-Limit-Reset")
                                .orElseThrow());
        assertThat(next).isGreaterThanOrEqualTo(reset + 60);
    }

    private static PrincipalRateLimitEntity share(String token) {
        return new PrincipalRateLimitEntity()
                .principalId(token)
                .principalType(PrincipalType.SSWS_TOKEN);
    }
}
