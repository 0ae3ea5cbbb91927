package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.RawTls;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Every bound operation")
class ContractTest {

    /**
     * A trailing word of an object that is never there as an id: these paths name the caller's own.
     */
    private static final List<String> DIFFERENT_WHEN_UNKNOWN =
            List.of(
                    "getOstiaryOrg",
                    "deleteOstiaryOrg",
                    "getOstiaryOrgRateLimits",
                    "replaceOstiaryOrgRateLimits");

    private final Server server;
    private final Org org;
    private final BoundOperations operations;

    ContractTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.operations = BoundOperations.find(server.launcher().home(), server.newOrg());
    }

    @Test
    @DisplayName("there are bound operations of every family of the first stage")
    void somethingIsBound() {
        assertThat(operations.bound())
                .extracting(Operation::family)
                .contains(
                        "User",
                        "UserLifecycle",
                        "UserCred",
                        "Group",
                        "UserResources",
                        "ApiToken",
                        "SystemLog");
    }

    @Test
    @DisplayName("P20 without credentials: 403 E0000005")
    void withoutCredentials() {
        Differences differences = new Differences();
        operations
                .bound()
                .forEach(
                        each ->
                                differences.expect(
                                        each, call(org.nobody(), each), 403, "E0000005"));
        differences.assertNone();
    }

    @Test
    @DisplayName("P20 with a token that is none, or that is another org's: 401 E0000011")
    void withBadToken() {
        Differences differences = new Differences();
        String foreign = server.newOrg().apiToken();
        for (Operation each : operations.bound()) {
            differences.expect(
                    each, call(org.nobody().token("00NobodysToken"), each), 401, "E0000011");
            differences.expect(each, call(org.nobody().token(foreign), each), 401, "E0000011");
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("an id that nobody has: 404 E0000007")
    void unknownId() {
        Differences differences = new Differences();
        naming().forEach(each -> differences.expect(each, call(org.http(), each), 404, "E0000007"));
        differences.assertNone();
    }

    @Test
    @DisplayName("P40 another org's id answers exactly as one that never was")
    void otherOrgsId() {
        Differences differences = new Differences();
        Org other = server.newOrg();
        Directory there = new Directory(other);
        List<String> foreign =
                List.of(
                        Directory.id(there.active("foreign@example.com")),
                        Directory.id(there.group("Foreign")),
                        other.http()
                                .get("/api/v1/api-tokens")
                                .expect(200)
                                .json()
                                .path(0)
                                .path("id")
                                .asString());
        for (Operation each : naming().toList()) {
            String unknown = withoutIds(call(org.http(), each), BoundOperations.UNKNOWN);
            for (String id : foreign) {
                Answer answer = call(org.http(), each, each.pathWith(id), Bodies.of(each));
                differences.check(
                        withoutIds(answer, id).equals(unknown),
                        each + ": " + answer + " differs from " + unknown);
            }
        }
        assertThat(other.http().get("/api/v1/users/" + foreign.get(0)).expect(200).text("status"))
                .isEqualTo("ACTIVE");
        other.http().get("/api/v1/groups/" + foreign.get(1)).expect(200);
        differences.assertNone();
    }

    /** An answer as text, without what differs between any two answers. */
    private static String withoutIds(Answer answer, String id) {
        String body =
                answer.text()
                        .replace(id, "{id}")
                        .replaceAll("\"errorId\":\"[^\"]*\"", "\"errorId\":…");
        return answer.status() + " " + body;
    }

    @Test
    @DisplayName("P12 a known path with a wrong verb: 405 E0000022, and Allow names the right ones")
    void wrongVerb() {
        Differences differences = new Differences();
        for (Operation each : operations.bound()) {
            Answer answer =
                    org.http().send("PROPFIND", each.pathWith(BoundOperations.UNKNOWN), null);
            differences.expect(each, answer, 405, "E0000022");
            differences.check(
                    answer.header("Allow").orElse("").contains(each.method()),
                    each + ": Allow in " + answer.headers());
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("P5 an Accept without JSON: 400 E0000019")
    void unsuitedAccept() {
        Differences differences = new Differences();
        for (Operation each : published().toList()) {
            for (String type :
                    List.of("text/html", "application/hal+json", "application/json;q=0")) {
                differences.expect(
                        each, call(org.http().with("Accept", type), each), 400, "E0000019");
            }
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("P5 a body that does not say it is JSON: 400 E0000021")
    void unsuitedContentType() {
        Differences differences = new Differences();
        for (Operation each : withBody().toList()) {
            byte[] body = String.valueOf(Bodies.of(each)).getBytes(StandardCharsets.UTF_8);
            Http plain = org.http().with("Content-Type", "text/plain");
            differences.expect(
                    each,
                    plain.send(each.method(), each.pathWith(BoundOperations.UNKNOWN), body),
                    400,
                    "E0000021");
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("P6 a body that is no JSON, and none at all where one is needed: 400 E0000003")
    void malformedBody() {
        Differences differences = new Differences();
        Differences lenient = new Differences();
        Map<String, String> existing = existing();
        for (Operation each :
                withBody().filter(each -> !each.id().equals("createOstiaryOrg")).toList()) {
            for (String body : List.of("{\"profile\":", "nonsense", "{\"a\":1}}", "")) {
                Answer answer = call(org.http(), each, concrete(each, existing), body);
                differences.expect(each, answer, 400, "E0000003");
            }
            Answer array = call(org.http(), each, concrete(each, existing), "[]");
            lenient.check(array.status() == 400, each + ": " + array);
        }
        differences.assertNone();
        lenient.assertNone();
    }

    @Test
    @DisplayName("P11 a POST or PUT without a length: 411")
    void withoutLength() {
        Differences differences = new Differences();
        for (Operation each : operations.bound().stream().filter(Operation::mayHaveBody).toList()) {
            try (RawTls raw = RawTls.open(server.trust().context(), org.port())) {
                raw.send(
                        each.method()
                                + " "
                                + each.pathWith(BoundOperations.UNKNOWN)
                                + " HTTP/1.1\r\nHost: localhost:"
                                + org.port()
                                + "\r\nAuthorization: SSWS "
                                + org.apiToken()
                                + "\r\n\r\n");
                differences.expect(each, raw.read(), 411, "E0000003");
            }
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("P3 an unknown query parameter changes nothing")
    void unknownParameter() {
        Differences differences = new Differences();
        Map<String, String> existing = existing();
        for (Operation each :
                operations.bound().stream().filter(each -> each.method().equals("GET")).toList()) {
            String path = concrete(each, existing);
            Answer plain = org.http().get(path);
            Answer more = org.http().get(path + "?nonsense=1&_=%F0%9F%9A%A2");
            differences.check(
                    plain.status() == more.status(),
                    each + ": " + plain.status() + ", then " + more);
        }
        differences.assertNone();
    }

    @Test
    @DisplayName(
            "P33 P34 P36 request id, rate limits and security headers stand on every answer; P17 every error is the object")
    void headersAndErrors() {
        Differences differences = new Differences();
        Map<String, String> existing = existing();
        List<Answer> limited = new ArrayList<>();
        for (Operation each :
                operations.bound().stream().filter(each -> each.method().equals("GET")).toList()) {
            limited.add(org.http().get(concrete(each, existing)));
            limited.add(call(org.http(), each));
        }
        withBody()
                .forEach(
                        each ->
                                limited.add(
                                        call(
                                                org.http(),
                                                each,
                                                each.pathWith(BoundOperations.UNKNOWN),
                                                "{")));
        List<Answer> unlimited = new ArrayList<>();
        unlimited.add(org.nobody().get("/api/v1/users"));
        unlimited.add(org.nobody().token("nonsense").get("/api/v1/users"));
        unlimited.add(org.http().get("/api/v1/no-such-path"));
        unlimited.add(org.http().send("PROPFIND", "/api/v1/users", null));
        unlimited.add(org.http().send("OPTIONS", "/api/v1/users", null));
        unlimited.add(org.nobody().get("/health/ready"));
        operations.unbound().stream().limit(20).forEach(each -> limited.add(each.answer()));
        for (Answer answer : limited) {
            AnswerRules.rateLimits(answer, differences);
        }
        for (Answer answer : Stream.concat(limited.stream(), unlimited.stream()).toList()) {
            AnswerRules.headers(answer, differences);
            AnswerRules.error(answer, differences);
        }
        differences.assertNone();
    }

    @Test
    @DisplayName("what is not bound says so loudly: 501 E0000060")
    void unbound() {
        Differences differences = new Differences();
        operations
                .unbound()
                .forEach(
                        each ->
                                differences.expect(
                                        each.operation(), each.answer(), 501, "E0000060"));
        differences.assertNone();
    }

    private Stream<Operation> naming() {
        return operations.bound().stream()
                .filter(Operation::namesSomething)
                .filter(each -> !DIFFERENT_WHEN_UNKNOWN.contains(each.id()));
    }

    private Stream<Operation> published() {
        return operations.bound().stream().filter(each -> !each.document().equals("extra"));
    }

    private Stream<Operation> withBody() {
        Predicate<Operation> needsOne = each -> Bodies.of(each) != null;
        return operations.bound().stream().filter(needsOne);
    }

    private Answer call(Http http, Operation operation) {
        return call(
                http, operation, operation.pathWith(BoundOperations.UNKNOWN), Bodies.of(operation));
    }

    private static Answer call(Http http, Operation operation, String path, @Nullable String body) {
        return body == null
                ? http.send(operation.method(), path, null)
                : http.with("Content-Type", "application/json")
                        .send(operation.method(), path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An id that exists for each name of a path variable. */
    private Map<String, String> existing() {
        Directory directory = new Directory(org);
        String suffix = Long.toString(System.nanoTime(), 36);
        String user = Directory.id(directory.active("existing-" + suffix + "@example.com"));
        String token =
                org.http()
                        .get("/api/v1/api-tokens")
                        .expect(200)
                        .json()
                        .path(0)
                        .path("id")
                        .asString();
        return Map.of(
                "{id}", user,
                "{userId}", user,
                "{groupId}", Directory.id(directory.group("Existing " + suffix)),
                "{apiTokenId}", token);
    }

    private static String concrete(Operation operation, Map<String, String> existing) {
        String path = operation.path();
        for (Map.Entry<String, String> each : existing.entrySet()) {
            path = path.replace(each.getKey(), each.getValue());
        }
        return path.replaceAll("\\{[^}]+}", BoundOperations.UNKNOWN);
    }
}
