package dev.ostiary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.access.SessionWatch;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.Network;
import dev.ostiary.platform.context.TrustedProxies;
import dev.ostiary.platform.context.UserAgents;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.contract.Operation;
import dev.ostiary.platform.contract.Verb;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.problem.ErrorCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    private static final RateTable RATES = RateTable.load();
    private static final Org ORG =
            new Org(1, "00o1d7", "dev", null, OrgSettings.defaults(), Instant.EPOCH);
    private static final String LISTED = "https://app.example";
    private static final String USER = "/api/v1/users/00u1";
    private static final Contract CONTRACT = Contract.load();

    @Test
    @DisplayName("P35 a listed origin gets the headers, credentials and what it may read")
    void listed() {
        Map<String, String> headers = headers(get(USER, LISTED));
        assertThat(headers)
                .containsEntry("Access-Control-Allow-Origin", LISTED)
                .containsEntry("Access-Control-Allow-Credentials", "true")
                .containsEntry("Vary", "Origin");
        assertThat(headers.getOrDefault("Access-Control-Expose-Headers", "").split(", "))
                .containsExactly(
                        "Link",
                        "X-Okta-Request-Id",
                        "X-Rate-Limit-Limit",
                        "X-Rate-Limit-Remaining",
                        "X-Rate-Limit-Reset");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P35 nobody else gets them: every other scheme, host, port or spelling is another")
    @ValueSource(
            strings = {
                "http://app.example",
                "https://app.example:443",
                "https://app.example:8443",
                "https://app.example/",
                "https://APP.example",
                "https://app.example.",
                "https://a.app.example",
                "https://evilapp.example",
                "https://app.example.evil.example",
                "https://app.example,https://evil.example",
                "https://evil.example https://app.example",
                "null",
                "NULL",
                "",
                "*",
                "app.example",
                "file://"
            })
    void others(String origin) {
        assertThat(headers(get(USER, origin)))
                .containsEntry("Vary", "Origin")
                .doesNotContainKey("Access-Control-Allow-Origin")
                .doesNotContainKey("Access-Control-Allow-Credentials")
                .doesNotContainKey("Access-Control-Expose-Headers");
        assertThat(headers(preflight(USER, origin, "GET"))).noneSatisfy(CorsTest::isCors);
    }

    @Test
    @DisplayName("P35 a request that names several origins is of none")
    void several() {
        assertThat(headers(sent("GET", USER, Map.of("Origin", List.of(LISTED, LISTED)), 0)))
                .noneSatisfy(CorsTest::isCors);
        assertThat(
                        headers(
                                sent(
                                        "GET",
                                        USER,
                                        Map.of("Origin", List.of("https://evil.example", LISTED)),
                                        0)))
                .noneSatisfy(CorsTest::isCors);
        assertThat(headers(sent("GET", USER, Map.of(), 0))).noneSatisfy(CorsTest::isCors);
    }

    @Test
    @DisplayName("P35 the org's own origin is trusted without being listed")
    void ownOrigin() {
        assertThat(headers(get(USER, "https://dev.example")))
                .containsEntry("Access-Control-Allow-Origin", "https://dev.example");
        assertThat(headers(get(USER, "http://dev.example"))).noneSatisfy(CorsTest::isCors);
        assertThat(headers(get(USER, "https://dev.example:8443"))).noneSatisfy(CorsTest::isCors);
    }

    @Test
    @DisplayName("P35 a preflight names the verb and the headers, and needs no credentials")
    void preflights() {
        Reply reply =
                pipeline(1000)
                        .answer(
                                sent(
                                        "OPTIONS",
                                        USER,
                                        Map.of(
                                                "Origin", List.of(LISTED),
                                                "Access-Control-Request-Method", List.of("PUT"),
                                                "Access-Control-Request-Headers",
                                                        List.of("authorization,content-type")),
                                        0));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(map(reply))
                .containsEntry("Access-Control-Allow-Origin", LISTED)
                .containsEntry("Access-Control-Allow-Credentials", "true")
                .containsEntry("Access-Control-Allow-Methods", "PUT")
                .containsEntry("Access-Control-Allow-Headers", "authorization,content-type")
                .containsEntry("Access-Control-Max-Age", "3600");
        assertThat(headers(preflight(USER, LISTED, "HEAD")))
                .containsEntry("Access-Control-Allow-Methods", "HEAD");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("P35 header names of a preflight are repeated only if they are names")
    @ValueSource(strings = {"x\r\nSet-Cookie: a=b", "x;y", "x:y", "\u00e4", "<script>"})
    void headerNames(String names) {
        Sent sent =
                sent(
                        "OPTIONS",
                        USER,
                        Map.of(
                                "Origin", List.of(LISTED),
                                "Access-Control-Request-Method", List.of("GET"),
                                "Access-Control-Request-Headers", List.of(names)),
                        0);
        assertThat(headers(sent)).doesNotContainKey("Access-Control-Allow-Headers");
    }

    @Test
    @DisplayName("P35 a preflight for a verb without CORS, or that is none, gets no permission")
    void otherVerbs() {
        for (String verb : List.of("PATCH", "OPTIONS", "TRACE", "get", "", "GET, PUT")) {
            Reply reply = pipeline(1000).answer(preflight(USER, LISTED, verb));
            assertThat(reply.status()).isEqualTo(204);
            assertThat(map(reply)).noneSatisfy(CorsTest::isCors);
        }
        assertThat(headers(preflight("/api/v1/groups", LISTED, "GET")))
                .noneSatisfy(CorsTest::isCors);
        assertThat(headers(preflight("/no/such/path", LISTED, "GET")))
                .noneSatisfy(CorsTest::isCors);
        assertThat(headers(preflight("/api/v1/users/%00", LISTED, "GET")))
                .noneSatisfy(CorsTest::isCors);
    }

    @Test
    @DisplayName("P35 every operation of the contract has the headers exactly if it says CORS")
    void wholeContract() {
        for (Operation operation : CONTRACT.operations()) {
            String path = operation.path().text().replaceAll("\\{[^}]+}", "x1");
            Map<String, String> headers = headers(preflight(path, LISTED, operation.verb().name()));
            Optional<Boolean> found = found(operation.verb(), path);
            assertThat(headers.containsKey("Access-Control-Allow-Origin"))
                    .as(operation.toString())
                    .isEqualTo(found.orElseThrow());
        }
    }

    @Test
    @DisplayName("P35 token endpoints answer the pages of every origin, but never with credentials")
    void tokenEndpoints() {
        for (String path :
                List.of("/oauth2/v1/token", "/oauth2/default/v1/token", "/oauth2/v1/par")) {
            for (String origin : List.of("https://evil.example", "null")) {
                assertThat(headers(preflight(path, origin, "POST")))
                        .containsEntry("Access-Control-Allow-Origin", origin)
                        .containsEntry("Access-Control-Allow-Methods", "POST")
                        .doesNotContainKey("Access-Control-Allow-Credentials");
                assertThat(headers(sent("POST", path, Map.of("Origin", List.of(origin)), 0)))
                        .containsEntry("Access-Control-Allow-Origin", origin)
                        .containsEntry("Vary", "Origin")
                        .doesNotContainKey("Access-Control-Allow-Credentials");
            }
            assertThat(headers(preflight(path, LISTED, "POST")))
                    .containsEntry("Access-Control-Allow-Credentials", "true");
        }
    }

    private static Optional<Boolean> found(Verb verb, String path) {
        return CONTRACT.match(verb, Urls.segments(path).orElseThrow())
                        instanceof Contract.Match.Found(Operation operation, var variables)
                ? Optional.of(operation.cors())
                : Optional.empty();
    }

    @Test
    @DisplayName(
            "P35 a page of a listed origin can read errors: 400, 401, 403, 404, 405, 411, 413, 429")
    void errors() {
        assertReadable(with("Authorization", "SSWS wrong"), 401);
        assertReadable(with("Authorization", ""), 403);
        assertReadable(with("Authorization", "SSWS nobody"), 404);
        assertReadable(with("Accept", "text/html"), 400);
        assertReadable(sent("PATCH", USER, Map.of("Origin", List.of(LISTED)), 0), 405);
        assertReadable(sent("PROPFIND", USER, Map.of("Origin", List.of(LISTED)), 0), 405);
        assertReadable(sent("PUT", USER, good(), 2_000_000), 413);
        assertReadable(sent("PUT", USER, good(), -1), 411);
        Pipeline limited = pipeline(1);
        assertThat(limited.answer(sent("GET", USER, good(), 0)).status()).isEqualTo(200);
        Reply refused = limited.answer(sent("GET", USER, good(), 0));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(map(refused))
                .containsEntry("Access-Control-Allow-Origin", LISTED)
                .containsKey("Access-Control-Expose-Headers");
    }

    @Test
    @DisplayName("P35 what is not for pages stays unreadable when it fails, too")
    void errorsOfOthers() {
        Map<String, List<String>> nobody = Map.of("Origin", List.of(LISTED));
        assertThat(headers(sent("GET", "/api/v1/groups", nobody, 0))).noneSatisfy(CorsTest::isCors);
        assertThat(headers(sent("PATCH", "/api/v1/groups", nobody, 0)))
                .noneSatisfy(CorsTest::isCors);
        assertThat(headers(sent("GET", "/no/such/path", nobody, 0))).noneSatisfy(CorsTest::isCors);
    }

    private void assertReadable(Sent sent, int status) {
        Reply reply = pipeline(1000).answer(sent);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(map(reply))
                .containsEntry("Access-Control-Allow-Origin", LISTED)
                .containsEntry("Access-Control-Allow-Credentials", "true");
    }

    private static void isCors(String name, String value) {
        assertThat(name).startsWith("Access-Control-");
    }

    private static Map<String, List<String>> good() {
        return Map.of("Origin", List.of(LISTED), "Authorization", List.of("SSWS right"));
    }

    private static Sent with(String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>(good());
        headers.put(header, List.of(value));
        return sent("GET", USER, headers, 0);
    }

    private static Sent get(String path, String origin) {
        return sent(
                "GET",
                path,
                Map.of("Origin", List.of(origin), "Authorization", List.of("SSWS right")),
                0);
    }

    private static Sent preflight(String path, String origin, String verb) {
        return sent(
                "OPTIONS",
                path,
                Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of(verb)),
                0);
    }

    private static Map<String, String> headers(Sent sent) {
        return map(pipeline(1000).answer(sent));
    }

    private static Map<String, String> map(Reply reply) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : reply.headers()) {
            assertThat(headers.put(header.name(), header.value())).as(header.name()).isNull();
        }
        return headers;
    }

    private static Pipeline pipeline(int rateLimit) {
        return new Pipeline(
                new Parts(
                        CONTRACT,
                        Map.of(
                                "getUser", Binding.of("getUser", CorsTest::user),
                                "replaceUser", Binding.of("replaceUser", CorsTest::user)),
                        new OneOrg(),
                        org -> ConfigVersions.untouched(),
                        org -> ConfigVersions.untouched(),
                        (org, versions) -> org.settings(),
                        "example",
                        "dev",
                        new TrustedProxies(List.of()),
                        (org, versions, origin) -> origin.equals(LISTED),
                        (org, versions) -> Network.unknown(),
                        Atlas.none(),
                        (org, address, zone) -> {},
                        (org, token) -> {},
                        (org, credentials, address) -> authenticate(credentials),
                        SessionWatch.NONE,
                        new UserAgents(),
                        new Limiter(RATES, () -> Instant.EPOCH),
                        (org, versions) ->
                                LimitSettings.of(
                                        RATES.profile(Integer.toString(rateLimit)).orElseThrow()),
                        (org, context, notice, user, token) -> {},
                        () -> "request",
                        new ErrorWriter(ErrorCatalogue.load(), () -> "error"),
                        ErrorPages.NONE,
                        new AccessLog(line -> {}, InstantSource.system()),
                        new Meters(new SimpleMeterRegistry())));
    }

    private static Reply user(Request request) {
        if (request.header("Authorization").orElse("").endsWith("nobody")) {
            throw ApiException.notFound("00u1", "User");
        }
        return Reply.okEmptyObject();
    }

    private static Authentication authenticate(Credentials credentials) {
        return switch (credentials) {
            case Credentials.ApiToken token when token.token().equals("wrong") ->
                    new Authentication.Refused(ApiException.of("E0000011"), Optional.empty());
            case Credentials.ApiToken token ->
                    new Authentication.Proven(
                            new Caller.Token(
                                    "00T1",
                                    "token",
                                    new Caller.Principal("00u1", "ada@dev.example", "Ada Admin"),
                                    Permissions.of(Set.of(Permissions.SUPER_ADMIN))),
                            Optional.empty());
            case Credentials.SessionCookie cookie -> nobody();
            case Credentials.AccessToken token -> nobody();
            case Credentials.Operator operator -> nobody();
            case Credentials.None none -> nobody();
        };
    }

    private static Authentication nobody() {
        return new Authentication.Proven(new Caller.Anonymous(), Optional.empty());
    }

    private static final class OneOrg implements OrgDirectory {
        @Override
        public Optional<Org> byName(String name) {
            return Optional.of(ORG);
        }

        @Override
        public Optional<Org> byPort(int port) {
            return Optional.empty();
        }
    }

    /**
     * @param length of the body; negative if the client does not say
     */
    private static Sent sent(
            String method, String path, Map<String, List<String>> headers, int length) {
        return new Sent(method, path, "", "DEV.example:443", headers, length);
    }
}
