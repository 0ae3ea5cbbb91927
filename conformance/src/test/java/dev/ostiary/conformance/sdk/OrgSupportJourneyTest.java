package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.OrgSettingSupportApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.OrgAerialConsent;
import com.okta.sdk.resource.model.OrgOktaSupportSetting;
import com.okta.sdk.resource.model.OrgOktaSupportSettingsObj;
import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: who may act in an org besides its administrators")
class OrgSupportJourneyTest {

    private static final String SUPPORT = "/api/v1/org/privacy/oktaSupport";
    private static final String CASES = SUPPORT + "/cases";
    private static final String OWN = "/ostiary/v1/supportCases";
    private static final String ACCOUNT = "0200bs0617vvhv2v675mch1cukp";

    private final Server server;

    OrgSupportJourneyTest(Server server) {
        this.server = server;
    }

    private static OrgSettingSupportApi api(Server server, Org org) {
        return new OrgSettingSupportApi(OktaSdk.of(server, org).client());
    }

    private static List<String> log(Org org) {
        List<String> types = new ArrayList<>();
        for (JsonNode event :
                org.http()
                        .get(
                                "/api/v1/logs?filter=eventType%20sw%20%22user.session.impersonation"
                                        + "%22%20or%20eventType%20sw%20%22account.org.consent%22")
                        .expect(200)
                        .json()) {
            types.add(event.get("eventType").asString());
        }
        return types;
    }

    private static Answer decide(Org org, String number, String body) {
        return org.http()
                .with("Content-Type", "application/json")
                .send("PATCH", CASES + "/" + number, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String opened(Org org) {
        return org.http()
                .post(OWN, "{\"subject\":\"Reset admin password\",\"requestsAccess\":true}")
                .expect(201)
                .text("caseNumber");
    }

    @Test
    @DisplayName(
            "P38 support is let in for eight hours, for a day more, and out, and the log says so")
    void support() {
        Org org = server.newOrg();
        OrgSettingSupportApi support = api(server, org);

        OrgOktaSupportSettingsObj granted = support.grantOktaSupport();
        OffsetDateTime end = Objects.requireNonNull(granted.getExpiration());
        assertThat(granted.getSupport()).isEqualTo(OrgOktaSupportSetting.ENABLED);
        assertThat(support.extendOktaSupport().getExpiration()).isEqualTo(end.plusDays(1));
        assertThat(support.revokeOktaSupport().getSupport())
                .isEqualTo(OrgOktaSupportSetting.DISABLED);
        assertThat(support.extendOktaSupport().getSupport())
                .isEqualTo(OrgOktaSupportSetting.DISABLED);

        assertThat(log(org))
                .containsExactly(
                        "user.session.impersonation.grant",
                        "user.session.impersonation.extend",
                        "user.session.impersonation.revoke");
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"strict\":true}")
                .expect(200);
        assertThat(org.http().post(SUPPORT + "/grant").expect(301).header("Location"))
                .hasValue(org.url() + SUPPORT);
    }

    @Test
    @DisplayName("P31 what was granted ends by itself, and links say what can be done now")
    void ends() {
        Org org = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + org.id() + "/settings", "{\"test\":true}")
                .expect(200);
        String number = opened(org);
        org.http().post(SUPPORT + "/grant").expect(200);
        decide(org, number, "{\"impersonation\":{\"status\":\"ENABLED\"}}").expect(200);
        assertThat(links(org)).containsExactly("extend", "revoke", "case", "cases");

        org.http()
                .post(
                        "/ostiary/v1/clock",
                        Json.object().put("advance", Duration.ofHours(9).toString()))
                .expect(200);

        assertThat(org.http().get(SUPPORT).expect(200).text("support")).isEqualTo("DISABLED");
        assertThat(links(org)).containsExactly("grant", "cases");
        assertThat(firstCase(org).at("/impersonation/status").asString()).isEqualTo("DISABLED");
        decide(org, number, "{\"impersonation\":{\"expiration\":\"2099-01-01T00:00:00Z\"}}")
                .expect(400, "E0000001");
    }

    private static List<String> links(Org org) {
        return org.http().get(SUPPORT).expect(200).json().get("_links").propertyNames().stream()
                .toList();
    }

    private static JsonNode firstCase(Org org) {
        return org.http().get(CASES).expect(200).json().get("supportCases").get(0);
    }

    @Test
    @DisplayName("P40 access for a case is given, put off and taken back, and no other org sees it")
    void cases() {
        Org org = server.newOrg();
        String number = opened(org);
        assertThat(firstCase(org).at("/impersonation/status").asString()).isEqualTo("REQUESTED");
        assertThat(firstCase(org).at("/selfAssigned/status").asString()).isEqualTo("NOT_REQUIRED");

        JsonNode given =
                decide(org, number, "{\"impersonation\":{\"status\":\"ENABLED\"}}")
                        .expect(200)
                        .json();
        assertThat(given.at("/impersonation/status").asString()).isEqualTo("ENABLED");
        assertThat(org.http().get(SUPPORT).expect(200).text("caseNumber")).isEqualTo(number);
        assertThat(
                        decide(
                                        org,
                                        number,
                                        "{\"impersonation\":{\"expiration\":\"2099-01-01T00:00:00Z\"}}")
                                .expect(200)
                                .json()
                                .at("/impersonation/expiration")
                                .asString())
                .isEqualTo("2099-01-01T00:00:00.000Z");
        decide(org, number, "{\"impersonation\":{\"expiration\":\"2001-01-01T00:00:00Z\"}}")
                .expect(400, "E0000001");
        decide(org, number, "{\"impersonation\":{\"status\":\"REQUESTED\"}}")
                .expect(400, "E0000001");
        decide(org, number, "{\"selfAssigned\":{\"status\":\"APPROVED\"}}").expect(400, "E0000001");
        decide(server.newOrg(), number, "{\"impersonation\":{\"status\":\"ENABLED\"}}")
                .expect(404, "E0000007");
        decide(org, number, "{\"impersonation\":{\"status\":\"DISABLED\"}}").expect(200);
        org.http().delete(OWN + "/" + number).expect(204);

        assertThat(org.http().get(CASES).expect(200).json().get("supportCases")).isEmpty();
        assertThat(log(org))
                .containsExactly(
                        "user.session.impersonation.grant",
                        "user.session.impersonation.extend",
                        "user.session.impersonation.revoke");
    }

    @Test
    @DisplayName("an org consents to one account, once, and takes it back")
    void aerial() {
        Org org = server.newOrg();
        OrgSettingSupportApi support = api(server, org);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(support::getAerialConsent)
                .satisfies(
                        thrown ->
                                assertThat(thrown.getMessage())
                                        .contains("Resource not found: grant (String)"));

        OrgAerialConsent consent = new OrgAerialConsent().accountId(ACCOUNT);
        assertThat(support.grantAerialConsent(consent).getAccountId()).isEqualTo(ACCOUNT);
        assertThat(support.getAerialConsent().getGrantedBy())
                .isEqualTo(org.http().get("/api/v1/users/me").expect(200).text("id"));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> support.grantAerialConsent(consent))
                .satisfies(
                        thrown ->
                                assertThat(thrown.getMessage())
                                        .contains("already has a consent grant"));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () ->
                                support.revokeAerialConsent(
                                        new OrgAerialConsent().accountId("not-an-account")))
                .satisfies(
                        thrown ->
                                assertThat(thrown.getMessage())
                                        .contains("Invalid aerial account ID."));
        support.revokeAerialConsent(consent);

        org.http().get("/api/v1/org/privacy/aerial").expect(404, "E0000007");
        assertThat(log(org))
                .containsExactly("account.org.consent.grant", "account.org.consent.revoke");
    }
}
