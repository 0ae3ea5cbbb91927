package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.AttackProtectionApi;
import com.okta.sdk.resource.api.BehaviorApi;
import com.okta.sdk.resource.api.ThreatInsightApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.BehaviorRule;
import com.okta.sdk.resource.model.BehaviorRuleAnomalousLocation;
import com.okta.sdk.resource.model.BehaviorRuleSettingsAnomalousLocation;
import com.okta.sdk.resource.model.BehaviorRuleType;
import com.okta.sdk.resource.model.BehaviorRuleVelocity;
import com.okta.sdk.resource.model.LifecycleStatus;
import com.okta.sdk.resource.model.LocationGranularity;
import com.okta.sdk.resource.model.ThreatInsightConfiguration;
import com.okta.sdk.resource.model.ThreatInsightConfiguration.ActionEnum;
import com.okta.sdk.resource.model.UserLockoutSettings;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: protection")
class ProtectionJourneyTest {

    private final Org org;
    private final OktaSdk sdk;

    ProtectionJourneyTest(Server server, Org org) {
        this.org = org;
        this.sdk = OktaSdk.of(server, org);
    }

    @Test
    @DisplayName("behaviours are listed, made, read, replaced, switched and deleted")
    void behaviours() {
        BehaviorApi behaviors = new BehaviorApi(sdk.client());
        assertThat(behaviors.listBehaviorDetectionRules())
                .extracting(BehaviorRule::getName)
                .contains("New City", "New Device", "New IP", "Velocity");

        BehaviorRuleAnomalousLocation asked = new BehaviorRuleAnomalousLocation();
        asked.setName("Far away");
        asked.setType(BehaviorRuleType.ANOMALOUS_LOCATION);
        asked.setSettings(
                new BehaviorRuleSettingsAnomalousLocation()
                        .granularity(LocationGranularity.LAT_LONG)
                        .radiusKilometers(70)
                        .maxEventsUsedForEvaluation(50));
        BehaviorRule made = behaviors.createBehaviorDetectionRule(asked);

        assertThat(made).isInstanceOf(BehaviorRuleAnomalousLocation.class);
        assertThat(made.getId()).startsWith("bhv");
        assertThat(made.getStatus()).isEqualTo(LifecycleStatus.ACTIVE);
        assertThat(made.getCreated()).isEqualTo(made.getLastUpdated());
        assertThat(made.getLink().getSelf().getHref())
                .isEqualTo(org.url() + "/api/v1/behaviors/" + made.getId());
        BehaviorRuleSettingsAnomalousLocation settings =
                ((BehaviorRuleAnomalousLocation) made).getSettings();
        assertThat(settings.getRadiusKilometers()).isEqualTo(70);
        assertThat(settings.getMinEventsNeededForEvaluation()).isZero();
        assertThat(behaviors.getBehaviorDetectionRule(made.getId())).isEqualTo(made);

        assertThat(behaviors.deactivateBehaviorDetectionRule(made.getId()).getStatus())
                .isEqualTo(LifecycleStatus.INACTIVE);
        asked.setName("Farther away");
        assertThat(behaviors.replaceBehaviorDetectionRule(made.getId(), asked))
                .satisfies(replaced -> assertThat(replaced.getName()).isEqualTo("Farther away"));
        assertThat(behaviors.activateBehaviorDetectionRule(made.getId()).getStatus())
                .isEqualTo(LifecycleStatus.ACTIVE);
        behaviors.deleteBehaviorDetectionRule(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> behaviors.getBehaviorDetectionRule(made.getId()))
                .satisfies(
                        thrown -> {
                            assertThat(thrown.getCode()).isEqualTo(404);
                            assertThat(thrown.getMessage()).contains("(BehaviorSettings)");
                        });
    }

    @Test
    @DisplayName("a velocity is five hundred miles an hour unless somebody says otherwise")
    void velocity() {
        BehaviorApi behaviors = new BehaviorApi(sdk.client());
        BehaviorRuleVelocity asked = new BehaviorRuleVelocity();
        asked.setName("Fast");
        asked.setType(BehaviorRuleType.VELOCITY);
        BehaviorRule made = behaviors.createBehaviorDetectionRule(asked);
        assertThat(((BehaviorRuleVelocity) made).getSettings().getVelocityKph()).isEqualTo(805);
        behaviors.deleteBehaviorDetectionRule(made.getId());
    }

    @Test
    @DisplayName("ThreatInsight is configured with zones, which stay as long as it names them")
    void threatInsight() {
        ThreatInsightApi threats = new ThreatInsightApi(sdk.client());
        assertThat(threats.getCurrentConfiguration().getAction()).isEqualTo(ActionEnum.NONE);
        String zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"Exempt\",\"gateways\":"
                                        + "[{\"type\":\"CIDR\",\"value\":\"192.0.2.0/24\"}]}")
                        .expect(200)
                        .text("id");
        ThreatInsightConfiguration block =
                new ThreatInsightConfiguration().action(ActionEnum.BLOCK).addexcludeZonesItem(zone);

        ThreatInsightConfiguration now = threats.updateConfiguration(block);

        assertThat(now.getAction()).isEqualTo(ActionEnum.BLOCK);
        assertThat(now.getExcludeZones()).containsExactly(zone);
        assertThat(threats.getCurrentConfiguration()).isEqualTo(now);
        org.http().post("/api/v1/zones/" + zone + "/lifecycle/deactivate").expect(200);
        org.http().delete("/api/v1/zones/" + zone).expect(403, "E0000006");
        threats.updateConfiguration(new ThreatInsightConfiguration().action(ActionEnum.NONE));
        org.http().delete("/api/v1/zones/" + zone).expect(204);
        org.http()
                .post(
                        "/api/v1/threats/configuration",
                        "{\"action\":\"audit\",\"excludeZones\":[\"" + zone + "\"]}")
                .expect(400, "E0000001");
    }

    @Test
    @DisplayName(
            "attack protection is switched; the SDK takes an older form of the answer to a read")
    void attackProtection() {
        AttackProtectionApi attacks = new AttackProtectionApi(sdk.client());
        assertThat(
                        attacks.replaceUserLockoutSettings(
                                        new UserLockoutSettings()
                                                .preventBruteForceLockoutFromUnknownDevices(true))
                                .getPreventBruteForceLockoutFromUnknownDevices())
                .isTrue();
        assertThat(
                        org.http()
                                .get("/attack-protection/api/v1/user-lockout-settings")
                                .expect(200)
                                .json()
                                .toString())
                .isEqualTo("{\"preventBruteForceLockoutFromUnknownDevices\":true}");
    }
}
