package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Policies on the wire")
class PoliciesOverHttpsTest {

    private static final String POLICIES = "/api/v1/policies";

    private final Org org;
    private final Http http;

    PoliciesOverHttpsTest(Org org) {
        this.org = org;
        this.http = org.http();
    }

    @Test
    @DisplayName(
            "P25 P31 lists have a self link, policies the links of their state, rules none of a page")
    void wire() {
        Answer list = http.get(POLICIES + "?type=OKTA_SIGN_ON").expect(200);
        assertThat(list.link("self")).contains(org.url() + POLICIES + "?type=OKTA_SIGN_ON");
        JsonNode policy = list.json().get(0);
        assertThat(new ArrayList<>(policy.propertyNames()))
                .containsExactly(
                        "type",
                        "id",
                        "status",
                        "name",
                        "description",
                        "priority",
                        "system",
                        "conditions",
                        "created",
                        "lastUpdated",
                        "_links");
        String self = org.url() + POLICIES + "/" + policy.path("id").asString();
        assertThat(policy.path("_links").toString())
                .isEqualTo(
                        "{\"self\":{\"href\":\""
                                + self
                                + "\",\"hints\":{\"allow\":[\"GET\",\"PUT\"]}},\"rules\":{\"href\":\""
                                + self
                                + "/rules\",\"hints\":{\"allow\":[\"GET\",\"POST\"]}}}");
        Answer rules = http.get(POLICIES + "/" + policy.path("id").asString() + "/rules");
        assertThat(rules.expect(200).lines("Link")).isEmpty();
        Answer refused = http.delete(POLICIES + "/" + policy.path("id").asString()).expect(403);
        assertThat(refused.errorCode()).isEqualTo("E0000111");
    }

    @Test
    @DisplayName(
            "the policy of a group decides about its members' passwords, from the next request on")
    void passwords() {
        Directory directory = new Directory(org);
        String group = Directory.id(directory.group("Careful"));
        ObjectNode policy = Json.object().put("type", "PASSWORD").put("name", "Careful");
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(group);
        policy.putObject("settings")
                .putObject("password")
                .putObject("complexity")
                .put("minLength", 30);
        String id = http.post(POLICIES, policy).expect(200).text("id");
        http.post(POLICIES + "/" + id + "/rules", "{\"name\":\"All\",\"actions\":{}}").expect(200);

        ObjectNode careful = withPassword("careful@example.com");
        careful.putArray("groupIds").add(group);
        Answer refused = http.post("/api/v1/users", careful).expect(400);
        assertThat(refused.errorCauses())
                .singleElement()
                .asString()
                .startsWith(
                        "password: Password requirements were not met. Password requirements: at"
                                + " least 30 characters");
        http.post("/api/v1/users", withPassword("others@example.com")).expect(200);

        http.post(POLICIES + "/" + id + "/lifecycle/deactivate").expect(204);
        http.post("/api/v1/users", careful).expect(200);
    }

    @Test
    @DisplayName("P39 rules put in at the top at once: every priority is there once")
    void priorities() throws InterruptedException {
        String id =
                http.post(POLICIES, "{\"type\":\"OKTA_SIGN_ON\",\"name\":\"Busy\"}")
                        .expect(200)
                        .text("id");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String rule =
                    "{\"name\":\"R%d\",\"priority\":1,\"actions\":{\"signon\":{\"access\":\"ALLOW\"}}}"
                            .formatted(i);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> http.post(POLICIES + "/" + id + "/rules", rule)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        JsonNode rules = http.get(POLICIES + "/" + id + "/rules").expect(200).json();
        assertThat(rules).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(rules.get(i).path("priority").asInt()).isEqualTo(i + 1);
        }
    }

    @Test
    @DisplayName("a zone that a rule names stays until the rule lets go of it")
    void zones() {
        String zone =
                http.post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"Office\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}")
                        .expect(200)
                        .text("id");
        String policy =
                http.post(POLICIES, "{\"type\":\"OKTA_SIGN_ON\",\"name\":\"Office\"}")
                        .expect(200)
                        .text("id");
        String rules = POLICIES + "/" + policy + "/rules";
        String rule =
                http.post(
                                rules,
                                """
                                {"name":"Inside","conditions":{"network":{"connection":"ZONE",
                                 "include":["%s"]}},"actions":{"signon":{"access":"ALLOW"}}}"""
                                        .formatted(zone))
                        .expect(200)
                        .text("id");
        http.post("/api/v1/zones/" + zone + "/lifecycle/deactivate").expect(200);
        Answer kept = http.delete("/api/v1/zones/" + zone);
        assertThat(kept.status()).isBetween(400, 499);
        assertThat(kept.text()).contains("Inside");
        http.delete(rules + "/" + rule).expect(204);
        http.delete("/api/v1/zones/" + zone).expect(204);
    }

    private static ObjectNode withPassword(String login) {
        ObjectNode user = Directory.newUser(login);
        user.putObject("credentials").putObject("password").put("value", Directory.PASSWORD);
        return user;
    }
}
