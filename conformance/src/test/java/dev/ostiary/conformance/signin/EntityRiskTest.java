package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("The entity risk policy")
class EntityRiskTest {

    private static final String SIGN_OUT = "{\"action\":\"TERMINATE_ALL_SESSIONS\"}";
    private static final String WORKFLOW = "{\"action\":\"RUN_WORKFLOW\",\"workflow\":{\"id\":7}}";

    private final Org org;
    private final SignIns users;

    EntityRiskTest(Org org) {
        this.org = org;
        this.users = new SignIns(org);
    }

    @Test
    @DisplayName(
            "signs out whom an administrator reports to be at the rule's risk, once, and the log tells why")
    void signsOut() {
        String login = users.active();
        String rule = rule(login, "HIGH", "", SIGN_OUT);
        String cookie = users.cookie(login);

        report(login, "MEDIUM");
        users.with(cookie).get("/api/v1/sessions/me").expect(200);
        assertThat(users.events("policy.entity_risk.action", login)).isEmpty();
        report(login, "HIGH");

        users.with(cookie).get("/api/v1/sessions/me").expect(404);
        assertThat(users.events("user.session.clear", login)).hasSize(1);
        JsonNode evaluated = users.events("policy.entity_risk.evaluate", login).getLast();
        assertThat(evaluated.at("/actor/alternateId").asString()).isEqualTo(login);
        assertThat(types(evaluated)).containsExactly("User", "Policy", "Rule");
        assertThat(evaluated.at("/target/2/id").asString()).isEqualTo(rule);
        assertThat(evaluated.at("/target/2/detailEntry/ruleAction").asString())
                .isEqualTo("TERMINATE_ALL_SESSIONS");
        JsonNode done = users.events("policy.entity_risk.action", login).getFirst();
        assertThat(types(done)).containsExactly("User", "Policy", "Rule", "PolicyAction");
        assertThat(
                        users.events("user.risk.detect", login)
                                .getLast()
                                .at("/debugContext/debugData/risk")
                                .asString())
                .isEqualTo(
                        "{previousLevel=MEDIUM, level=HIGH, detectionName=Admin Reported User Risk,"
                                + " reasons=override.by.admin, issuer=OKTA}");

        String again = users.cookie(login);
        report(login, "HIGH");
        users.with(again).get("/api/v1/sessions/me").expect(200);
    }

    @Test
    @DisplayName("leaves alone whom no rule names, and other detections than the rule's")
    void others() {
        String other = users.active();
        String login = users.active();
        rule(login, "ANY", "\"include\":[\"BRUTE_FORCE_ATTACK\"]", SIGN_OUT);
        for (String each : List.of(login, other)) {
            String cookie = users.cookie(each);

            report(each, "HIGH");

            users.with(cookie).get("/api/v1/sessions/me").expect(200);
            assertThat(users.events("policy.entity_risk.evaluate", each)).hasSize(1);
            assertThat(users.events("policy.entity_risk.action", each)).isEmpty();
        }
    }

    @Test
    @DisplayName("runs no workflow: the log tells that the rule applied, and nothing is done")
    void workflow() {
        String login = users.active();
        rule(login, "LOW", "\"exclude\":[\"BRUTE_FORCE_ATTACK\"]", WORKFLOW);
        String cookie = users.cookie(login);

        report(login, "LOW");

        users.with(cookie).get("/api/v1/sessions/me").expect(200);
        JsonNode evaluated = users.events("policy.entity_risk.evaluate", login).getFirst();
        assertThat(evaluated.at("/target/2/detailEntry/ruleAction").asString())
                .isEqualTo("RUN_WORKFLOW");
        assertThat(evaluated.at("/target/2/detailEntry/workflowId").asInt()).isEqualTo(7);
        assertThat(users.events("policy.entity_risk.action", login)).isEmpty();
    }

    private static List<String> types(JsonNode event) {
        return Json.texts(event.path("target"), "type");
    }

    private void report(String login, String level) {
        org.http().put("/api/v1/users/" + login + "/risk", Json.object().put("riskLevel", level));
    }

    /** The id of a rule for one user. */
    private String rule(String login, String level, String detections, String action) {
        String policy =
                org.http()
                        .get("/api/v1/policies?type=ENTITY_RISK")
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        String types = detections.isEmpty() ? "" : ",\"riskDetectionTypes\":{" + detections + "}";
        return org.http()
                .post(
                        "/api/v1/policies/" + policy + "/rules",
                        """
                        {"type":"ENTITY_RISK","name":"%s","conditions":{"people":{"users":{"include":["%s"]}},
                         "entityRisk":{"level":"%s"}%s},"actions":{"entityRisk":{"actions":[%s]}}}"""
                                .formatted(
                                        login,
                                        Directory.id(users.user(login)),
                                        level,
                                        types,
                                        action))
                .expect(200)
                .text("id");
    }
}
