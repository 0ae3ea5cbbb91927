package dev.ostiary.server.oauth.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.KeyRing;
import dev.ostiary.platform.secret.MasterKey;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.Operations;
import dev.ostiary.server.oauth.keys.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
@DisplayName("Authorization servers")
class AuthorizationServersTest {

    private static final String TAKEN =
            "name: An object with this field already exists in the current organization";

    private final Ground ground;
    private final Operations operations;

    AuthorizationServersTest(DatabaseAccess access) {
        ground = new Ground(access);
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(ground.clock, random);
        EventCatalogue events = EventCatalogue.load();
        OrgServers servers = new OrgServers(ground.database);
        SigningKeys keys =
                new SigningKeys(
                        ground.database,
                        new Sealed(KeyRing.of(MasterKey.generate(random)), random),
                        events);
        operations =
                new Operations(
                        ground,
                        new AuthorizationServers(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                servers,
                                keys,
                                new NothingEnds()),
                        new ServerKeys(ground.database, ids, ground.clock, servers, keys, () -> {}),
                        new Scopes(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                servers,
                                new NothingEnds()),
                        new Claims(
                                ground.database,
                                ids,
                                ground.clock,
                                events,
                                servers,
                                new OrgSchemas(ground.database)),
                        new AccessPolicies(ground.database, ids, ground.clock, events, servers),
                        new AccessRules(ground.database, ids, ground.clock, events, servers),
                        new ResourceKeys(ground.database, ids, ground.clock, events, servers),
                        new AssociatedServers(ground.database, ids, ground.clock, events, servers));
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("given an org that nobody touched, then its server is there whole, and has no row")
    void untouched() {
        Org org = ground.strict;
        JsonNode server = get(org, "default");
        assertThat(server.path("id").asString()).isEqualTo("aus" + org.id().substring(3));
        assertThat(server.path("default").asBoolean()).isTrue();
        assertThat(server.path("audiences").toString()).isEqualTo("[\"api://default\"]");
        assertThat(server.path("issuer").asString())
                .isEqualTo("https://strict.test/oauth2/default");
        assertThat(server.at("/credentials/signing/kid").asString()).hasSize(43);
        assertThat(get(org, server.path("id").asString())).isEqualTo(server);
        assertThat(list(org, "listAuthorizationServers", Map.of())).hasSize(1);
        assertThat(names(list(org, "listOAuth2Scopes", DEFAULT)))
                .contains(
                        "openid",
                        "profile",
                        "email",
                        "address",
                        "phone",
                        "offline_access",
                        "device_sso",
                        "okta.myAccount.profile.read");
        JsonNode claims = list(org, "listOAuth2Claims", DEFAULT);
        assertThat(claims).hasSize(19);
        assertThat(claims.get(0).path("value").asString())
                .isEqualTo("(appuser != null) ? appuser.userName : app.clientId");
        List<String> always = new ArrayList<>();
        claims.forEach(
                claim -> {
                    if (claim.path("alwaysIncludeInToken").asBoolean()) {
                        always.add(claim.path("name").asString());
                    }
                });
        assertThat(always).containsExactlyInAnyOrder("sub", "name", "preferred_username", "email");
        JsonNode policy = list(org, "listAuthorizationServerPolicies", DEFAULT).get(0);
        assertThat(policy.path("name").asString()).isEqualTo("Default Policy");
        assertThat(rows(org)).isZero();
    }

    @Test
    @DisplayName("when something of the default server changes, all else of it stays as it was")
    void touched() {
        Org org = ground.acme;
        JsonNode before = get(org, "default");
        JsonNode claims = list(org, "listOAuth2Claims", DEFAULT);
        JsonNode scope = scope(org, "default", "car:drive");
        assertThat(rows(org)).isPositive();
        assertThat(get(org, "default")).isEqualTo(before);
        assertThat(list(org, "listOAuth2Claims", DEFAULT)).isEqualTo(claims);
        assertThat(names(list(org, "listOAuth2Scopes", DEFAULT))).contains("car:drive");
        assertThat(scope.path("consent").asString()).isEqualTo("IMPLICIT");
        assertThat(scope.path("metadataPublish").asString()).isEqualTo("NO_CLIENTS");
        assertThat(operations.event(org, "oauth2.scope.created").at("/target/0/type").asString())
                .isEqualTo("OAuth2Scope");
    }

    @Test
    @DisplayName(
            "P39 50 policies made at once have the priorities 1 to 50, and deleting leaves no hole")
    void priorities() throws Exception {
        Org org = ground.acme;
        String server = server(org, "Priorities");
        List<Callable<Reply>> calls =
                IntStream.range(0, 50)
                        .<Callable<Reply>>mapToObj(
                                i ->
                                        () ->
                                                call(
                                                        org,
                                                        "createAuthorizationServerPolicy",
                                                        Map.of("authServerId", server),
                                                        policy("P" + i, i % 3 == 0 ? 1 : 99)))
                        .toList();
        AtOnce.call(calls);
        assertThat(priorities(org, server))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        JsonNode third = policies(org, server).get(2);
        call(
                org,
                "deleteAuthorizationServerPolicy",
                Map.of("authServerId", server, "policyId", third.path("id").asString()),
                "");
        assertThat(priorities(org, server))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 49).boxed().toList());
    }

    @Test
    @DisplayName("a policy moves to the priority that it is given, and the others make room")
    void moves() {
        Org org = ground.acme;
        String server = server(org, "Moves");
        List<String> ids = new ArrayList<>();
        for (String name : List.of("A", "B", "C")) {
            ids.add(
                    json(call(
                                    org,
                                    "createAuthorizationServerPolicy",
                                    Map.of("authServerId", server),
                                    policy(name, 0)))
                            .path("id")
                            .asString());
        }
        assertThat(names(policies(org, server))).containsExactly("C", "B", "A");
        call(
                org,
                "replaceAuthorizationServerPolicy",
                Map.of("authServerId", server, "policyId", ids.get(2)),
                policy("C", 3));
        assertThat(names(policies(org, server))).containsExactly("B", "A", "C");
    }

    @Test
    @DisplayName("P39 of two who take a name at once, one gets it")
    void nameTaken() throws Exception {
        Org org = ground.acme;
        List<Callable<String>> calls =
                List.of(() -> tryServer(org, "Twins"), () -> tryServer(org, "twins"));
        assertThat(AtOnce.call(calls)).containsExactlyInAnyOrder("201", "E0000001");
        refused(() -> server(org, "DEFAULT"), "E0000001", TAKEN);
        scope(org, "default", "twin");
        refused(() -> scope(org, "default", "twin"), "E0000001", TAKEN);
    }

    @Test
    @DisplayName("P40 another org sees nothing of a server, nor of its parts")
    void foreign() {
        String server = server(ground.acme, "Foreign");
        refused(() -> get(ground.other, server), "E0000007", new String[0]);
        refused(() -> scope(ground.other, server, "x"), "E0000007", new String[0]);
    }

    @Test
    @DisplayName("claims are refused for what is wrong with them, all of it at once")
    void wrongClaims() {
        Org org = ground.acme;
        refused(() -> claim(org, "iss", "EXPRESSION", "user.nonsense", "missing"), "E0000001");
        assertThatThrownBy(() -> claim(org, "iss", "EXPRESSION", "user.nonsense", "missing"))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.causes()).hasSize(3));
        refused(
                () -> claim(org, "groups", "GROUPS", "Car", "openid"),
                "E0000001",
                "group_filter_type: The field cannot be left blank");
        JsonNode made = claim(org, "driving", "EXPRESSION", "\"driving!\"", "openid");
        assertThat(made.path("alwaysIncludeInToken").asBoolean()).isTrue();
        refused(
                () -> claim(org, "driving", "EXPRESSION", "user.login", "openid"),
                "E0000001",
                TAKEN);
    }

    @Test
    @DisplayName("what every server has cannot be deleted, and keeps its name")
    void system() {
        Org org = ground.acme;
        String openid = list(org, "listOAuth2Scopes", DEFAULT).get(0).path("id").asString();
        String sub = list(org, "listOAuth2Claims", DEFAULT).get(0).path("id").asString();
        refused(
                () ->
                        call(
                                org,
                                "deleteOAuth2Scope",
                                Map.of("authServerId", "default", "scopeId", openid),
                                ""),
                "E0000006");
        refused(
                () ->
                        call(
                                org,
                                "deleteOAuth2Claim",
                                Map.of("authServerId", "default", "claimId", sub),
                                ""),
                "E0000006");
        refused(() -> call(org, "deleteAuthorizationServer", DEFAULT, ""), "E0000006");
        JsonNode changed =
                json(
                        call(
                                org,
                                "replaceOAuth2Claim",
                                Map.of("authServerId", "default", "claimId", sub),
                                "{\"name\":\"other\",\"claimType\":\"RESOURCE\","
                                        + "\"valueType\":\"EXPRESSION\",\"value\":\"user.email\"}"));
        assertThat(changed.path("name").asString()).isEqualTo("sub");
        assertThat(changed.path("value").asString()).isEqualTo("user.email");
        assertThat(changed.path("system").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("when a scope goes, no claim and no rule names it any more")
    void scopeGoes() {
        Org org = ground.acme;
        String id = scope(org, "default", "gone").path("id").asString();
        JsonNode claim = claim(org, "going", "EXPRESSION", "user.login", "gone");
        call(org, "deleteOAuth2Scope", Map.of("authServerId", "default", "scopeId", id), "");
        assertThat(
                        json(call(
                                        org,
                                        "getOAuth2Claim",
                                        Map.of(
                                                "authServerId",
                                                "default",
                                                "claimId",
                                                claim.path("id").asString()),
                                        ""))
                                .at("/conditions/scopes"))
                .isEmpty();
    }

    @Test
    @DisplayName("a rotation by hand: the next key is active, the active one expired")
    void rotation() {
        Org org = ground.acme;
        Map<String, String> on = Map.of("authServerId", server(org, "Rotation"));
        JsonNode before = list(org, "listAuthorizationServerKeys", on);
        assertThat(statuses(before)).containsExactly("ACTIVE", "NEXT");
        JsonNode after = json(call(org, "rotateAuthorizationServerKeys", on, "{\"use\":\"sig\"}"));
        assertThat(statuses(after)).containsExactly("ACTIVE", "NEXT", "EXPIRED");
        assertThat(after.get(0).path("kid")).isEqualTo(before.get(1).path("kid"));
        assertThat(after.get(0).path("n")).isEqualTo(before.get(1).path("n"));
        assertThat(after.get(2).path("n")).isEqualTo(before.get(0).path("n"));
        assertThat(list(org, "listAuthorizationServerKeys", on)).isEqualTo(after);
        refused(
                () -> call(org, "rotateAuthorizationServerKeys", on, "{\"use\":\"enc\"}"),
                "E0000001",
                "use: must be 'sig'");
    }

    private static final Map<String, String> DEFAULT = Map.of("authServerId", "default");

    private Reply call(Org org, String operation, Map<String, String> variables, String body) {
        Org now = org.at(new ConfigVersionLookup(ground.database).now(org));
        return operations.call(now, operation, variables, "", body);
    }

    private JsonNode list(Org org, String operation, Map<String, String> variables) {
        return json(call(org, operation, variables, ""));
    }

    private JsonNode get(Org org, String id) {
        return json(call(org, "getAuthorizationServer", Map.of("authServerId", id), ""));
    }

    private String server(Org org, String name) {
        return json(call(org, "createAuthorizationServer", Map.of(), serverBody(name)))
                .path("id")
                .asString();
    }

    private String tryServer(Org org, String name) {
        try {
            Reply reply = call(org, "createAuthorizationServer", Map.of(), serverBody(name));
            return Integer.toString(reply.status());
        } catch (ApiException e) {
            return e.code();
        }
    }

    private static String serverBody(String name) {
        return "{\"name\":\"" + name + "\",\"description\":\"d\",\"audiences\":[\"api://x\"]}";
    }

    private JsonNode scope(Org org, String server, String name) {
        return json(
                call(
                        org,
                        "createOAuth2Scope",
                        Map.of("authServerId", server),
                        "{\"name\":\"" + name + "\"}"));
    }

    private JsonNode claim(Org org, String name, String valueType, String value, String scope) {
        String body =
                Json.text(
                        Json.object()
                                .put("name", name)
                                .put("claimType", "RESOURCE")
                                .put("valueType", valueType)
                                .put("value", value)
                                .set("conditions", Json.parse("{\"scopes\":[\"" + scope + "\"]}")));
        return json(call(org, "createOAuth2Claim", DEFAULT, body));
    }

    private static String policy(String name, int priority) {
        return "{\"type\":\"OAUTH_AUTHORIZATION_POLICY\",\"name\":\""
                + name
                + "\",\"description\":\"d\",\"priority\":"
                + priority
                + ",\"conditions\":{\"clients\":{\"include\":[\"ALL_CLIENTS\"]}}}";
    }

    private JsonNode policies(Org org, String server) {
        return list(org, "listAuthorizationServerPolicies", Map.of("authServerId", server));
    }

    private List<Integer> priorities(Org org, String server) {
        return policies(org, server)
                .valueStream()
                .map(each -> each.path("priority").asInt())
                .toList();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(each -> each.path("name").asString()).toList();
    }

    private static List<String> statuses(JsonNode list) {
        return list.valueStream().map(each -> each.path("status").asString()).toList();
    }

    private long rows(Org org) {
        return ground.database.read(
                org.number(), reader -> new AuthorizationServerStore().count(reader));
    }

    private static JsonNode json(Reply reply) {
        return Json.parse(new String(reply.body(), StandardCharsets.UTF_8));
    }

    private static void refused(ThrowingCallable call, String code, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            if (causes.length > 0) {
                                assertThat(e.causes()).containsExactly(causes);
                            }
                        });
    }
}
