package dev.ostiary.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kills a server while it applies a rule to the users who are there. */
@Tag("deep")
@DisplayName("P37 P38 kill -9 while a group rule is being applied")
class RuleActivationKillTest {

    private static final int USERS = 1_200;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    @Timeout(240)
    @DisplayName("then it goes on after the restart, and nobody is half applied or logged twice")
    void goesOn() {
        try (Server server = Server.start("--quiet")) {
            Http http = server.defaultOrg().http();
            String one = Directory.id(new Directory(http).group("One"));
            String two = Directory.id(new Directory(http).group("Two"));
            for (int n = 0; n < USERS; n++) {
                ObjectNode user = Directory.newUser("rule-" + n + "@example.com");
                ((ObjectNode) user.get("profile")).put("title", "Engineer");
                http.post("/api/v1/users?activate=false", user).expect(200);
            }
            String rule = rule(http, one, two);
            http.post("/api/v1/groups/rules/" + rule + "/lifecycle/activate").expect(204);
            server.kill();
            server.restart();
            Http again = server.defaultOrg().http();

            assertThat(
                            Await.until(
                                    LONG,
                                    () ->
                                            !again.get("/ostiary/v1/groupRules/progress")
                                                    .expect(200)
                                                    .json()
                                                    .get("running")
                                                    .asBoolean()))
                    .as(() -> "the rule is applied: " + server.said())
                    .isTrue();

            List<String> inOne = members(again, one);
            assertThat(inOne).hasSize(USERS).doesNotHaveDuplicates();
            assertThat(members(again, two)).isEqualTo(inOne);
            assertThat(events(again)).isEqualTo(2 * USERS);
        }
    }

    private static String rule(Http http, String... groups) {
        ObjectNode body = Json.object().put("type", "group_rule").put("name", "Engineers");
        body.putObject("conditions")
                .putObject("expression")
                .put("value", "user.title == \"Engineer\"")
                .put("type", "urn:okta:expression:1.0");
        ObjectNode assign = body.putObject("actions").putObject("assignUserToGroups");
        List.of(groups).forEach(assign.putArray("groupIds")::add);
        return http.post("/api/v1/groups/rules", body).expect(200).text("id");
    }

    private static List<String> members(Http http, String group) {
        List<String> ids = new ArrayList<>();
        @Nullable String next = "/api/v1/groups/" + group + "/users?limit=1000";
        while (next != null) {
            Answer page = http.get(next).expect(200);
            page.json().forEach(user -> ids.add(user.get("id").asString()));
            next = page.link("next").orElse(null);
        }
        return ids;
    }

    private static long events(Http http) {
        long found = 0;
        @Nullable String next =
                "/api/v1/logs?limit=1000&filter=eventType+eq+%22group.user_membership.add%22";
        while (next != null) {
            Answer page = http.get(next).expect(200);
            for (JsonNode event : page.json()) {
                found += event.toString().contains("triggered_by_group_rule_id") ? 1 : 0;
            }
            next = page.json().isEmpty() ? null : page.link("next").orElse(null);
        }
        return found;
    }
}
