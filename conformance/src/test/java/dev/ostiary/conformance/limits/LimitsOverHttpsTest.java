package dev.ostiary.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Rate limits over HTTPS")
class LimitsOverHttpsTest {

    private final Server server;

    LimitsOverHttpsTest(Server server) {
        this.server = server;
    }

    @Test
    @DisplayName(
            "P34 unlimited on a local base domain; the operator's profile holds with the next request")
    void profiles() {
        Org org = server.newOrg();
        assertThat(headers(org.http().get("/api/v1/groups"))).startsWith("1000000000 999999999 ");
        limit(org, "developer");
        assertThat(limitOf(org.http().get("/api/v1/users"))).isEqualTo(600);
        assertThat(limitOf(org.http().get("/api/v1/users/me"))).isEqualTo(600);
        assertThat(limitOf(org.http().get("/api/v1/groups"))).isEqualTo(500);
        assertThat(limitOf(org.http().get("/api/v1/api-tokens"))).isEqualTo(1000);
        limit(org, "free");
        assertThat(limitOf(org.http().get("/api/v1/users"))).isEqualTo(50);
        assertThat(limitOf(org.http().get("/api/v1/apps"))).isEqualTo(10);
        limit(org, null);
        assertThat(limitOf(org.http().get("/api/v1/users"))).isEqualTo(1_000_000_000);
        assertThat(
                        org.http()
                                .put(
                                        "/ostiary/v1/orgs/" + org.id() + "/rate-limits",
                                        "{\"profile\":\"unlimited\"}")
                                .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName(
            "P34 P40 past the limit 429 E0000047 with the headers, in this org only, and the log says so once")
    void refuses() {
        Org org = server.newOrg();
        Org neighbour = server.newOrg();
        limit(org, "3");
        limit(neighbour, "3");
        for (int left = 2; left >= 0; left--) {
            Answer answer = org.http().get("/api/v1/groups").expect(200);
            assertThat(headers(answer)).startsWith("3 " + left + " ");
        }
        for (int i = 0; i < 10; i++) {
            Answer over = org.http().get("/api/v1/groups").expect(429, "E0000047");
            assertThat(headers(over)).startsWith("3 0 ");
            assertThat(over.text("errorSummary"))
                    .isEqualTo("API call exceeded rate limit due to too many requests.");
            assertThat(over.lines("X-Rate-Limit-Reset")).hasSize(1);
            assertThat(over.lines("X-Okta-Request-Id")).hasSize(1);
        }
        neighbour.http().get("/api/v1/groups").expect(200);
        org.http().get("/api/v1/users").expect(200);

        limit(org, null);
        assertThat(
                        Await.until(
                                Duration.ofSeconds(20),
                                () -> !logged(org, "system.org.rate_limit.violation").isEmpty()))
                .isTrue();
        List<JsonNode> violations = logged(org, "system.org.rate_limit.violation");
        assertThat(violations).hasSize(1);
        assertThat(violations.getFirst().path("actor").path("alternateId").asString())
                .isEqualTo(org.adminLogin());
        assertThat(logged(org, "system.org.rate_limit.warning")).hasSize(1);
        assertThat(logged(neighbour, "system.org.rate_limit.violation")).isEmpty();
    }

    @Test
    @DisplayName(
            "P34 a flood without valid credentials is refused and leaves the org's callers their limit")
    void flood() {
        Org org = server.newOrg();
        limit(org, "5");
        for (Http stranger : List.of(org.nobody(), org.nobody().token("00NobodysToken"))) {
            for (int i = 0; i < 6; i++) {
                assertThat(stranger.get("/api/v1/groups").status()).isIn(401, 403, 429);
            }
            stranger.get("/api/v1/groups").expect(429, "E0000047");
        }
        assertThat(headers(org.http().get("/api/v1/groups").expect(200))).startsWith("5 4 ");
    }

    @Test
    @DisplayName(
            "P34 a token's own share holds with its next request, and leaves the rest to others")
    void shares() {
        Org org = server.newOrg();
        limit(org, "20");
        JsonNode made =
                org.http()
                        .post(
                                "/ostiary/v1/apiTokens",
                                Json.object().put("user", org.adminLogin()).put("name", "greedy"))
                        .expect(201)
                        .json();
        Http greedy = org.nobody().token(made.get("token").asString());
        assertThat(limitOf(greedy.get("/api/v1/groups"))).isEqualTo(20);
        org.http()
                .post(
                        "/api/v1/principal-rate-limits",
                        Json.object()
                                .put("principalId", made.get("id").asString())
                                .put("principalType", "SSWS_TOKEN")
                                .put("defaultPercentage", 15))
                .expect(201);
        for (int i = 0; i < 3; i++) {
            assertThat(limitOf(greedy.get("/api/v1/groups").expect(200))).isEqualTo(3);
        }
        greedy.get("/api/v1/groups").expect(429, "E0000047");
        assertThat(headers(org.http().get("/api/v1/groups").expect(200))).startsWith("20 15 ");
    }

    @Test
    @DisplayName("P34 never more than the limit, from 32 threads over HTTPS")
    void manyThreads() throws Exception {
        Org org = server.newOrg();
        limit(org, "40");
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<Integer>> all =
                    IntStream.range(0, 160)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            org.http()
                                                                    .get("/api/v1/groups")
                                                                    .status()))
                            .toList();
            int through = 0;
            for (Future<Integer> one : all) {
                int status = one.get();
                assertThat(status).isIn(200, 429);
                through += status == 200 ? 1 : 0;
            }
            assertThat(through).isEqualTo(40);
        }
    }

    private void limit(Org org, @Nullable String profile) {
        server.defaultOrg()
                .http()
                .put(
                        "/ostiary/v1/orgs/" + org.id() + "/rate-limits",
                        Json.object().put("profile", profile))
                .expect(200);
    }

    private static List<JsonNode> logged(Org org, String type) {
        return Json.list(
                org.http()
                        .get("/api/v1/logs?filter=eventType%20eq%20%22" + type + "%22")
                        .expect(200)
                        .json());
    }

    private static String headers(Answer answer) {
        return answer.header("X-Rate-Limit-Limit").orElse("-")
                + " "
                + answer.header("X-Rate-Limit-Remaining").orElse("-")
                + " "
                + answer.header("X-Rate-Limit-Reset").orElse("-");
    }

    private static int limitOf(Answer answer) {
        return Integer.parseInt(answer.header("X-Rate-Limit-Limit").orElse("-1"));
    }
}
