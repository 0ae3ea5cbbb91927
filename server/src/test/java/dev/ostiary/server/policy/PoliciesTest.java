package dev.ostiary.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.context.Atlas;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.policy.kind.PolicyType;
import dev.ostiary.server.security.zones.OrgZones;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Policies")
class PoliciesTest {

    private final TestDirectory directory;

    PoliciesTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
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
    }

    @ParameterizedTest
    @EnumSource(
            value = PolicyType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "DEVICE_SIGNAL_COLLECTION")
    @DisplayName("an org is born with a policy of each type, which has no row until it is changed")
    void born(PolicyType type) {
        Org org = directory.org("born-" + type.name().toLowerCase().replace('_', '-'));
        JsonNode all = list(org, type, "");
        assertThat(all).hasSize(1);
        JsonNode policy = all.get(0);
        String id = policy.path("id").asString();
        assertThat(id).startsWith(type.prefix()).hasSize(20).endsWith(org.tail());
        assertThat(policy.path("system").asBoolean()).isTrue();
        assertThat(policy.path("priority").asInt()).isEqualTo(1);
        assertThat(json(get(org, id))).isEqualTo(policy);
        JsonNode rules = rules(org, id);
        JsonNode last = rules.get(rules.size() - 1);
        assertThat(last.path("system").asBoolean()).isTrue();
        assertThat(last.path("type").asString()).isEqualTo(type.ruleType());
        assertThat(last.path("priority").asInt()).isEqualTo(type.hasCatchAll() ? 99 : 1);
        assertThat(last.path("id").asString()).startsWith(type.rulePrefix()).hasSize(20);
        assertThat(rowsOf(org)).isZero();

        // saying the same again changes nothing
        assertThat(json(replace(org, id, policy))).isEqualTo(policy);
        assertThat(json(replaceRule(org, id, last.path("id").asString(), last))).isEqualTo(last);
        assertThat(rowsOf(org)).isZero();
        assertThat(events(org)).isEmpty();

        refused(() -> call(org, "deletePolicy", id, ""), "E0000111", "policy");
        refused(() -> call(org, "deactivatePolicy", id, ""), "E0000111", "policy");
        refused(() -> onRule(org, "deletePolicyRule", id, last), "E0000111", "policyRule");
        refused(() -> onRule(org, "deactivatePolicyRule", id, last), "E0000111", "policyRule");
        ObjectNode renamed = policy.deepCopy().asObject().put("name", "Mine");
        refused(() -> replace(org, id, renamed), "E0000077", "name");
        ObjectNode other = last.deepCopy().asObject().put("name", "Mine");
        refused(() -> replaceRule(org, id, last.path("id").asString(), other), "E0000077", "name");
    }

    @Test
    @DisplayName("a password policy that sets nothing has the documented defaults, whole")
    void documented() {
        Org org = directory.org("documented");
        JsonNode made =
                json(create(org, Json.object().put("type", "PASSWORD").put("name", "Silent"), ""));
        assertThat(made.path("settings").toString())
                .isEqualTo(
                        """
                        {"password":{"complexity":{"minLength":8,"minLowerCase":1,"minUpperCase":1,\
                        "minNumber":1,"minSymbol":1,"excludeUsername":true,\
                        "dictionary":{"common":{"exclude":false}},"excludeAttributes":[]},\
                        "age":{"maxAgeDays":0,"expireWarnDays":0,"minAgeMinutes":0,"historyCount":0},\
                        "lockout":{"maxAttempts":10,"autoUnlockMinutes":0,\
                        "userLockoutNotificationChannels":[],"showLockoutFailures":false}},\
                        "recovery":{"factors":{"recovery_question":{"status":"ACTIVE",\
                        "properties":{"complexity":{"minLength":4}}},\
                        "okta_email":{"status":"ACTIVE",\
                        "properties":{"recoveryToken":{"tokenLifetimeMinutes":10080}}},\
                        "okta_sms":{"status":"INACTIVE"},"okta_call":{"status":"INACTIVE"}}},\
                        "delegation":{"options":{"skipUnlock":false}}}""");
    }

    @Test
    @DisplayName("the default policies are those that were observed, whole")
    void observed() {
        Org org = directory.org("observed");
        String everyone = directory.everyone(org);
        JsonNode password = list(org, PolicyType.PASSWORD, "").get(0);
        assertThat(password.path("name").asString()).isEqualTo("Default Policy");
        assertThat(password.path("description").asString())
                .isEqualTo(
                        "The default policy applies in all situations if no other policy"
                                + " applies.");
        assertThat(password.path("conditions").toString())
                .isEqualTo(
                        "{\"people\":{\"groups\":{\"include\":[\""
                                + everyone
                                + "\"]}},\"authProvider\":{\"provider\":\"OKTA\"}}");
        assertThat(password.path("settings").toString())
                .isEqualTo(
                        """
                        {"password":{"complexity":{"minLength":8,"minLowerCase":1,"minUpperCase":1,\
                        "minNumber":1,"minSymbol":0,"excludeUsername":true,"dictionary":{"common":\
                        {"exclude":false}},"excludeAttributes":[]},"age":{"maxAgeDays":0,\
                        "expireWarnDays":0,"minAgeMinutes":0,"historyCount":4},"lockout":\
                        {"maxAttempts":10,"autoUnlockMinutes":0,"userLockoutNotificationChannels":[],\
                        "showLockoutFailures":false}},"recovery":{"factors":{"recovery_question":\
                        {"status":"ACTIVE","properties":{"complexity":{"minLength":4}}},"okta_email":\
                        {"status":"ACTIVE","properties":{"recoveryToken":{"tokenLifetimeMinutes":60}}},\
                        "okta_sms":{"status":"INACTIVE"},"okta_call":{"status":"INACTIVE"}}},\
                        "delegation":{"options":{"skipUnlock":false}}}""");
        JsonNode access = list(org, PolicyType.ACCESS_POLICY, "").get(0);
        assertThat(access.path("name").asString()).isEqualTo("Any two factors");
        assertThat(access.path("conditions").isNull()).isTrue();
        JsonNode last = rules(org, access.path("id").asString()).get(0);
        assertThat(last.path("name").asString()).isEqualTo("Catch-all Rule");
        assertThat(last.path("conditions").isNull()).isTrue();
        assertThat(last.at("/actions/appSignOn/verificationMethod/reauthenticateIn").asString())
                .isEqualTo("PT12H");
    }

    @Test
    @DisplayName(
            "P38 a policy is made whole, changed, turned off and on, and deleted, each in the log")
    void life() {
        Org org = directory.org("life");
        String group = directory.group(org, "Staff");
        ObjectNode body = policy("OKTA_SIGN_ON", "Staff");
        groups(body, group);
        JsonNode made = json(create(org, body, ""));
        String id = made.path("id").asString();
        assertThat(made.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(made.at("/conditions/people/groups/include/0").asString()).isEqualTo(group);
        assertThat(made.at("/_links/deactivate/hints/allow/0").asString()).isEqualTo("POST");
        assertThat(made.at("/_links/self/hints/allow").toString())
                .isEqualTo("[\"GET\",\"PUT\",\"DELETE\"]");
        assertThat(json(get(org, id))).isEqualTo(made);

        JsonNode renamed = json(replace(org, id, body.put("name", "All staff")));
        assertThat(renamed.path("name").asString()).isEqualTo("All staff");
        assertThat(call(org, "deactivatePolicy", id, "").status()).isEqualTo(204);
        assertThat(json(get(org, id)).path("status").asString()).isEqualTo("INACTIVE");
        assertThat(json(get(org, id)).at("/_links/activate").isMissingNode()).isFalse();
        assertThat(call(org, "activatePolicy", id, "").status()).isEqualTo(204);
        assertThat(call(org, "activatePolicy", id, "").status()).isEqualTo(204);
        assertThat(call(org, "deletePolicy", id, "").status()).isEqualTo(204);
        TestDirectory.notFound(() -> get(org, id), id, "Policy");
        assertThat(events(org))
                .filteredOn(type -> type.startsWith("policy."))
                .containsExactly(
                        "policy.lifecycle.create",
                        "policy.lifecycle.update",
                        "policy.lifecycle.deactivate",
                        "policy.lifecycle.activate",
                        "policy.lifecycle.delete");
    }

    @Test
    @DisplayName("a rule is filled in, placed, changed, turned off and on, and deleted")
    void ruleLife() {
        Org org = directory.org("rule-life");
        String id = json(create(org, policy("OKTA_SIGN_ON", "P"), "")).path("id").asString();
        JsonNode rule = json(createRule(org, id, signOnRule("One"), ""));
        String ruleId = rule.path("id").asString();
        assertThat(rule.path("conditions").toString())
                .isEqualTo(
                        """
                        {"people":{"users":{"exclude":[]}},"network":{"connection":"ANYWHERE"},\
                        "authContext":{"authType":"ANY"},"risk":{"behaviors":[]},"riskScore":\
                        {"level":"ANY"},"identityProvider":{"provider":"ANY"}}""");
        assertThat(rule.path("actions").toString())
                .isEqualTo(
                        """
                        {"signon":{"access":"ALLOW","requireFactor":false,\
                        "rememberDeviceByDefault":false,"session":{"usePersistentCookie":false,\
                        "maxSessionIdleMinutes":120,"maxSessionLifetimeMinutes":0},\
                        "primaryFactor":"PASSWORD_IDP_ANY_FACTOR"}}""");
        assertThat(rule.path("priority").asInt()).isEqualTo(1);
        JsonNode second = json(createRule(org, id, signOnRule("Two").put("priority", 1), ""));
        assertThat(second.path("priority").asInt()).isEqualTo(1);
        assertThat(names(rules(org, id))).containsExactly("Two", "One");

        JsonNode changed = json(replaceRule(org, id, ruleId, signOnRule("Uno").put("priority", 1)));
        assertThat(changed.path("priority").asInt()).isEqualTo(1);
        assertThat(names(rules(org, id))).containsExactly("Uno", "Two");
        assertThat(onRule(org, "deactivatePolicyRule", id, changed).status()).isEqualTo(204);
        assertThat(onRule(org, "activatePolicyRule", id, changed).status()).isEqualTo(204);
        assertThat(onRule(org, "deletePolicyRule", id, second).status()).isEqualTo(204);
        assertThat(priorities(rules(org, id))).containsExactly(1);
        String gone = second.path("id").asString();
        TestDirectory.notFound(() -> onRule(org, "getPolicyRule", id, second), gone, "PolicyRule");
        assertThat(events(org))
                .filteredOn(type -> type.startsWith("policy.rule"))
                .containsExactly(
                        "policy.rule.add",
                        "policy.rule.add",
                        "policy.rule.update",
                        "policy.rule.deactivate",
                        "policy.rule.activate",
                        "policy.rule.delete");
    }

    @Test
    @DisplayName("the log tells what a rule was and is, and of what is named how much")
    void ruleLog() {
        Org org = directory.org("rule-log");
        String id = json(create(org, policy("OKTA_SIGN_ON", "P"), "")).path("id").asString();
        String ruleId = json(createRule(org, id, signOnRule("One"), "")).path("id").asString();
        replaceRule(org, id, ruleId, signOnRule("Uno"));

        JsonNode told = told(org, "policy.rule.update");

        assertThat(told.path("oldPolicyRuleName").asString()).isEqualTo("One");
        assertThat(told.path("newPolicyRuleName").asString()).isEqualTo("Uno");
        assertThat(told.path("newPolicyRulePriority").asString()).isEqualTo("1");
        assertThat(told.path("newPolicyRuleLocationSetting").asString()).isEqualTo("ANYWHERE");
        assertThat(told.path("newPolicyRuleUserExcludeSize").asString()).isEqualTo("0");
        assertThat(told.path("newPolicyRuleAction").asString()).startsWith("{\"signon\":");
        assertThat(told.path("newPolicyRuleConditionsJson").asString())
                .contains("\"connection\":\"ANYWHERE\"");
    }

    @Test
    @DisplayName("rules of an access policy count from 0, and its catch-all rule stays at 99")
    void accessRules() {
        Org org = directory.org("access-rules");
        String id = json(create(org, policy("ACCESS_POLICY", "App"), "")).path("id").asString();
        assertThat(id).startsWith("rst");
        for (String name : List.of("A", "B")) {
            createRule(org, id, Json.object().put("name", name), "");
        }
        createRule(org, id, Json.object().put("name", "C").put("priority", 0), "");
        assertThat(names(rules(org, id))).containsExactly("C", "A", "B", "Catch-all Rule");
        assertThat(priorities(rules(org, id))).containsExactly(0, 1, 2, 99);
        JsonNode last = rules(org, id).get(3);
        ObjectNode asking = last.deepCopy().asObject();
        asking.putObject("conditions").putObject("network").put("connection", "ANYWHERE");
        refused(
                () -> replaceRule(org, id, last.path("id").asString(), asking),
                "E0000077",
                "conditions");
        ObjectNode denying = last.deepCopy().asObject();
        denying.at("/actions/appSignOn").asObject().put("access", "DENY");
        assertThat(
                        json(replaceRule(org, id, last.path("id").asString(), denying))
                                .at("/actions/appSignOn/access")
                                .asString())
                .isEqualTo("DENY");
        assertThat(priorities(rules(org, id))).containsExactly(0, 1, 2, 99);
    }

    @Test
    @DisplayName("some types take no rules, and a rule that the org was born with can go for good")
    void bornRules() {
        Org org = directory.org("born-rules");
        String profile = list(org, PolicyType.PROFILE_ENROLLMENT, "").get(0).path("id").asString();
        ObjectNode enrolment = rules(org, profile).get(0).deepCopy().asObject().put("name", "X");
        refused(() -> createRule(org, profile, enrolment, ""), "E0000001", "policyRule");

        String session = list(org, PolicyType.POST_AUTH_SESSION, "").get(0).path("id").asString();
        assertThat(names(rules(org, session))).containsExactly("Post auth rule", "Catch-all Rule");
        JsonNode born = rules(org, session).get(0);
        refused(
                () -> createRule(org, session, Json.object().put("name", "Another"), ""),
                "E0000001",
                "policyRule");
        assertThat(onRule(org, "deletePolicyRule", session, born).status()).isEqualTo(204);
        assertThat(names(rules(org, session))).containsExactly("Catch-all Rule");
        createRule(org, session, Json.object().put("name", "Another"), "");
        assertThat(priorities(rules(org, session))).containsExactly(0, 99);
    }

    @Test
    @DisplayName("what is wrong is told at once, each cause with its place")
    void causes() {
        Org org = directory.org("causes");
        causes(
                () -> create(org, Json.object().put("type", "WRONG"), ""),
                "type: must be a type of policies",
                "name: The field cannot be left blank");
        ObjectNode password = policy("PASSWORD", "P");
        password.putObject("settings")
                .putObject("password")
                .putObject("complexity")
                .put("minLength", 3)
                .put("excludeUsername", "yes");
        causes(
                () -> create(org, password, ""),
                "settings.password.complexity.minLength: must be between 4 and 72",
                "settings.password.complexity.excludeUsername: must be a boolean");
        ObjectNode unknown = policy("OKTA_SIGN_ON", "P");
        groups(unknown, "00gnobody0000000001d");
        causes(
                () -> create(org, unknown, ""),
                "conditions.people.groups.include: The id '00gnobody0000000001d' does not exist");
        causes(
                () -> create(org, policy("IDP_DISCOVERY", "P"), ""),
                "type: An org has one policy of the type IDP_DISCOVERY");
        String id = json(create(org, policy("OKTA_SIGN_ON", "P"), "")).path("id").asString();
        causes(
                () -> create(org, policy("OKTA_SIGN_ON", "P"), ""),
                "name: An object with this field already exists in the current organization");
        causes(
                () -> create(org, policy("OKTA_SIGN_ON", "Default Policy"), ""),
                "name: An object with this field already exists in the current organization");
        ObjectNode rule = signOnRule("R");
        rule.at("/actions/signon").asObject().put("requireFactor", true);
        rule.putObject("conditions").putObject("network").put("connection", "ZONE");
        causes(
                () -> createRule(org, id, rule, ""),
                "conditions.network.include: The field cannot be left blank");
        rule.remove("conditions");
        causes(
                () -> createRule(org, id, rule, ""),
                "actions.signon.factorPromptMode: The field cannot be left blank");
        String access = json(create(org, policy("ACCESS_POLICY", "A"), "")).path("id").asString();
        ObjectNode expressed = Json.object().put("name", "EL");
        expressed
                .putObject("conditions")
                .putObject("elCondition")
                .put("condition", "security.risk.level == 'HIGH'");
        assertThat(createRule(org, access, expressed, "").status()).isEqualTo(200);
        expressed.put("name", "Wrong");
        expressed.at("/conditions/elCondition").asObject().put("condition", "user.nothing ==");
        refused(() -> createRule(org, access, expressed, ""), "E0000001", "condition");
    }

    @Test
    @DisplayName("P24 P25 a list is by priority or name, by status and beginning, in pages")
    void lists() {
        Org org = directory.org("lists");
        for (String name : List.of("Beta", "alpha", "Gamma")) {
            create(org, policy("MFA_ENROLL", name), name.equals("Gamma") ? "activate=false" : "");
        }
        assertThat(names(list(org, PolicyType.MFA_ENROLL, "")))
                .containsExactly("Beta", "alpha", "Gamma", "Default Policy");
        assertThat(names(list(org, PolicyType.MFA_ENROLL, "&sortBy=name")))
                .containsExactly("Beta", "Default Policy", "Gamma", "alpha");
        assertThat(names(list(org, PolicyType.MFA_ENROLL, "&status=INACTIVE")))
                .containsExactly("Gamma");
        assertThat(names(list(org, PolicyType.MFA_ENROLL, "&q=AL"))).containsExactly("alpha");
        Reply first = call(org, "listPolicies", Map.of(), "type=MFA_ENROLL&limit=3", "");
        assertThat(names(json(first))).containsExactly("Beta", "alpha", "Gamma");
        String next = TestDirectory.link(first, "next").orElseThrow();
        assertThat(next).contains("type=MFA_ENROLL").contains("limit=3");
        Reply second =
                call(org, "listPolicies", Map.of(), next.substring(next.indexOf('?') + 1), "");
        assertThat(names(json(second))).containsExactly("Default Policy");
        assertThat(TestDirectory.link(second, "next")).isEmpty();
        assertThat(TestDirectory.link(second, "self")).isPresent();
        refused(
                () -> call(org, "listPolicies", Map.of(), "type=MFA_ENROLL&after=nobody", ""),
                "E0000029",
                "");
        JsonNode expanded = list(org, PolicyType.MFA_ENROLL, "&expand=rules");
        assertThat(names(expanded.get(3).at("/_embedded/rules"))).containsExactly("Default Rule");
        assertThat(expanded.get(0).at("/_embedded/rules")).isEmpty();
    }

    @Test
    @DisplayName("a clone is a policy of its own, with rules of its own")
    void clones() {
        Org org = directory.org("clones");
        String old = list(org, PolicyType.ACCESS_POLICY, "").get(0).path("id").asString();
        createRule(org, old, Json.object().put("name", "Mine"), "");
        JsonNode copy = json(call(org, "clonePolicy", old, ""));
        String id = copy.path("id").asString();
        assertThat(copy.path("name").asString()).isEqualTo("[cloned] Any two factors");
        assertThat(copy.path("system").asBoolean()).isFalse();
        assertThat(names(rules(org, id))).containsExactly("Mine", "Catch-all Rule");
        assertThat(rules(org, id).get(0).path("id"))
                .isNotEqualTo(rules(org, old).get(0).path("id"));
        assertThat(json(call(org, "clonePolicy", old, "")).path("name").asString())
                .isEqualTo("[cloned] Any two factors 2");
        call(org, "deletePolicy", id, "");
        assertThat(names(rules(org, old))).containsExactly("Mine", "Catch-all Rule");
    }

    @Test
    @DisplayName(
            "P39 fifty at once: priorities have neither gaps nor duplicates, the default is last")
    void fiftyAtOnce() throws Exception {
        Org org = directory.org("fifty");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(json(create(org, policy("PASSWORD", "Old " + i), "")).path("id").asString());
        }
        List<Callable<Integer>> changes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            changes.add(
                    switch (i % 5) {
                        case 0 ->
                                () ->
                                        replace(
                                                        org,
                                                        ids.get(number / 5),
                                                        policy("PASSWORD", "Old " + number / 5)
                                                                .put("priority", 1 + number % 7))
                                                .status();
                        case 1 ->
                                () ->
                                        create(
                                                        org,
                                                        policy("PASSWORD", "New " + number)
                                                                .put("priority", 1 + number % 3),
                                                        "")
                                                .status();
                        default ->
                                () ->
                                        createRule(
                                                        org,
                                                        ids.getFirst(),
                                                        Json.object()
                                                                .put("name", "Rule " + number)
                                                                .put("priority", 1 + number % 4),
                                                        "")
                                                .status();
                    });
        }
        assertThat(AtOnce.call(changes)).containsOnly(200);

        JsonNode all = list(org, PolicyType.PASSWORD, "");
        assertThat(all).hasSize(21);
        assertThat(priorities(all))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 21).boxed().toList());
        assertThat(all.get(20).path("system").asBoolean()).isTrue();
        assertThat(priorities(rules(org, ids.getFirst())))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
        all.forEach(
                policy ->
                        assertThat(json(get(org, policy.path("id").asString())).path("priority"))
                                .isEqualTo(policy.path("priority")));
        assertThat(positions(org))
                .as("as they are kept")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    @DisplayName("P40 another org sees and changes nothing of it")
    void elsewhere() {
        Org org = directory.org("here");
        Org other = directory.org("elsewhere");
        String id = json(create(org, policy("OKTA_SIGN_ON", "P"), "")).path("id").asString();
        JsonNode rule = json(createRule(org, id, signOnRule("R"), ""));
        String born = list(org, PolicyType.PASSWORD, "").get(0).path("id").asString();
        for (String foreign : List.of(id, born)) {
            TestDirectory.notFound(() -> get(other, foreign), foreign, "Policy");
            TestDirectory.notFound(
                    () -> call(other, "deletePolicy", foreign, ""), foreign, "Policy");
            TestDirectory.notFound(() -> rules(other, foreign), foreign, "Policy");
        }
        TestDirectory.notFound(() -> onRule(other, "getPolicyRule", id, rule), id, "Policy");
        ObjectNode stealing = policy("OKTA_SIGN_ON", "P");
        groups(stealing, directory.group(org, "Theirs"));
        refused(() -> create(other, stealing, ""), "E0000001", "include");
        assertThat(names(list(other, PolicyType.OKTA_SIGN_ON, "")))
                .containsExactly("Default Policy");
    }

    /** The types of what was logged, in order. */
    private List<String> events(Org org) {
        return directory.events(org).stream().map(event -> event.split(" ")[0]).toList();
    }

    /** What the only event of a type says for whoever debugs. */
    private JsonNode told(Org org, String type) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                                Sql.of(
                                                        """
                                                        SELECT (body #> '{debugContext,debugData}')::text AS told
                                                        FROM system_log
                                                        WHERE org_id = ? AND event_type = ?""",
                                                        org.number(),
                                                        type),
                                                row -> Json.object(row.text("told")))
                                        .orElseThrow());
    }

    private long rowsOf(Org org) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                                Sql.of(
                                                        """
                                                        SELECT (SELECT count(*) FROM policy WHERE org_id = ?)
                                                            + (SELECT count(*) FROM policy_rule WHERE org_id = ?) AS n""",
                                                        org.number(),
                                                        org.number()),
                                                row -> row.number("n"))
                                        .orElseThrow());
    }

    private List<Integer> positions(Org org) {
        return directory
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT position FROM policy WHERE org_id = ?"
                                                        + " AND type = 'PASSWORD' ORDER BY position",
                                                org.number()),
                                        row -> row.integer("position")));
    }

    private JsonNode list(Org org, PolicyType type, String more) {
        return json(call(org, "listPolicies", Map.of(), "type=" + type + more, ""));
    }

    private Reply create(Org org, ObjectNode body, String query) {
        return call(org, "createPolicy", Map.of(), query, Json.text(body));
    }

    private Reply createRule(Org org, String policyId, ObjectNode body, String query) {
        return call(org, "createPolicyRule", Map.of("policyId", policyId), query, Json.text(body));
    }

    private Reply get(Org org, String id) {
        return call(org, "getPolicy", id, "");
    }

    private Reply replace(Org org, String id, JsonNode body) {
        return call(org, "replacePolicy", id, Json.text(body));
    }

    private Reply replaceRule(Org org, String id, String ruleId, JsonNode body) {
        return call(
                org,
                "replacePolicyRule",
                Map.of("policyId", id, "ruleId", ruleId),
                "",
                Json.text(body));
    }

    private JsonNode rules(Org org, String id) {
        return json(call(org, "listPolicyRules", id, ""));
    }

    private Reply onRule(Org org, String operation, String id, JsonNode rule) {
        return call(
                org,
                operation,
                Map.of("policyId", id, "ruleId", rule.path("id").asString()),
                "",
                "");
    }

    private Reply call(Org org, String operation, String id, String body) {
        return call(org, operation, Map.of("policyId", id), "", body);
    }

    private Reply call(
            Org org, String operation, Map<String, String> variables, String query, String body) {
        return directory.call(org, operation, variables, query, body);
    }

    private static JsonNode json(Reply reply) {
        return TestDirectory.json(reply);
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(node -> node.path("name").asString()).toList();
    }

    private static List<Integer> priorities(JsonNode list) {
        return list.valueStream().map(node -> node.path("priority").asInt()).toList();
    }

    private static ObjectNode policy(String type, String name) {
        return Json.object().put("type", type).put("name", name);
    }

    private static void groups(ObjectNode policy, String group) {
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(group);
    }

    private static ObjectNode signOnRule(String name) {
        ObjectNode rule = Json.object().put("type", "SIGN_ON").put("name", name);
        rule.putObject("actions").putObject("signon").put("access", "ALLOW");
        return rule;
    }

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
            String code,
            String argument) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        thrown -> {
                            assertThat(thrown.code()).isEqualTo(code);
                            assertThat(thrown.arguments().toString())
                                    .isEqualTo("[" + argument + "]");
                        });
    }

    private static void causes(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... causes) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        thrown -> assertThat(thrown.causes()).containsExactly(causes));
    }
}
