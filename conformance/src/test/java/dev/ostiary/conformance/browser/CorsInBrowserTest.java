package dev.ostiary.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.Site;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@DisplayName("A page of another site in Chromium")
class CorsInBrowserTest {

    private static final String LISTED = "app.listed.example";
    private static final String STRANGER = "app.stranger.example";

    /** Calls the API as a single-page app does; what the browser keeps from the page is null. */
    private static final String CALL =
            """
            async ({url, method, token, type, body}) => {
              const headers = {};
              if (token) headers['Authorization'] = 'SSWS ' + token;
              if (type) headers['Content-Type'] = type;
              try {
                const answer = await fetch(url, {method, headers, body, credentials: 'include'});
                return JSON.stringify({
                  status: answer.status,
                  requestId: answer.headers.get('X-Okta-Request-Id'),
                  link: answer.headers.get('Link'),
                  remaining: answer.headers.get('X-Rate-Limit-Remaining'),
                  server: answer.headers.get('X-Frame-Options'),
                  body: await answer.text()});
              } catch (error) {
                return JSON.stringify({error: error.name + ': ' + error.message});
              }
            }""";

    private final Server server;
    private final Org org;
    private final Site site = Site.open();
    private final Site otherPort = Site.open();
    private @Nullable Chromium chromium;

    CorsInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @BeforeAll
    void start() {
        chromium = Chromium.startOrSkip(server, LISTED, STRANGER);
        new Directory(org).active("in-browser@example.com");
        list("Listed", site.origin(LISTED));
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        site.close();
        otherPort.close();
    }

    private Chromium chromium() {
        return Objects.requireNonNull(chromium);
    }

    private String list(String name, String origin) {
        return org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"%s\",\"origin\":\"%s\",\"scopes\":[{\"type\":\"CORS\"}]}"
                                .formatted(name, origin))
                .expect(200)
                .text("id");
    }

    @Test
    @DisplayName("P35 of a listed origin reads answer, links and request id, after a preflight")
    void listed() throws IOException {
        JsonNode answer = call(site.origin(LISTED), "GET", "/api/v1/users?limit=1");
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        assertThat(Json.parse(answer.path("body").asString()).size()).isEqualTo(1);
        assertThat(answer.path("requestId").asString("")).matches("[0-9a-f]{32}");
        assertThat(answer.path("remaining").asString("")).matches("\\d+");
        assertThat(answer.path("link").asString(""))
                .contains("rel=\"self\"")
                .contains("rel=\"next\"");
        assertThat(answer.path("server").isNull()).as("headers that are not exposed").isTrue();
        assertThat(logLines("org=" + org.name() + " ", "OPTIONS /api/v1/users"))
                .as("preflights in the server's log")
                .anyMatch(line -> line.contains("status=204"));
        JsonNode made =
                call(
                        site.origin(LISTED),
                        request("POST", "/api/v1/users?activate=false")
                                .put("type", "application/json")
                                .put("body", Json.text(Directory.newUser("by-page@example.com"))));
        assertThat(made.path("status").asInt()).as(made.toString()).isEqualTo(200);
    }

    @Test
    @DisplayName("P35 of an origin that is not listed, or of another port or scheme, reads nothing")
    void notListed() {
        list("Other scheme", site.origin(STRANGER).replace("http:", "https:"));
        for (String origin : List.of(site.origin(STRANGER), otherPort.origin(LISTED))) {
            refused(call(origin, "GET", "/api/v1/users/me"));
            refused(call(origin, request("GET", "/api/v1/users/me").put("token", "")));
            refused(call(origin, "POST", "/api/v1/users/" + "me/lifecycle/suspend"));
        }
    }

    @Test
    @DisplayName("P35 without an origin of its own (null) reads nothing")
    void opaqueOrigin() {
        Page page = chromium().page("data:text/html,<title>Nobody</title>");
        refused(call(page, request("GET", "/api/v1/users/me")));
    }

    @Test
    @DisplayName("P35 cannot call what is not published with CORS, listed or not")
    void operationWithoutCors() {
        refused(call(site.origin(LISTED), "GET", "/api/v1/groups"));
        refused(call(site.origin(LISTED), "GET", "/api/v1/trustedOrigins"));
        refused(call(site.origin(LISTED), "PUT", "/api/v1/logs"));
    }

    @Test
    @DisplayName("P35 of a listed origin reads why it was refused")
    void readableErrors() {
        error(request("GET", "/api/v1/users/me").put("token", "00NobodysToken"), 401, "E0000011");
        error(request("GET", "/api/v1/users/me").put("token", ""), 403, "E0000005");
        error(request("GET", "/api/v1/users/00uNoSuchUserAnywhere"), 404, "E0000007");
        error(
                request("POST", "/api/v1/logs")
                        .put("token", "")
                        .put("type", "text/plain")
                        .put("body", "{}"),
                405,
                "E0000022");
        error(
                request("POST", "/api/v1/users").put("type", "application/json").put("body", "{"),
                400,
                "E0000003");
    }

    private void error(ObjectNode request, int status, String code) {
        JsonNode answer = call(site.origin(LISTED), request);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
        assertThat(Json.parse(answer.path("body").asString()).path("errorCode").asString())
                .isEqualTo(code);
    }

    @Test
    @DisplayName("P35 reads nothing any more from the moment its origin is deactivated")
    void deactivated() {
        String origin = otherPort.origin(STRANGER);
        String path = "/api/v1/trustedOrigins/" + list("For a while", origin);
        Page page = chromium().page(origin);
        ObjectNode request = request("GET", "/api/v1/users/me");
        assertThat(call(page, request).path("status").asInt()).isEqualTo(200);
        org.http().post(path + "/lifecycle/deactivate").expect(200);
        refused(call(page, request));
        org.http().post(path + "/lifecycle/activate").expect(200);
        assertThat(call(page, request).path("status").asInt()).isEqualTo(200);
        org.http().delete(path).expect(204);
        refused(call(page, request));
    }

    private static void refused(JsonNode answer) {
        assertThat(answer.path("error").asString("")).as(answer.toString()).contains("TypeError");
    }

    private ObjectNode request(String method, String path) {
        return Json.object()
                .put("method", method)
                .put("url", org.url() + path)
                .put("token", org.apiToken());
    }

    private JsonNode call(String origin, String method, String path) {
        return call(origin, request(method, path));
    }

    private JsonNode call(String origin, ObjectNode request) {
        return call(chromium().page(origin), request);
    }

    private JsonNode call(Page page, ObjectNode request) {
        Map<String, String> values = new HashMap<>();
        request.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString()));
        ObjectNode answer = (ObjectNode) Json.parse(page.evaluate(CALL, values).toString());
        return answer.put("console", chromium().said());
    }

    private List<String> logLines(String... parts) throws IOException {
        return Files.readAllLines(server.log()).stream()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .toList();
    }
}
