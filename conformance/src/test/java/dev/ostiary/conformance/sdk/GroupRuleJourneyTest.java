package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.GroupRuleApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.group.GroupBuilder;
import com.okta.sdk.resource.model.CreateGroupRuleRequest;
import com.okta.sdk.resource.model.GroupRule;
import com.okta.sdk.resource.model.GroupRuleAction;
import com.okta.sdk.resource.model.GroupRuleConditions;
import com.okta.sdk.resource.model.GroupRuleExpression;
import com.okta.sdk.resource.model.GroupRuleGroupAssignment;
import com.okta.sdk.resource.model.GroupRuleStatus;
import com.okta.sdk.resource.model.UpdateUserRequest;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserProfile;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: group rules")
class GroupRuleJourneyTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final OktaSdk sdk;
    private final GroupRuleApi rules;

    GroupRuleJourneyTest(Server server, Org org) {
        this.sdk = OktaSdk.of(server, org);
        this.rules = new GroupRuleApi(sdk.client());
    }

    @Test
    @DisplayName("a rule is made, activated, followed by users, changed, and deleted")
    void journey() {
        User before = sdk.active("rules-before@example.com");
        title(before, "Engineer");
        String group =
                GroupBuilder.instance().setName("By rule").buildAndCreate(sdk.groups()).getId();
        GroupRule rule =
                rules.createGroupRule(rule("Engineers", "user.title == \"Engineer\"", group));
        assertThat(rule.getStatus()).isEqualTo(GroupRuleStatus.INACTIVE);

        rules.activateGroupRule(rule.getId());

        assertThat(rules.getGroupRule(rule.getId(), null).getStatus())
                .isEqualTo(GroupRuleStatus.ACTIVE);
        assertThat(Await.until(SOON, () -> members(group).contains(before.getId()))).isTrue();
        User later = sdk.active("rules-later@example.com");
        assertThat(members(group)).doesNotContain(later.getId());
        title(later, "Engineer");
        assertThat(members(group)).contains(later.getId());
        title(later, "Artist");
        assertThat(members(group)).doesNotContain(later.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> rules.replaceGroupRule(rule.getId(), rule.name("Artists")));

        rules.deactivateGroupRule(rule.getId());
        rule.getConditions().getExpression().setValue("user.title == \"Artist\"");
        assertThat(rules.replaceGroupRule(rule.getId(), rule.name("Artists")).getName())
                .isEqualTo("Artists");
        rules.activateGroupRule(rule.getId());
        assertThat(Await.until(SOON, () -> members(group).equals(List.of(later.getId())))).isTrue();
        assertThat(
                        OktaSdk.pages(after -> rules.listGroupRules(1, after, "arti", null))
                                .stream()
                                .map(GroupRule::getId))
                .containsExactly(rule.getId());

        rules.deactivateGroupRule(rule.getId());
        rules.deleteGroupRule(rule.getId(), true);
        assertThat(Await.until(SOON, () -> members(group).isEmpty())).isTrue();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> rules.getGroupRule(rule.getId(), null))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + rule.getId()
                                                        + " (GroupRule)"));
    }

    @Test
    @DisplayName("an expression that means nothing is refused with the reason")
    void refused() {
        String group =
                GroupBuilder.instance().setName("Never").buildAndCreate(sdk.groups()).getId();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> rules.createGroupRule(rule("Never", "user.nothing", group)))
                .satisfies(
                        thrown ->
                                assertThat(
                                                OktaSdk.error(thrown)
                                                        .at("/errorCauses/0/errorSummary")
                                                        .asString())
                                        .isEqualTo(
                                                "Invalid property nothing in expression"
                                                        + " user.nothing"));
    }

    private List<String> members(String group) {
        return sdk.groups().listGroupUsers(group, null, null).stream().map(User::getId).toList();
    }

    private void title(User user, String title) {
        sdk.users()
                .updateUser(
                        user.getId(),
                        new UpdateUserRequest().profile(new UserProfile().title(title)),
                        null);
    }

    private static CreateGroupRuleRequest rule(String name, String expression, String group) {
        return new CreateGroupRuleRequest()
                .type(CreateGroupRuleRequest.TypeEnum.GROUP_RULE)
                .name(name)
                .conditions(
                        new GroupRuleConditions()
                                .expression(
                                        new GroupRuleExpression()
                                                .type("urn:okta:expression:1.0")
                                                .value(expression)))
                .actions(
                        new GroupRuleAction()
                                .assignUserToGroups(
                                        new GroupRuleGroupAssignment().addgroupIdsItem(group)));
    }
}
