package dev.ostiary.server.directory.grouprules;

import static dev.ostiary.server.directory.grouprules.RuleGround.body;
import static dev.ostiary.server.directory.grouprules.RuleGround.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Group rules")
class GroupRulesTest {

    private static final String ENGINEERS = "user.title == \"Engineer\"";

    private final RuleGround ground;

    GroupRulesTest(DatabaseAccess access) {
        ground = new RuleGround(access);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName("P31 a rule reads as it was made: inactive, its groups valid, with its exclusions")
    void made() {
        Org org = ground.org("rules-made");
        String group = ground.directory().group(org, "Engineers");
        String user = ground.user(org, "made@example.com", null, null);
        JsonNode made = ground.create(org, body("Rule", ENGINEERS, List.of(group), List.of(user)));
        String id = made.path("id").asString();
        assertThat(id).startsWith("0pr").hasSize(20);
        String time = made.path("created").asString();
        assertThat(made.toString())
                .isEqualTo(
                        """
                        {"type":"group_rule","id":"%s","status":"INACTIVE","name":"Rule",\
                        "created":"%s","lastUpdated":"%s","conditions":{"people":{"users":\
                        {"exclude":["%s"]},"groups":{"exclude":[]}},"expression":{"value":\
                        "user.title == \\"Engineer\\"","type":"urn:okta:expression:1.0"}},\
                        "actions":{"assignUserToGroups":{"groupIds":["%s"]}},\
                        "allGroupsValid":true}"""
                                .formatted(id, time, time, user, group));
        assertThat(ground.get(org, id)).isEqualTo(made);
        assertThat(
                        TestDirectory.json(
                                        ground.on(
                                                org,
                                                "getGroupRule",
                                                id,
                                                "expand=groupIdToGroupNameMap"))
                                .at("/_embedded/groupIdToGroupNameMap/" + group)
                                .asString())
                .isEqualTo("Engineers");
        assertThat(list(org, "search=RUL&limit=1&expand=groupIdToGroupNameMap")).hasSize(1);
        assertThat(list(org, "search=other")).isEmpty();
    }

    @Test
    @DisplayName("P30 what makes no sense is refused with its reason, and nothing has changed")
    void refusals() {
        Org org = ground.org("rules-refused");
        String group = ground.directory().group(org, "Group");
        String everyone = ground.directory().everyone(org);
        List<String> into = List.of(group);
        refused(
                () -> ground.create(org, body("R", "user.nobody == 1", into, List.of())),
                "E0000001",
                "validateRule",
                "Invalid property nobody in expression user.nobody");
        refused(
                () -> ground.create(org, body("R", "x".repeat(100_000), into, List.of())),
                "E0000001",
                "validateRule",
                "The expression has 100000 characters. Expected: at most 16384");
        refused(
                () -> ground.create(org, body("R", "(".repeat(70) + "true", into, List.of())),
                "E0000001",
                "validateRule");
        refused(
                () -> ground.create(org, body("R", ENGINEERS, List.of(everyone), List.of())),
                "E0000001",
                "groupIds",
                "groupIds: Users cannot be assigned to the group " + everyone);
        refused(
                () ->
                        ground.create(
                                org, body("R", ENGINEERS, into, List.of("00unobody0000000001"))),
                "E0000001",
                "conditions.people.users.exclude",
                "conditions.people.users.exclude: There is no such user");
        refused(
                () -> ground.create(org, body("n".repeat(51), ENGINEERS, into, List.of())),
                "E0000001",
                "name",
                "name: must be 1 to 50 characters");
        assertThat(list(org, "")).isEmpty();
        ground.create(org, body("Taken", ENGINEERS, into, List.of()));
        refused(
                () -> ground.create(org, body("TAKEN", ENGINEERS, into, List.of())),
                "E0000001",
                "name",
                "name: Policy rule name already in use");
    }

    @Test
    @DisplayName("a rule is changed while it is inactive, but not its actions")
    void replaced() {
        Org org = ground.org("rules-replaced");
        String group = ground.directory().group(org, "Group");
        String other = ground.directory().group(org, "Other");
        String id = ground.active(org, "Rule", ENGINEERS, group);
        refused(
                () -> replace(org, id, body("R", "true", List.of(group), List.of())),
                "E0000001",
                "status",
                "status: Only a rule whose status is INACTIVE can be updated");
        ground.on(org, "deactivateGroupRule", id, "");
        refused(
                () -> replace(org, id, body("R", "true", List.of(other), List.of())),
                "E0000001",
                "actions",
                "actions: The actions of a rule cannot be updated");
        JsonNode changed = replace(org, id, body("R", "true", List.of(group), List.of()));
        assertThat(changed.path("name").asString()).isEqualTo("R");
        assertThat(ground.get(org, id)).isEqualTo(changed);
        TestDirectory.notFound(
                () -> ground.get(org, "0pr00000000000000000"), "0pr00000000000000000", "GroupRule");
    }

    @Test
    @DisplayName("P38 an active rule follows the profile in the transaction of its change")
    void follows() {
        Org org = ground.org("rules-follows");
        String group = ground.directory().group(org, "Engineers");
        String before = ground.user(org, "before@example.com", "Engineer", null);
        String id = ground.active(org, "Rule", ENGINEERS, group);
        String after = ground.user(org, "after@example.com", "Engineer", null);
        assertThat(ground.groupsOf(org, after)).containsExactly(group);
        assertThat(ground.groupsOf(org, before)).isEmpty();
        ground.sweep(org);
        assertThat(ground.groupsOf(org, before)).containsExactly(group);
        ground.change(org, before, "Artist", null);
        assertThat(ground.groupsOf(org, before)).isEmpty();
        ground.change(org, before, "Engineer", null);
        assertThat(ground.groupsOf(org, before)).containsExactly(group);
        assertThat(events(org))
                .contains(
                        "group.user_membership.add by SystemPrincipal of " + before + " for " + id,
                        "group.user_membership.remove by SystemPrincipal of "
                                + before
                                + " for "
                                + id);
        assertThat(ground.directory().events(org))
                .contains(
                        "policy.rule.add PolicyRule:" + id, "policy.rule.activate PolicyRule:" + id)
                .contains("group.user_membership.rule.trigger PolicyRule:" + id);
    }

    @Test
    @DisplayName("a membership by hand stays when the rule lets go, one by the rule does not")
    void byHand() {
        Org org = ground.org("rules-by-hand");
        String group = ground.directory().group(org, "Engineers");
        String hand = ground.user(org, "hand@example.com", "Engineer", null);
        ground.join(org, group, hand);
        ground.active(org, "Rule", ENGINEERS, group);
        String both = ground.user(org, "both@example.com", "Engineer", null);
        ground.join(org, group, both);
        ground.sweep(org);
        ground.change(org, hand, "Artist", null);
        ground.change(org, both, "Artist", null);
        assertThat(ground.groupsOf(org, hand)).containsExactly(group);
        assertThat(ground.groupsOf(org, both)).containsExactly(group);
    }

    @Test
    @DisplayName("who is taken out by hand is put on the rule's exclusions, with an event")
    void excluded() {
        Org org = ground.org("rules-excluded");
        String group = ground.directory().group(org, "Engineers");
        String id = ground.active(org, "Rule", ENGINEERS, group);
        String user = ground.user(org, "excluded@example.com", "Engineer", null);
        ground.leave(org, group, user);
        assertThat(ground.groupsOf(org, user)).isEmpty();
        assertThat(ground.get(org, id).at("/conditions/people/users/exclude/0").asString())
                .isEqualTo(user);
        ground.change(org, user, "Engineer", "Oslo");
        assertThat(ground.groupsOf(org, user)).isEmpty();
        assertThat(events(org))
                .contains(
                        "group.user_membership.rule.add_exclusion by SystemPrincipal of "
                                + user
                                + " for "
                                + id);
    }

    @Test
    @DisplayName("a membership made in the pass is seen by later rules, and by no earlier one")
    void order() {
        Org org = ground.org("rules-order");
        String one = ground.directory().group(org, "One");
        String two = ground.directory().group(org, "Two");
        String early = ground.directory().group(org, "Early");
        ground.active(org, "Early", "isMemberOfGroup(\"" + two + "\")", early);
        ground.active(org, "First", ENGINEERS, one);
        ground.active(org, "Second", "isMemberOfGroupName(\"One\")", two);
        String user = ground.user(org, "order@example.com", "Engineer", null);
        assertThat(ground.groupsOf(org, user)).containsExactlyInAnyOrder(one, two);
        ground.change(org, user, "Engineer", "Oslo");
        assertThat(ground.groupsOf(org, user)).containsExactlyInAnyOrder(one, two);
        ground.join(org, two, user);
        assertThat(ground.groupsOf(org, user)).containsExactlyInAnyOrder(one, two, early);
        ground.leave(org, two, user);
        assertThat(ground.groupsOf(org, user)).containsExactly(one);
    }

    @Test
    @DisplayName("a rule one of whose groups is gone is INVALID, and can only be read and deleted")
    void invalid() {
        Org org = ground.org("rules-invalid");
        String group = ground.directory().group(org, "Gone");
        String stays = ground.directory().group(org, "Stays");
        String id = ground.active(org, "Rule", ENGINEERS, group, stays);
        String user = ground.user(org, "invalid@example.com", "Engineer", null);
        ground.call(org, "deleteGroup", Map.of("groupId", group), "");
        JsonNode rule = ground.get(org, id);
        assertThat(rule.path("status").asString()).isEqualTo("INVALID");
        assertThat(rule.path("allGroupsValid").asBoolean()).isFalse();
        assertThat(ground.groupsOf(org, user)).containsExactly(stays);
        refused(() -> ground.on(org, "activateGroupRule", id, ""), "E0000001", "status");
        refused(() -> ground.on(org, "deactivateGroupRule", id, ""), "E0000001", "status");
        assertThat(ground.on(org, "deleteGroupRule", id, "").status()).isEqualTo(202);
        assertThat(ground.directory().events(org))
                .contains("group.user_membership.rule.invalidate PolicyRule:" + id);
    }

    @Test
    @DisplayName("a deleted rule leaves its memberships, or takes them along")
    void deleted() {
        Org org = ground.org("rules-deleted");
        String left = ground.directory().group(org, "Left");
        String taken = ground.directory().group(org, "Taken");
        String leaving = ground.active(org, "Leaving", ENGINEERS, left);
        String taking = ground.active(org, "Taking", ENGINEERS, taken);
        String user = ground.user(org, "deleted@example.com", "Engineer", null);
        assertThat(ground.groupsOf(org, user)).containsExactlyInAnyOrder(left, taken);
        ground.on(org, "deleteGroupRule", leaving, "");
        ground.on(org, "deleteGroupRule", taking, "removeUsers=true");
        assertThat(list(org, "")).isEmpty();
        ground.sweep(org);
        assertThat(ground.groupsOf(org, user)).containsExactly(left);
        ground.change(org, user, "Artist", null);
        assertThat(ground.groupsOf(org, user)).containsExactly(left);
        ground.directory().pass(Duration.ofMinutes(2));
        ground.sweep(org);
        assertThat(rows(org, "group_rule")).isZero();
        assertThat(rows(org, "group_rule_grant")).isZero();
    }

    @Test
    @DisplayName(
            "an inactive rule leaves its memberships; active again, it takes back what is not due")
    void rests() {
        Org org = ground.org("rules-rests");
        String group = ground.directory().group(org, "Engineers");
        String id = ground.active(org, "Rule", ENGINEERS, group);
        String user = ground.user(org, "rests@example.com", "Engineer", null);
        ground.on(org, "deactivateGroupRule", id, "");
        ground.change(org, user, "Artist", null);
        assertThat(ground.groupsOf(org, user)).containsExactly(group);
        ground.on(org, "activateGroupRule", id, "");
        ground.sweep(org);
        assertThat(ground.groupsOf(org, user)).isEmpty();
    }

    @Test
    @DisplayName("P37 a sweep that is interrupted goes on behind the last who was done")
    void resumes() {
        Org org = ground.org("rules-resumes");
        String group = manyInOneGroup(org, 1_701);
        assertThat(ground.directory().rules().sweeps().step(org.number())).isTrue();
        assertThat(rows(org, "group_membership")).isEqualTo(1_500);
        assertThat(progress(org))
                .isEqualTo("{\"running\":true,\"evaluated\":1500,\"started\":\"%s\"}");
        ground.sweep(org);
        assertThat(rows(org, "group_membership")).isEqualTo(1_701);
        assertThat(progress(org))
                .isEqualTo("{\"running\":false,\"evaluated\":1701,\"started\":\"%s\"}");
        assertThat(joins(org, group)).isEqualTo(1_701);
    }

    @Test
    @DisplayName(
            "P37 what a process did before it died, and could not note any more, is not done twice")
    void notTwice() {
        Org org = ground.org("rules-not-twice");
        String group = manyInOneGroup(org, 601);
        assertThat(ground.directory().rules().sweeps().step(org.number())).isTrue();
        sweepRow(org, "cursor = '', evaluated = 0");
        ground.sweep(org);
        assertThat(rows(org, "group_membership")).isEqualTo(601);
        assertThat(rows(org, "group_rule_grant")).isEqualTo(601);
        assertThat(joins(org, group)).isEqualTo(601);
        assertThat(progress(org))
                .isEqualTo("{\"running\":false,\"evaluated\":601,\"started\":\"%s\"}");
    }

    @Test
    @DisplayName("P37 what a node has begun is left to it for a while, and then taken up by others")
    void takenUp() {
        Org org = ground.org("rules-taken-up");
        manyInOneGroup(org, 3);
        sweepRow(org, "due = due + interval '10 seconds'");
        assertThat(ground.directory().rules().sweeps().step(org.number())).isFalse();
        assertThat(rows(org, "group_membership")).isZero();
        ground.directory().pass(Duration.ofSeconds(11));
        assertThat(ground.directory().rules().sweeps().step(org.number())).isTrue();
        assertThat(rows(org, "group_membership")).isEqualTo(3);
    }

    /** Users of an org, and a rule, not applied yet, that puts each into a group; the group. */
    private String manyInOneGroup(Org org, int users) {
        String group = ground.directory().group(org, "All");
        List<String> logins = new ArrayList<>();
        for (int n = 0; n < users; n++) {
            logins.add("many-" + n + "@example.com");
        }
        ground.directory().users(org, logins);
        ground.active(org, "Rule", "user.firstName == \"Ann\"", group);
        return group;
    }

    private long joins(Org org, String group) {
        return ground.directory().events(org).stream()
                .filter(event -> event.startsWith("group.user_membership.add "))
                .filter(event -> event.endsWith(":" + group))
                .count();
    }

    private void sweepRow(Org org, String change) {
        ground.directory()
                .database()
                .write(
                        org.number(),
                        tx ->
                                tx.run(
                                        Sql.of(
                                                "UPDATE group_rule_sweep SET "
                                                        + change
                                                        + " WHERE org_id = ?",
                                                org.number())));
    }

    private String progress(Org org) {
        JsonNode progress =
                TestDirectory.json(ground.call(org, "getOstiaryGroupRuleProgress", Map.of(), ""));
        return progress.toString().replaceAll("\"started\":\"[^\"]+\"", "\"started\":\"%s\"");
    }

    @Test
    @DisplayName("P40 rules of another org are unknown, and decide nothing")
    void walls() {
        Org org = ground.org("rules-wall-1");
        Org other = ground.org("rules-wall-2");
        String group = ground.directory().group(org, "Engineers");
        String id = ground.active(org, "Rule", ENGINEERS, group);
        for (String operation :
                List.of(
                        "getGroupRule",
                        "deleteGroupRule",
                        "activateGroupRule",
                        "deactivateGroupRule")) {
            TestDirectory.notFound(() -> ground.on(other, operation, id, ""), id, "GroupRule");
        }
        TestDirectory.notFound(
                () -> replace(other, id, body("R", "true", List.of(group), List.of())),
                id,
                "GroupRule");
        assertThat(list(other, "")).isEmpty();
        String user = ground.user(other, "wall@example.com", "Engineer", null);
        ground.sweep(other);
        assertThat(ground.groupsOf(other, user)).isEmpty();
        refused(
                () -> ground.create(other, body("R", ENGINEERS, List.of(group), List.of())),
                "E0000001",
                "groupIds");
    }

    @Test
    @DisplayName(
            "P39 changes at once of profiles, memberships and rules end as if one after the other")
    void races() throws Exception {
        Org org = ground.org("rules-races");
        String one = ground.directory().group(org, "One");
        String two = ground.directory().group(org, "Two");
        ground.active(org, "First", ENGINEERS, one);
        String second =
                ground.create(
                                org,
                                body(
                                        "Second",
                                        "isMemberOfGroupName('One')",
                                        List.of(two),
                                        List.of()))
                        .path("id")
                        .asString();
        List<String> users = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            users.add(ground.user(org, "races-" + n + "@example.com", "Artist", null));
        }
        List<Callable<Object>> all = new ArrayList<>();
        for (String user : users) {
            all.add(
                    () -> {
                        ground.change(org, user, "Engineer", null);
                        return true;
                    });
            all.add(
                    () -> {
                        ground.change(org, user, "Engineer", "Oslo");
                        return true;
                    });
        }
        all.add(() -> ground.on(org, "activateGroupRule", second, ""));
        all.add(() -> ground.directory().rules().sweeps().step(org.number()));
        AtOnce.call(all);
        ground.sweep(org);
        for (String user : users) {
            assertThat(ground.groupsOf(org, user)).containsExactlyInAnyOrder(one, two);
        }
    }

    private JsonNode replace(Org org, String id, String body) {
        return TestDirectory.json(
                ground.directory()
                        .call(org, "replaceGroupRule", Map.of("groupRuleId", id), "", body));
    }

    private List<JsonNode> list(Org org, String query) {
        List<JsonNode> rules = new ArrayList<>();
        TestDirectory.json(ground.call(org, "listGroupRules", Map.of(), query)).forEach(rules::add);
        return rules;
    }

    private long rows(Org org, String table) {
        return ground.directory()
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.one(
                                        Sql.of(
                                                "SELECT count(*) AS n FROM "
                                                        + table
                                                        + " WHERE org_id = ?",
                                                org.number()),
                                        row -> row.number("n")))
                .orElseThrow();
    }

    /** Events that name a rule: type, kind of actor, first target, rule. */
    private List<String> events(Org org) {
        return ground
                .directory()
                .database()
                .read(
                        org.number(),
                        reader ->
                                reader.list(
                                        Sql.of(
                                                "SELECT body FROM system_log WHERE org_id = ?",
                                                org.number()),
                                        row -> Json.object(row.json("body"))))
                .stream()
                .filter(event -> event.toString().contains("triggered_by_group_rule_id"))
                .map(
                        event ->
                                event.path("eventType").asString()
                                        + " by "
                                        + event.at("/actor/type").asString()
                                        + " of "
                                        + event.at("/target/0/id").asString()
                                        + " for "
                                        + event.at(
                                                        "/debugContext/debugData"
                                                                + "/triggered_by_group_rule_id")
                                                .asString())
                .toList();
    }
}
