package dev.ostiary.server.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.access.Authentication;
import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Credentials;
import dev.ostiary.platform.access.Presentation;
import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.contract.Contract;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.fixture.StepClock;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.signin.sessions.SessionAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTokensTest {

    private static final Contract CONTRACT = Contract.load();
    private static final IpAddress ADDRESS = Objects.requireNonNull(IpAddress.parse("127.0.0.1"));

    private static final TokenAuthenticator.AccessTokens NO_ACCESS_TOKENS =
            (org, token, presentation) ->
                    new Authentication.Refused(ApiException.of("E0000011"), Optional.empty());

    private final TestDirectory directory;
    private final StepClock clock = new StepClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final ApiTokens tokens;
    private final TokenAuthenticator authenticator;
    private final Org org;
    private final Org other;

    ApiTokensTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        ApiTokenStore store = new ApiTokenStore();
        OrgZones zones = new OrgZones(directory.database(), Atlas.none());
        tokens =
                new ApiTokens(
                        directory.database(),
                        store,
                        new Ids(clock, new SecureRandom()),
                        new Tokens(new SecureRandom()),
                        EventCatalogue.load(),
                        new UserDirectory(),
                        zones,
                        clock);
        authenticator =
                new TokenAuthenticator(
                        directory.database(),
                        store,
                        zones,
                        clock,
                        new OperatorSecret("operator"),
                        new SessionAuthenticator(directory.database(), new OrgClock(clock))
                                ::authenticate,
                        NO_ACCESS_TOKENS);
        org = directory.org("tokens");
        other = directory.org("tokens-other");
    }

    @AfterAll
    void close() {
        directory.close();
    }

    @Test
    @DisplayName("P20 a token's text is in the answer that made it, and nowhere else")
    void shownOnce() {
        JsonNode made = made("shown@org.example", "shown");
        String text = made.path("token").stringValue();

        String read = text(call("getApiToken", made.path("id").stringValue(), ""));
        String listed = text(call("listApiTokens", "", ""));
        long rows =
                directory
                        .database()
                        .read(
                                org.number(),
                                reader ->
                                        reader.one(
                                                        Sql.of(
                                                                "SELECT count(*) FROM api_token t"
                                                                        + " WHERE t::text LIKE ?",
                                                                "%" + text + "%"),
                                                        row -> row.number(1))
                                                .orElseThrow());

        assertThat(read).contains("\"name\":\"shown\"").doesNotContain(text);
        assertThat(listed).contains("\"name\":\"shown\"").doesNotContain(text);
        assertThat(rows).isZero();
    }

    @Test
    @DisplayName("P20 a use renews a token for thirty days; unused for longer, it is gone")
    void expires() {
        JsonNode made = made("expires@org.example", "expires");
        String id = made.path("id").stringValue();
        Credentials credentials = new Credentials.ApiToken(made.path("token").stringValue());
        Instant created = clock.instant();

        clock.move(Duration.ofDays(29));
        assertThat(authenticate(credentials)).isInstanceOf(Caller.Token.class);
        JsonNode used = json(call("getApiToken", id, ""));
        Instant renewed = Instant.parse(used.path("lastUpdated").stringValue());
        assertThat(Instant.parse(used.path("created").stringValue())).isBefore(created);
        assertThat(renewed).isAfter(created.plus(Duration.ofDays(28)));
        assertThat(Instant.parse(used.path("expiresAt").stringValue()))
                .isEqualTo(renewed.plus(Duration.ofDays(30)));
        clock.move(Duration.ofDays(29));
        assertThat(authenticate(credentials)).isInstanceOf(Caller.Token.class);

        clock.move(Duration.ofDays(30));

        refused(() -> authenticate(credentials), "E0000011");
        refused(() -> call("getApiToken", id, ""), "E0000007");
        refused(() -> call("upsertApiToken", id, "{\"name\":\"late\"}"), "E0000007");
        refused(() -> call("revokeApiToken", id, ""), "E0000007");
        assertThat(text(call("listApiTokens", "", ""))).doesNotContain(id);
    }

    @Test
    @DisplayName("P39 a token that is renamed and revoked at once: each is done or refused, once")
    void renamedAndRevoked() throws Exception {
        String user = directory.user(org, "torn@org.example");
        for (int round = 0; round < 20; round++) {
            String id = issued(user, "torn " + round);
            List<String> answers =
                    atOnce(
                            () -> call("upsertApiToken", id, "{\"name\":\"one\"}"),
                            () -> call("upsertApiToken", id, "{\"name\":\"two\"}"),
                            () -> call("revokeApiToken", id, ""),
                            () -> call("revokeApiToken", id, ""));

            assertThat(answers.subList(2, 4)).containsExactlyInAnyOrder("204", "E0000007");
            assertThat(answers.subList(0, 2)).isSubsetOf("200", "E0000007");
            List<String> events = eventsOf(id);
            assertThat(events).startsWith("system.api_token.create");
            assertThat(events).filteredOn(e -> e.endsWith("update")).hasSize(count(answers, "200"));
            assertThat(events).filteredOn(e -> e.endsWith("revoke")).hasSize(1);
            refused(() -> call("getApiToken", id, ""), "E0000007");
        }
    }

    @Test
    @DisplayName("P20 P38 who is deactivated keeps no token, not even one that is made meanwhile")
    void deactivated() throws Exception {
        for (int round = 0; round < 10; round++) {
            String user = directory.user(org, "leaver" + round + "@org.example");
            String before = issued(user, "before");
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> deactivate(user));
            IntStream.range(0, 6).forEach(n -> all.add(() -> create(user, "meanwhile " + n)));

            List<String> answers = atOnce(all);

            assertThat(answers).isSubsetOf("true", "201", "E0000001");
            assertThat(text(call("listApiTokens", "", ""))).doesNotContain(user);
            assertThat(eventsOf(before))
                    .containsExactly("system.api_token.create", "system.api_token.revoke");
            assertThat(rows()).isEqualTo(events("create") - events("revoke"));
            refused(() -> create(user, "too late"), "E0000001");
        }
    }

    @Test
    @DisplayName("P40 another org's token is one that never was")
    void otherOrg() {
        String id = issued(directory.user(org, "ours@org.example"), "ours");
        String theirs = directory.user(other, "theirs@org.example");
        JsonNode made = made("mine@org.example", "mine");

        for (String operation : List.of("getApiToken", "revokeApiToken")) {
            refused(() -> call(other, operation, id, ""), "E0000007");
        }
        refused(() -> call(other, "upsertApiToken", id, "{\"name\":\"x\"}"), "E0000007");
        refused(() -> create(theirs, "stolen"), "E0000007");
        refused(
                () ->
                        authenticate(
                                other, new Credentials.ApiToken(made.path("token").stringValue())),
                "E0000011");
        assertThat(text(call(other, "listApiTokens", "", ""))).isEqualTo("[]");
    }

    private long rows() {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                                Sql.of(
                                                        "SELECT count(*) FROM api_token"
                                                                + " WHERE org_id = ?",
                                                        org.number()),
                                                row -> row.number(1))
                                        .orElseThrow());
    }

    private long events(String what) {
        return directory.events(org).stream()
                .filter(event -> event.startsWith("system.api_token." + what))
                .count();
    }

    private Object deactivate(String user) {
        return directory
                .database()
                .write(
                        org.number(),
                        tx -> {
                            tx.run(
                                    Sql.of(
                                            "UPDATE users SET status = 'DEPROVISIONED'"
                                                    + " WHERE org_id = ? AND id = ?",
                                            org.number(),
                                            user));
                            tokens.revokeAll(tx, org, user);
                            return true;
                        });
    }

    private JsonNode made(String login, String name) {
        return json(create(directory.user(org, login), name));
    }

    private String issued(String user, String name) {
        return json(create(user, name)).path("id").stringValue();
    }

    private Reply create(String user, String name) {
        return call(
                "createOstiaryApiToken",
                "",
                Json.text(Json.object().put("user", user).put("name", name)));
    }

    private Caller authenticate(Credentials credentials) {
        return authenticate(org, credentials);
    }

    private Caller authenticate(Org where, Credentials credentials) {
        return switch (authenticator.authenticate(where, credentials, Presentation.from(ADDRESS))) {
            case Authentication.Proven proven -> proven.caller();
            case Authentication.Outside outside -> throw ApiException.forbidden();
            case Authentication.Refused refused -> throw refused.error();
        };
    }

    private Reply call(String operation, String id, String body) {
        return call(org, operation, id, body);
    }

    private Reply call(Org where, String operation, String id, String body) {
        Request request =
                new Request(
                        "request",
                        where,
                        CONTRACT.operation(operation),
                        TestDirectory.admin(),
                        Map.of("apiTokenId", id),
                        Query.parse(""),
                        "https://org.example",
                        name -> List.of(),
                        body.getBytes(StandardCharsets.UTF_8));
        Binding binding =
                tokens.bindings().stream()
                        .filter(each -> each.operationId().equals(operation))
                        .findFirst()
                        .orElseThrow();
        return binding.handler().handle(request);
    }

    /** What became of calls that began together: a status, a code, or what else was returned. */
    @SafeVarargs
    private static List<String> atOnce(Callable<Object>... calls) throws Exception {
        return atOnce(List.of(calls));
    }

    private static List<String> atOnce(List<Callable<Object>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (Callable<Object> call : calls) {
                answers.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return outcome(call);
                                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<String> answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    private static String outcome(Callable<Object> call) throws Exception {
        try {
            Object result = call.call();
            return result instanceof Reply reply
                    ? Integer.toString(reply.status())
                    : result.toString();
        } catch (ApiException e) {
            return e.code();
        }
    }

    private List<String> eventsOf(String tokenId) {
        return directory.events(org).stream()
                .filter(event -> event.endsWith(" Token:" + tokenId))
                .map(event -> event.substring(0, event.indexOf(' ')))
                .toList();
    }

    private static int count(List<String> answers, String wanted) {
        return (int) answers.stream().filter(wanted::equals).count();
    }

    private static JsonNode json(Reply reply) {
        return TestDirectory.json(reply);
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
