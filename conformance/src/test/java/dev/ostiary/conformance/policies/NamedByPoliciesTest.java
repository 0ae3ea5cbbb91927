package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("What policies and rules name by an id")
class NamedByPoliciesTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Org org;

    NamedByPoliciesTest(Org org) {
        this.org = org;
    }

    private static String name() {
        return "names " + NAMES.incrementAndGet();
    }

    private Answer policy(String type, String more) {
        ObjectNode policy = Json.object().put("type", type).put("name", name());
        policy.setAll((ObjectNode) Json.parse(more));
        return org.http().post("/api/v1/policies", policy);
    }

    private String own(String type) {
        return type.equals("IDP_DISCOVERY") || type.equals("PROFILE_ENROLLMENT")
                ? org.http()
                        .get("/api/v1/policies?type=" + type)
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString()
                : policy(type, "{}").expect(200).text("id");
    }

    private Answer rule(String type, String conditions, String actions) {
        return rule(own(type), type.replace("OKTA_", ""), conditions, actions);
    }

    private Answer rule(String policy, String type, String conditions, String actions) {
        ObjectNode rule = Json.object().put("type", type).put("name", name());
        rule.set("conditions", Json.parse(conditions));
        rule.set("actions", Json.parse(actions));
        return org.http().post("/api/v1/policies/" + policy + "/rules", rule);
    }

    private static void unknown(Answer answer, String place, String id) {
        answer.expect(400, "E0000001");
        assertThat(answer.errorCauses())
                .containsExactly(place + ": The id '" + id + "' does not exist");
    }

    @Test
    @DisplayName("are behaviours that there are")
    void behaviours() {
        String allow = "{\"signon\":{\"access\":\"ALLOW\"}}";
        String conditions = "{\"risk\":{\"behaviors\":[\"%s\"]}}";
        JsonNode behaviours = org.http().get("/api/v1/behaviors").expect(200).json();
        String known = behaviours.get(0).get("id").asString();

        rule("OKTA_SIGN_ON", conditions.formatted(known), allow).expect(200);
        unknown(
                rule("OKTA_SIGN_ON", conditions.formatted("bhvnobody00000001d7"), allow),
                "conditions.risk.behaviors",
                "bhvnobody00000001d7");
    }

    @Test
    @DisplayName("are identity providers that there are")
    void identityProviders() {
        String id = "0oanobody0000000001d7";
        unknown(
                rule(
                        "OKTA_SIGN_ON",
                        "{\"identityProvider\":{\"provider\":\"SPECIFIC_IDP\",\"idpIds\":[\""
                                + id
                                + "\"]}}",
                        "{\"signon\":{\"access\":\"ALLOW\"}}"),
                "conditions.identityProvider.idpIds",
                id);
        unknown(
                rule(
                        "IDP_DISCOVERY",
                        "{}",
                        "{\"idp\":{\"providers\":[{\"type\":\"OIDC\",\"id\":\"" + id + "\"}]}}"),
                "actions.idp.providers.id",
                id);
    }

    @Test
    @DisplayName("are user types and authenticators that there are")
    void accessRules() {
        String type =
                org.http().get("/api/v1/meta/types/user").expect(200).json().at("/0/id").asString();
        String authenticator = authenticator("okta_verify");
        String conditions = "{\"userType\":{\"include\":[\"%s\"]}}";
        String actions =
                """
                {"appSignOn":{"access":"ALLOW","verificationMethod":{"type":"ASSURANCE","factorMode":"2FA",
                 "reauthenticateIn":"PT2H","constraints":[{"possession":{"authenticationMethods":[
                  {"key":"okta_verify","id":"%s","method":"push"}]}}]}}}""";

        rule("ACCESS_POLICY", conditions.formatted(type), actions.formatted(authenticator))
                .expect(200);
        unknown(
                rule("ACCESS_POLICY", conditions.formatted("otynobody00000001d7"), "{}"),
                "conditions.userType.include",
                "otynobody00000001d7");
        unknown(
                rule("ACCESS_POLICY", "{}", actions.formatted("autnobody00000001d7")),
                "actions.appSignOn.verificationMethod.constraints.possession.authenticationMethods.id",
                "autnobody00000001d7");
    }

    private String authenticator(String key) {
        return Json.list(org.http().get("/api/v1/authenticators").expect(200).json()).stream()
                .filter(each -> each.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    @Test
    @DisplayName("are authenticators and apps of enrolments that there are")
    void enrolments() {
        String group = Directory.id(new Directory(org).group(name()));
        String settings =
                """
                {"conditions":{"people":{"groups":{"include":["%s"]}}},
                 "settings":{"type":"AUTHENTICATORS","authenticators":[
                  {"key":"okta_email","id":"%s","enroll":{"self":"OPTIONAL"}}]}}""";
        String app = ClientApp.web(org, name()).id();
        String conditions = "{\"app\":{\"include\":[{\"type\":\"APP\",\"id\":\"%s\"}]}}";
        String actions = "{\"enroll\":{\"self\":\"LOGIN\"}}";

        String policy =
                policy("MFA_ENROLL", settings.formatted(group, authenticator("okta_email")))
                        .expect(200)
                        .text("id");
        unknown(
                policy("MFA_ENROLL", settings.formatted(group, "autnobody00000001d7")),
                "settings.authenticators.id",
                "autnobody00000001d7");
        rule(policy, "MFA_ENROLL", conditions.formatted(app), actions).expect(200);
        unknown(
                rule(policy, "MFA_ENROLL", conditions.formatted("0oanobody00000001d7"), actions),
                "conditions.app.include.id",
                "0oanobody00000001d7");
    }

    @Test
    @DisplayName("are groups, users and zones that there are, each told in one answer")
    void conditions() {
        Answer refused =
                rule(
                        "OKTA_SIGN_ON",
                        """
                        {"people":{"groups":{"include":["00gnobody00000001d7"]},"users":{"exclude":["00unobody00000001d7"]}},
                         "network":{"connection":"ZONE","include":["nzonobody00000001d7"]}}""",
                        "{\"signon\":{\"access\":\"ALLOW\"}}");

        refused.expect(400, "E0000001");
        assertThat(refused.errorCauses())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(
                                "conditions.people.groups.include: The id '00gnobody00000001d7' does not exist",
                                "conditions.people.users.exclude: The id '00unobody00000001d7' does not exist",
                                "conditions.network.include: The id 'nzonobody00000001d7' does not exist"));
    }

    @Test
    @DisplayName("are hooks and groups of registrations that there are")
    void registrations() {
        String policy = own("PROFILE_ENROLLMENT");
        String rules = "/api/v1/policies/" + policy + "/rules";
        ObjectNode rule = (ObjectNode) org.http().get(rules).expect(200).json().get(0);
        ObjectNode enrols = (ObjectNode) rule.at("/actions/profileEnrollment");
        enrols.putArray("targetGroupIds").add("00gnobody00000001d7");
        enrols.putArray("preRegistrationInlineHooks")
                .addObject()
                .put("inlineHookId", "calnobody00000001d7");
        enrols.put("uiSchemaId", "uisnobody00000001d7");

        Answer refused = org.http().put(rules + "/" + rule.get("id").asString(), rule);

        refused.expect(400, "E0000001");
        assertThat(refused.errorCauses())
                .containsExactlyInAnyOrder(
                        "actions.profileEnrollment.targetGroupIds: The id '00gnobody00000001d7' does not exist",
                        "actions.profileEnrollment.preRegistrationInlineHooks.inlineHookId: The id 'calnobody00000001d7' does not exist",
                        "actions.profileEnrollment.uiSchemaId: The id 'uisnobody00000001d7' does not exist");
    }

    @Test
    @DisplayName("are no device assurances, since none can be made")
    void deviceAssurances() {
        unknown(
                rule(
                        "ACCESS_POLICY",
                        "{\"device\":{\"registered\":true,\"assurance\":{\"include\":[\"daenobody00000001d7\"]}}}",
                        "{}"),
                "conditions.device.assurance.include",
                "daenobody00000001d7");
    }
}
