package dev.ostiary.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.realms.OrgRealms;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.Belongings;
import dev.ostiary.server.directory.users.CredentialRules;
import dev.ostiary.server.directory.users.UserCredentials;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserParts;
import dev.ostiary.server.directory.users.Users;
import dev.ostiary.server.directory.users.password.Argon2Cost;
import dev.ostiary.server.directory.users.password.CommonPasswords;
import dev.ostiary.server.directory.users.password.HashingPool;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.directory.users.password.TemporaryPasswords;
import dev.ostiary.server.security.zones.OrgZones;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Password policies in force")
class OrgPasswordPoliciesTest {

    private static final String USUAL = "tlpWENT2m";
    private static final String LONG = "tlpWENT2m-and-then-some";

    private final TestDirectory directory;
    private final OrgPasswordPolicies policies;
    private final HashingPool pool = new HashingPool(1, Duration.ofSeconds(30));

    OrgPasswordPoliciesTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        policies = new OrgPasswordPolicies(directory.database(), directory.memberships());
        UserParts parts =
                UserParts.of(
                        new PasswordHasher(pool, new SecureRandom(), new Argon2Cost(64, 1, 1)),
                        new CredentialRules(policies, CommonPasswords.load()),
                        EventCatalogue.load(),
                        new Tokens(new SecureRandom()),
                        (tx, where, mail) -> {},
                        directory.memberships(),
                        new Belongings(List.of(), List.of(), List.of()),
                        new OrgSchemas(directory.database()),
                        new OrgRealms(directory.database()),
                        directory.rules());
        directory.bind(new Users(directory.database(), directory.ids(), directory.time(), parts));
        directory.bind(
                new UserCredentials(
                        directory.database(),
                        directory.time(),
                        parts,
                        new TemporaryPasswords(new SecureRandom())));
        new PolicyFamilies(
                        directory.database(),
                        directory.ids(),
                        directory.time(),
                        EventCatalogue.load(),
                        new OrgZones(directory.database(), Atlas.none()),
                        new OrgSchemas(directory.database()),
                        new UserDirectory(),
                        directory.memberships(),
                        GovernedApps.none(),
                        (reader, org, id) -> Optional.empty(),
                        Nameable.none())
                .families()
                .forEach(directory::bind);
    }

    @AfterAll
    void close() {
        directory.close();
        pool.close();
    }

    @Test
    @DisplayName("an org that nobody has touched has the policy that was observed, without a query")
    void untouched() {
        Org org = directory.org("pw-untouched");
        assertThat(policies.ofNew(now(org), List.of())).isEqualTo(PasswordPolicy.observedDefault());
        assertThat(policies.of(now(org), "00uanybody")).isEqualTo(PasswordPolicy.observedDefault());
    }

    @Test
    @DisplayName(
            "what the default policy says from now on holds for everybody with the next request")
    void defaultChanged() {
        Org org = directory.org("pw-default");
        JsonNode policy = json(call(org, "listPolicies", Map.of(), "type=PASSWORD", "")).get(0);
        ObjectNode changed = policy.deepCopy().asObject();
        changed.at("/settings/password/complexity")
                .asObject()
                .put("minLength", 20)
                .put("minSymbol", 1)
                .putArray("excludeAttributes")
                .add("lastName");
        changed.at("/settings/password/age")
                .asObject()
                .put("maxAgeDays", 90)
                .put("expireWarnDays", 7);
        changed.at("/settings/password/lockout").asObject().put("maxAttempts", 3);
        call(
                org,
                "replacePolicy",
                Map.of("policyId", policy.path("id").asString()),
                "",
                Json.text(changed));

        PasswordPolicy now = policies.ofNew(now(org), List.of());
        assertThat(now.complexity())
                .isEqualTo(
                        new PasswordPolicy.Complexity(20, 1, 1, 1, 1, true, false, true, false, 0));
        assertThat(now.maxAgeDays()).isEqualTo(90);
        assertThat(now.expireWarnDays()).isEqualTo(7);
        assertThat(now.maxAttempts()).isEqualTo(3);
        assertThat(now.mailTokenMinutes()).isEqualTo(60);
        refused(() -> user(org, "short@example.com", USUAL), "at least 20 characters");
        user(org, "long@example.com", LONG);
    }

    @Test
    @DisplayName(
            "a policy for a group holds for its members, when they are made and later; without a rule for nobody")
    void byGroup() {
        Org org = directory.org("pw-group");
        String admins = directory.group(org, "Admins");
        String policy = policy(org, admins, 20);
        String made = user(org, "made@example.com", USUAL, admins);
        rule(org, policy, "");

        refused(() -> user(org, "new@example.com", USUAL, admins), "at least 20 characters");
        String member = user(org, "member@example.com", LONG, admins);
        String other = user(org, "other@example.com", USUAL);
        refused(() -> changePassword(org, made, USUAL, "Short2day"), "at least 20 characters");
        changePassword(org, made, USUAL, LONG);
        changePassword(org, other, USUAL, "Short2day");
        refused(() -> setPassword(org, member, "Short2day"), "at least 20 characters");
        String temporary =
                json(call(
                                org,
                                "expirePasswordWithTempPassword",
                                Map.of("id", "member@example.com"),
                                "",
                                ""))
                        .path("tempPassword")
                        .asString();
        assertThat(temporary).hasSize(20);
    }

    @Test
    @DisplayName(
            "whoever a rule leaves out has the next policy; the network of a rule does not count")
    void byRule() {
        Org org = directory.org("pw-rule");
        String everybody = directory.everyone(org);
        String policy = policy(org, everybody, 20);
        String left = user(org, "left@example.com", USUAL);
        rule(
                org,
                policy,
                """
                "conditions":{"people":{"users":{"exclude":["%s"]}},
                 "network":{"connection":"ZONE","include":["ALL_ZONES"]}},"""
                        .formatted(left));

        setPassword(org, left, "Short2day");
        refused(() -> user(org, "new@example.com", USUAL), "at least 20 characters");
    }

    private Org now(Org org) {
        return org.at(new ConfigVersionLookup(directory.database()).now(org));
    }

    private String policy(Org org, String group, int minLength) {
        return json(call(
                        org,
                        "createPolicy",
                        Map.of(),
                        "",
                        """
                                {"type":"PASSWORD","name":"Long","conditions":{"people":{"groups":{
                                 "include":["%s"]}}},"settings":{"password":{"complexity":{
                                 "minLength":%d,"minSymbol":0},"age":{"historyCount":0}}}}"""
                                .formatted(group, minLength)))
                .path("id")
                .asString();
    }

    private void rule(Org org, String policy, String conditions) {
        call(
                org,
                "createPolicyRule",
                Map.of("policyId", policy),
                "",
                "{\"name\":\"Rule\"," + conditions + "\"actions\":{}}");
    }

    private String user(Org org, String login, String password, String... groups) {
        ObjectNode body = Json.object();
        body.putObject("profile")
                .put("login", login)
                .put("email", login)
                .put("firstName", "Ann")
                .put("lastName", "Lee");
        body.putObject("credentials").putObject("password").put("value", password);
        for (String group : groups) {
            body.withArray("groupIds").add(group);
        }
        return json(call(org, "createUser", Map.of(), "", Json.text(body))).path("id").asString();
    }

    private void setPassword(Org org, String user, String password) {
        call(
                org,
                "updateUser",
                Map.of("id", user),
                "",
                "{\"credentials\":{\"password\":{\"value\":\"" + password + "\"}}}");
    }

    private void changePassword(Org org, String user, String from, String to) {
        call(
                org,
                "changePassword",
                Map.of("userId", user),
                "",
                "{\"oldPassword\":{\"value\":\"%s\"},\"newPassword\":{\"value\":\"%s\"}}"
                        .formatted(from, to));
    }

    private Reply call(
            Org org, String operation, Map<String, String> variables, String query, String body) {
        return directory.call(org, operation, variables, query, body);
    }

    private static JsonNode json(Reply reply) {
        return TestDirectory.json(reply);
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String asked) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        thrown ->
                                assertThat(thrown.causes())
                                        .singleElement()
                                        .asString()
                                        .contains(asked));
    }
}
