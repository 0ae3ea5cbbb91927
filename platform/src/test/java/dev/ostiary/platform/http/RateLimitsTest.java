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
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.Notice.Kind;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgDirectory;
import dev.ostiary.platform.org.OrgSettings;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.problem.ErrorCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P34 rate limits in the Pipeline")
class RateLimitsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);
    private static final String USERS = "/api/v1/users/00u1";

    private final List<Kind> told = new ArrayList<>();
    private final List<RequestContext> strays = new ArrayList<>();
    private final AtomicInteger queries = new AtomicInteger();
    private final RateTable table = RateTable.load();
    private final Limiter limiter = new Limiter(table, InstantSource.fixed(NOW));
    private String profile = "2";
    private final Pipeline pipeline = pipeline();

    @Test
    @DisplayName("P34 three headers on an answer; past the limit 429 E0000047 with the headers")
    void refuses() {
        assertThat(headers(get("acme", USERS, "SSWS admin"))).isEqualTo("2 1 1790000060");
        assertThat(headers(get("acme", USERS, "SSWS admin"))).isEqualTo("2 0 1790000060");
        Reply over = get("acme", USERS, "SSWS admin");
        assertThat(over.status()).isEqualTo(429);
        assertThat(headers(over)).isEqualTo("2 0 1790000060");
        assertThat(new String(over.body(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"errorCode\":\"E0000047\",\"errorSummary\":\"API call exceeded rate limit"
                                + " due to too many requests.\",\"errorLink\":\"E0000047\"");
        assertThat(header(over, "X-Okta-Request-Id")).isEqualTo("request");
        assertThat(told).containsExactly(Kind.WARNING, Kind.VIOLATION);
    }

    @Test
    @DisplayName("P34 P40 another org is not touched")
    void orgsApart() {
        exhaust("acme", "SSWS admin");
        assertThat(get("other", USERS, "SSWS admin").status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "P34 a flood without credentials meets a limit of its own and leaves callers theirs")
    void anonymousFlood() {
        assertThat(get("acme", USERS, null).status()).isEqualTo(403);
        assertThat(headers(get("acme", USERS, null))).isEqualTo("2 0 1790000060");
        assertThat(get("acme", USERS, null).status()).isEqualTo(429);
        assertThat(headers(get("acme", USERS, "SSWS admin"))).isEqualTo("2 1 1790000060");
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("P34 so does a flood of bad tokens")
    void badTokens() {
        Reply bad = get("acme", USERS, "SSWS bad");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(headers(bad)).isEqualTo("2 1 1790000060");
        get("acme", USERS, "SSWS bad");
        assertThat(get("acme", USERS, "SSWS bad").status()).isEqualTo(429);
        assertThat(get("acme", USERS, "SSWS admin").status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "P34 limits cost no query: health is told without one, a token's request needs none")
    void noQueries() {
        for (int i = 0; i < 5; i++) {
            assertThat(headers(get("acme", "/health/live", null))).isEqualTo("- - -");
            get("acme", USERS, "SSWS admin");
        }
        assertThat(queries).hasValue(0);
        get("acme", USERS, null);
        assertThat(queries).as("for the block lists").hasValue(1);
    }

    @Test
    @DisplayName("P34 who is only forbidden counts as a caller of the org")
    void forbidden() {
        Reply forbidden = get("acme", USERS, "SSWS user");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(headers(forbidden)).isEqualTo("2 1 1790000060");
        get("acme", USERS, "SSWS user");
        assertThat(get("acme", USERS, "SSWS user").status()).isEqualTo(429);
    }

    @Test
    @DisplayName("P34 the operator is never limited")
    void operator() {
        exhaust("acme", "Ostiary secret");
        for (int i = 0; i < 10; i++) {
            Reply reply = get("acme", "/ostiary/v1/orgs", "Ostiary secret");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).noneMatch(line -> line.name().startsWith("X-Rate-Limit"));
        }
    }

    @Test
    @DisplayName("P34 what is not bound, and what is malformed, counts all the same")
    void countedBeforeTheHandler() {
        assertThat(headers(get("acme", "/api/v1/no/such/path", "SSWS admin"))).isEqualTo("- - -");
        Reply unbound = get("acme", "/api/v1/zones", "SSWS admin");
        assertThat(unbound.status()).isEqualTo(501);
        assertThat(headers(unbound)).isEqualTo("2 1 1790000060");
    }

    @Test
    @DisplayName(
            "P34 concurrency: refused with zeros while others are under way, let through after")
    void concurrency() throws Exception {
        profile = "free";
        CountDownLatch arrived = new CountDownLatch(15);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> all =
                    IntStream.range(0, 15)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            pipeline(arrived, go)
                                                                    .answer(
                                                                            sent(
                                                                                    "acme",
                                                                                    USERS,
                                                                                    "SSWS admin"))))
                            .toList();
            arrived.await();
            Reply over = get("acme", USERS, "SSWS admin");
            assertThat(over.status()).isEqualTo(429);
            assertThat(headers(over)).isEqualTo("0 0 1790000001");
            assertThat(get("acme", USERS, "SSWS admin").status()).isEqualTo(429);
            assertThat(get("other", USERS, "SSWS admin").status()).isEqualTo(200);
            go.countDown();
            for (Future<Reply> one : all) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        assertThat(get("acme", USERS, "SSWS admin").status()).isEqualTo(200);
        assertThat(told).containsExactly(Kind.CONCURRENCY);
    }

    @Test
    @DisplayName(
            "P20 P34 a token used outside of its zones is told once a request, and no more than the limit")
    void strayTokens() {
        List<Integer> statuses =
                IntStream.range(0, 5)
                        .mapToObj(i -> get("acme", USERS, "SSWS stray").status())
                        .toList();
        assertThat(statuses).containsExactly(403, 403, 429, 429, 429);
        assertThat(strays)
                .hasSize(2)
                .allSatisfy(
                        context -> {
                            assertThat(context.actor().id()).isEqualTo("00u1");
                            assertThat(context.transaction().detail())
                                    .containsEntry("requestApiTokenId", "00T1");
                        });
        assertThat(get("acme", USERS, "SSWS admin").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("P34 four sign-ins a second under a user name; others are not touched")
    void userNames() {
        profile = "enterprise";
        for (int i = 0; i < 4; i++) {
            assertThat(get("acme", "/api/v1/groups?isaac", "SSWS admin").status()).isEqualTo(200);
        }
        Reply over = get("acme", "/api/v1/groups?isaac", "SSWS admin");
        assertThat(over.status()).isEqualTo(429);
        assertThat(headers(over)).isEqualTo("4 0 1790000001");
        assertThat(get("acme", "/api/v1/groups?sue", "SSWS admin").status()).isEqualTo(200);
        assertThat(get("other", "/api/v1/groups?isaac", "SSWS admin").status()).isEqualTo(200);
        profile = "unlimited";
        assertThat(get("acme", "/api/v1/groups?isaac", "SSWS admin").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("P34 a handler that fails is under way no longer")
    void failing() {
        profile = "free";
        for (int i = 0; i < 40; i++) {
            assertThat(get("acme", "/api/v1/groups/" + i, "SSWS admin").status()).isEqualTo(500);
        }
    }

    private void exhaust(String org, String authorization) {
        for (int i = 0; i < 5; i++) {
            get(org, USERS, authorization);
        }
    }

    private Reply get(String org, String path, @Nullable String authorization) {
        return pipeline.answer(sent(org, path, authorization));
    }

    private static String headers(Reply reply) {
        return header(reply, "X-Rate-Limit-Limit")
                + " "
                + header(reply, "X-Rate-Limit-Remaining")
                + " "
                + header(reply, "X-Rate-Limit-Reset");
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(line -> line.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("-");
    }

    private Pipeline pipeline() {
        return pipeline(new CountDownLatch(0), new CountDownLatch(0));
    }

    private Pipeline pipeline(CountDownLatch arrived, CountDownLatch go) {
        return new Pipeline(
                new Parts(
                        Contract.load(),
                        Map.of(
                                "getUser",
                                Binding.of(
                                        "getUser",
                                        request -> {
                                            arrived.countDown();
                                            await(go);
                                            return Reply.okEmptyObject();
                                        }),
                                "getGroup",
                                Binding.of(
                                        "getGroup",
                                        request -> {
                                            throw new IllegalStateException("a defect");
                                        }),
                                "listGroups",
                                Binding.of("listGroups", request -> Reply.okEmptyObject())
                                        .signingIn(
                                                request ->
                                                        request.parameters().keySet().stream()
                                                                .findFirst()),
                                "listOstiaryOrgs",
                                Binding.of("listOstiaryOrgs", request -> Reply.okEmptyObject())),
                        new TwoOrgs(),
                        org -> {
                            queries.incrementAndGet();
                            return ConfigVersions.untouched();
                        },
                        org -> ConfigVersions.untouched(),
                        (org, versions) -> org.settings(),
                        "localhost",
                        "dev",
                        new TrustedProxies(List.of()),
                        (org, versions, origin) -> false,
                        (org, versions) -> Network.unknown(),
                        Atlas.none(),
                        (org, address, zone) -> {},
                        (org, token) -> strays.add(RequestContext.current()),
                        (org, credentials, address) -> authentication(credentials),
                        SessionWatch.NONE,
                        new UserAgents(),
                        limiter,
                        (org, versions) -> LimitSettings.of(table.profile(profile).orElseThrow()),
                        (org, context, notice, user, token) -> told.add(notice.kind()),
                        () -> "request",
                        new ErrorWriter(ErrorCatalogue.load(), () -> "error"),
                        ErrorPages.NONE,
                        new AccessLog(line -> {}, InstantSource.fixed(NOW)),
                        new Meters(new SimpleMeterRegistry())));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Authentication authentication(Credentials credentials) {
        return switch (credentials) {
            case Credentials.ApiToken token ->
                    switch (token.token()) {
                        case "admin" -> proven(token(Set.of(Permissions.SUPER_ADMIN)));
                        case "user" -> proven(token(Set.of()));
                        case "stray" -> outside(token(Set.of()));
                        default -> refused();
                    };
            case Credentials.Operator secret -> proven(new Caller.Operator());
            case Credentials.SessionCookie none -> refused();
            case Credentials.AccessToken none -> refused();
            case Credentials.None none ->
                    new Authentication.Proven(new Caller.Anonymous(), Optional.empty());
        };
    }

    private static Authentication proven(Caller caller) {
        return new Authentication.Proven(caller, Optional.of(ConfigVersions.untouched()));
    }

    private static Authentication outside(Caller.Token caller) {
        return new Authentication.Outside(caller, Optional.of(ConfigVersions.untouched()));
    }

    private static Authentication refused() {
        return new Authentication.Refused(ApiException.of("E0000011"), Optional.empty());
    }

    private static Caller.Token token(Set<String> roles) {
        return new Caller.Token(
                "00T1",
                "token",
                new Caller.Principal("00u1", "ada@acme.test", "Ada Admin"),
                Permissions.of(roles));
    }

    private static final class TwoOrgs implements OrgDirectory {
        @Override
        public Optional<Org> byName(String name) {
            long number = name.equals("acme") ? 1 : 2;
            return Optional.of(
                    new Org(number, "00o1d7", name, null, OrgSettings.defaults(), Instant.EPOCH));
        }

        @Override
        public Optional<Org> byPort(int port) {
            return Optional.empty();
        }
    }

    private static Incoming sent(String org, String path, @Nullable String authorization) {
        int question = path.indexOf('?');
        return new Sent(
                "GET",
                question < 0 ? path : path.substring(0, question),
                question < 0 ? "" : path.substring(question + 1),
                org + ".localhost",
                authorization == null ? Map.of() : Map.of("Authorization", List.of(authorization)),
                0);
    }
}
