package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What the rules of an access policy ask for is known where it decides: of")
class AccessConditionsTest {

    private static final String LOGIN = "conditional@example.com";
    private static final String POLICIES = "/api/v1/policies";

    private static final String ONE =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":
             {"type":"ASSURANCE","factorMode":"1FA"}}}""";

    private static final String NEVER = "{\"appSignOn\":{\"access\":\"DENY\"}}";

    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    private static final String DESK =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/126.0.0.0 Safari/537.36";

    private final Org org;
    private String user = "";
    private String type = "";
    private int count;

    AccessConditionsTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        JsonNode made = new Directory(org).active(LOGIN);
        user = Directory.id(made);
        type = made.at("/type/id").asString();
    }

    /** An app that a rule with these conditions decides about before the last one does. */
    private ClientApp governed(String last, String rule, String conditions) {
        ClientApp app = ClientApp.web(org, "conditions " + ++count);
        String id =
                org.http()
                        .post(
                                POLICIES,
                                Json.object()
                                        .put("type", "ACCESS_POLICY")
                                        .put("name", "conditions " + count))
                        .expect(200)
                        .text("id");
        String rules = POLICIES + "/" + id + "/rules";
        ObjectNode catchAll = (ObjectNode) org.http().get(rules).expect(200).json().get(0);
        catchAll.set("actions", Json.parse(last));
        org.http().put(rules + "/" + catchAll.get("id").asString(), catchAll).expect(200);
        ObjectNode first =
                Json.object().put("type", "ACCESS_POLICY").put("name", "first").put("priority", 0);
        first.set("actions", Json.parse(rule));
        first.set("conditions", Json.parse(conditions));
        org.http().post(rules, first).expect(200);
        org.http().put("/api/v1/apps/" + app.id() + "/policies/" + id).expect(204);
        return app;
    }

    private boolean admits(ClientApp app, String agent) {
        Map<String, String> said = app.request("prompt", "none");
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Map<String, String> answer =
                ClientApp.answer(
                        app.authorize(org.nobody().with("User-Agent", agent), said).expect(302));
        if (!answer.containsKey("code")) {
            assertThat(answer).containsEntry("error", "access_denied");
        }
        return answer.containsKey("code");
    }

    private boolean denies(String conditions) {
        return !admits(governed(ONE, NEVER, conditions), DESK);
    }

    private boolean lets(String conditions) {
        return admits(governed(NEVER, ONE, conditions), DESK);
    }

    @Test
    @DisplayName("the platform, by what the browser says of itself")
    void platform() {
        ClientApp noPhones =
                governed(
                        ONE,
                        NEVER,
                        "{\"platform\":{\"include\":[{\"type\":\"MOBILE\",\"os\":{\"type\":\"IOS\"}}]}}");
        assertThat(admits(noPhones, PHONE)).isFalse();
        assertThat(admits(noPhones, DESK)).isTrue();
        ClientApp onlyWindows =
                governed(
                        NEVER,
                        ONE,
                        "{\"platform\":{\"include\":[{\"type\":\"DESKTOP\",\"os\":{\"type\":\"WINDOWS\"}}]}}");
        assertThat(admits(onlyWindows, DESK)).isTrue();
        assertThat(admits(onlyWindows, "curl/8.5.0")).isFalse();
    }

    @Test
    @DisplayName("the type of the user, also the one that every org is born with")
    void userType() {
        assertThat(denies("{\"userType\":{\"include\":[\"" + type + "\"]}}")).isTrue();
        assertThat(denies("{\"userType\":{\"exclude\":[\"" + type + "\"]}}")).isFalse();
    }

    @Test
    @DisplayName("the user")
    void people() {
        assertThat(denies("{\"people\":{\"users\":{\"include\":[\"" + user + "\"]}}}")).isTrue();
        assertThat(denies("{\"people\":{\"users\":{\"exclude\":[\"" + user + "\"]}}}")).isFalse();
    }

    @Test
    @DisplayName("the risk")
    void risk() {
        assertThat(denies("{\"riskScore\":{\"level\":\"LOW\"}}")).isTrue();
        assertThat(denies("{\"riskScore\":{\"level\":\"HIGH\"}}")).isFalse();
    }

    @Test
    @DisplayName("devices, of which none is registered or managed")
    void device() {
        assertThat(lets("{\"device\":{\"registered\":true}}")).isFalse();
        assertThat(lets("{\"device\":{\"registered\":true,\"managed\":true}}")).isFalse();
        assertThat(denies("{\"device\":{\"registered\":false}}")).isTrue();
    }

    @Test
    @DisplayName("whatever an expression names: the user, the risk, behaviours and the device")
    void expressions() {
        assertThat(denies(expression("user.profile.login == '" + LOGIN + "'"))).isTrue();
        assertThat(denies(expression("user.profile.login == 'other@example.com'"))).isFalse();
        assertThat(denies(expression("user.status == 'ACTIVE'"))).isTrue();
        assertThat(denies(expression("security.risk.level == 'LOW'"))).isTrue();
        assertThat(denies(expression("security.risk.level == 'HIGH'"))).isFalse();
        assertThat(denies(expression("security.behaviors.contains('New IP')"))).isFalse();
        assertThat(denies(expression("device.profile.registered == false"))).isTrue();
        assertThat(denies(expression("device.profile.platform == 'WINDOWS'"))).isTrue();
        assertThat(lets(expression("device.profile.managed == true"))).isFalse();
    }

    @Test
    @DisplayName("what is simulated, which asks the app's own policies")
    void simulated() {
        ClientApp app =
                governed(
                        ONE,
                        NEVER,
                        "{\"platform\":{\"include\":[{\"type\":\"MOBILE\",\"os\":{\"type\":\"IOS\"}}]}}");
        String body =
                """
                {"appInstance":"%s","policyTypes":["ACCESS_POLICY","PROFILE_ENROLLMENT"],
                 "policyContext":{"user":{"id":"%s"},"groups":{"ids":[]},
                                  "device":{"platform":"%s"}}}""";
        JsonNode phone = simulate(body.formatted(app.id(), user, "IOS"));
        assertThat(phone.at("/0/status").asString()).isEqualTo("MATCH");
        assertThat(phone.at("/0/policyType/0").asString()).isEqualTo("ACCESS_POLICY");
        assertThat(phone.at("/0/result/policies/0/name").asString()).startsWith("conditions ");
        assertThat(phone.at("/0/result/policies/0/rules/0/name").asString()).isEqualTo("first");
        assertThat(phone.at("/1/policyType/0").asString()).isEqualTo("PROFILE_ENROLLMENT");
        assertThat(phone.at("/1/result/policies/0/name").asString()).isEqualTo("Default Policy");
        JsonNode desk = simulate(body.formatted(app.id(), user, "WINDOWS"));
        assertThat(desk.at("/0/result/policies/0/rules/0/name").asString())
                .isEqualTo("Catch-all Rule");
        org.http()
                .post(
                        POLICIES + "/simulate",
                        Json.parse("[" + body.formatted("0oanoapp0000000001d7", user, "IOS") + "]"))
                .expect(404, "E0000007");
    }

    private JsonNode simulate(String body) {
        return org.http()
                .post(
                        POLICIES + "/simulate?expand=EVALUATED&expand=RULE",
                        Json.parse("[" + body + "]"))
                .expect(200)
                .json();
    }

    private static String expression(String text) {
        return Json.text(Json.object().set("elCondition", Json.object().put("condition", text)));
    }
}
