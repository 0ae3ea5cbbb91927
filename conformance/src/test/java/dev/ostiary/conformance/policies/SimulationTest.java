package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is published of {@code POST /api/v1/policies/simulate}, by its schemas and its example. */
@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A simulation of policies")
class SimulationTest {

    private static final String SIMULATE = "/api/v1/policies/simulate";

    private final Org org;
    private String group = "";
    private String zone = "";
    private String app = "";
    private Policies.Made risky = new Policies.Made("", "");
    private Policies.Made inZone = new Policies.Made("", "");

    SimulationTest(Org org) {
        this.org = org;
    }

    /** Two sign-on policies for a group: the first one is for risky sign-ins, and never fits. */
    @BeforeAll
    void policies() {
        group = Directory.id(new Directory(org).group("simulated"));
        app = ClientApp.web(org, "Simulated").id();
        zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"Office\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}")
                        .expect(200)
                        .text("id");
        Policies policies = new Policies(org);
        inZone =
                policies.signOn(
                        group,
                        "By zone",
                        "{\"access\":\"DENY\"}",
                        "{\"network\":{\"connection\":\"ZONE\",\"include\":[\"" + zone + "\"]}}");
        risky =
                policies.signOn(
                        group,
                        "By risk",
                        "{\"access\":\"DENY\"}",
                        "{\"riskScore\":{\"level\":\"HIGH\"}}");
        policies.enrolment(group, "By enrolment", "{}", "CHALLENGE");
    }

    private JsonNode simulate(String query, String context, String... types) {
        ObjectNode body = Json.object().put("appInstance", app);
        body.set("policyContext", Json.parse(context));
        for (String type : types) {
            body.withArray("policyTypes").add(type);
        }
        return org.http().post(SIMULATE + query, List.of(body)).expect(200).json();
    }

    private String groups(String more) {
        return "{\"groups\":{\"ids\":[\"" + group + "\"]}" + more + "}";
    }

    @Test
    @DisplayName("tells of each type which policy and rule decide, and by which conditions")
    void everyType() {
        JsonNode all =
                simulate(
                        "",
                        groups(
                                ",\"zones\":{\"ids\":[\""
                                        + zone
                                        + "\"]},\"risk\":{\"level\":\"LOW\"}"));

        assertThat(all.valueStream().map(each -> each.at("/policyType/0").asString()))
                .containsExactly(
                        "OKTA_SIGN_ON", "MFA_ENROLL", "ACCESS_POLICY", "PROFILE_ENROLLMENT");
        for (JsonNode each : all) {
            assertThat(each.propertyNames())
                    .containsExactlyInAnyOrder(
                            "status", "policyType", "result", "undefined", "evaluated");
            assertThat(each.get("status").asString()).isEqualTo("MATCH");
            assertThat(each.at("/result/policies")).hasSize(1);
            assertThat(each.at("/result/policies/0").propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "status", "conditions", "rules");
            assertThat(each.at("/result/policies/0/rules")).hasSize(1);
            assertThat(each.at("/result/policies/0/rules/0").propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "status", "conditions");
            assertThat(each.at("/undefined/policies")).isEmpty();
            assertThat(each.at("/evaluated/policies")).isEmpty();
        }
        JsonNode signOn = all.at("/0/result/policies/0");
        assertThat(signOn.get("id").asString()).isEqualTo(inZone.policy());
        assertThat(signOn.get("name").asString()).isEqualTo("By zone");
        assertThat(signOn.get("status").asString()).isEqualTo("MATCH");
        assertThat(Json.texts(signOn.get("conditions"), "type"))
                .containsExactly("people.groups.include");
        assertThat(signOn.at("/rules/0/id").asString()).isEqualTo(inZone.rule());
        assertThat(Json.texts(signOn.at("/rules/0/conditions"), "type"))
                .contains("network.include");
        assertThat(Json.texts(signOn.at("/rules/0/conditions"), "status")).containsOnly("MATCH");
        assertThat(all.at("/1/result/policies/0/name").asString()).isEqualTo("By enrolment");
        assertThat(all.at("/2/result/policies/0/name").asString()).isEqualTo("Any two factors");
        assertThat(all.at("/2/result/policies/0/rules/0/name").asString())
                .isEqualTo("Catch-all Rule");
        assertThat(all.at("/3/result/policies/0/name").asString()).isEqualTo("Default Policy");
    }

    @Test
    @DisplayName("tells with EVALUATED what was passed over, and with RULE why")
    void evaluated() {
        String context = groups(",\"risk\":{\"level\":\"LOW\"},\"ip\":\"198.51.100.1\"");

        JsonNode alone = simulate("?expand=EVALUATED", context, "OKTA_SIGN_ON").get(0);
        JsonNode both = simulate("?expand=EVALUATED,RULE", context, "OKTA_SIGN_ON").get(0);

        assertThat(alone.at("/result/policies/0/name").asString()).isEqualTo("Default Policy");
        assertThat(Json.texts(alone.at("/evaluated/policies"), "name"))
                .containsExactly("By risk", "By zone");
        assertThat(alone.at("/evaluated/policies/0/rules/0/id").asString()).isEqualTo(risky.rule());
        assertThat(alone.at("/evaluated/policies/0/rules/0/status").asString())
                .isEqualTo("NOT_MATCH");
        assertThat(alone.at("/evaluated/policies/0/rules/0/conditions")).isEmpty();
        assertThat(Json.texts(both.at("/evaluated/policies/0/rules/0/conditions"), "type"))
                .contains("riskScore.level");
        assertThat(Json.texts(both.at("/evaluated/policies/1/rules/0/conditions"), "type"))
                .contains("network.include");
        assertThat(Json.texts(both.at("/evaluated/policies/1/rules/0/conditions"), "status"))
                .contains("NOT_MATCH");
    }

    @Test
    @DisplayName("tells of the policy that decides, too, which of its rules were passed over")
    void rulesBefore() {
        org.http()
                .post(
                        "/api/v1/policies/" + inZone.policy() + "/rules",
                        "{\"type\":\"SIGN_ON\",\"name\":\"Anywhere\",\"priority\":2,\"conditions\":{},\"actions\":{\"signon\":{\"access\":\"ALLOW\"}}}")
                .expect(200);
        try {
            JsonNode elsewhere =
                    simulate(
                                    "?expand=EVALUATED",
                                    groups(",\"risk\":{\"level\":\"LOW\"},\"ip\":\"198.51.100.1\""),
                                    "OKTA_SIGN_ON")
                            .get(0);
            JsonNode nowhere =
                    simulate("", groups(",\"risk\":{\"level\":\"LOW\"}"), "OKTA_SIGN_ON").get(0);

            assertThat(Json.texts(elsewhere.at("/result/policies/0/rules"), "name"))
                    .containsExactly("Anywhere");
            assertThat(Json.texts(elsewhere.at("/evaluated/policies/1/rules"), "name"))
                    .containsExactly("rule");
            assertThat(nowhere.get("status").asString()).isEqualTo("MATCH");
            assertThat(Json.texts(nowhere.at("/undefined/policies"), "name"))
                    .containsExactly("By zone");
            assertThat(Json.texts(nowhere.at("/undefined/policies/0/rules"), "status"))
                    .containsExactly("UNDEFINED");
        } finally {
            JsonNode rules =
                    org.http()
                            .get("/api/v1/policies/" + inZone.policy() + "/rules")
                            .expect(200)
                            .json();
            rules.forEach(
                    rule -> {
                        if (rule.get("name").asString().equals("Anywhere")) {
                            org.http()
                                    .delete(
                                            "/api/v1/policies/"
                                                    + inZone.policy()
                                                    + "/rules/"
                                                    + rule.get("id").asString())
                                    .expect(204);
                        }
                    });
        }
    }

    @Test
    @DisplayName("knows users or groups, not both, and types that can be simulated")
    void refused() {
        String user = Directory.id(new Directory(org).active("simulated@example.com"));
        ObjectNode body = Json.object().put("appInstance", app);
        body.set("policyContext", Json.parse(groups(",\"user\":{\"id\":\"" + user + "\"}")));
        org.http().post(SIMULATE, List.of(body)).expect(400, "E0000001");
        body.set("policyContext", Json.parse("{\"user\":{\"id\":\"00unobody0000000001d7\"}}"));
        org.http().post(SIMULATE, List.of(body)).expect(404, "E0000007");
        body.set("policyContext", Json.parse("{\"user\":{\"id\":\"" + user + "\"}}"));
        org.http().post(SIMULATE, List.of(body)).expect(200);
        body.withArray("policyTypes").add("PASSWORD");
        org.http().post(SIMULATE, List.of(body)).expect(400, "E0000001");
        org.nobody().post(SIMULATE, List.of(body)).expect(403);
    }
}
