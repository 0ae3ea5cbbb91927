package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.PolicyApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.AccessPolicyRule;
import com.okta.sdk.resource.model.LifecycleStatus;
import com.okta.sdk.resource.model.OktaSignOnPolicy;
import com.okta.sdk.resource.model.OktaSignOnPolicyRule;
import com.okta.sdk.resource.model.OktaSignOnPolicyRuleActions;
import com.okta.sdk.resource.model.OktaSignOnPolicyRuleSignonActions;
import com.okta.sdk.resource.model.PasswordPolicy;
import com.okta.sdk.resource.model.Policy;
import com.okta.sdk.resource.model.PolicyRule;
import com.okta.sdk.resource.model.PolicyRuleType;
import com.okta.sdk.resource.model.PolicyType;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: policies")
class PolicyJourneyTest {

    private final PolicyApi policies;

    PolicyJourneyTest(Server server, Org org) {
        this.policies = new PolicyApi(OktaSdk.of(server, org).client());
    }

    @Test
    @DisplayName("a sign-on policy and its rules: made, ordered, changed, turned off, deleted")
    void signOn() {
        Policy one = policies.createPolicy(signOnPolicy("One"), true);
        Policy two = policies.createPolicy(signOnPolicy("Two").priority(1), true);
        assertThat(one).isInstanceOf(OktaSignOnPolicy.class);
        assertThat(one.getId()).startsWith("00p");
        assertThat(two.getPriority()).isEqualTo(1);
        assertThat(policies.getPolicy(one.getId(), null).getPriority()).isEqualTo(2);
        assertThat(list(PolicyType.OKTA_SIGN_ON))
                .extracting(Policy::getName)
                .containsExactly("Two", "One", "Default Policy");

        PolicyRule rule = policies.createPolicyRule(one.getId(), signOnRule("Allow"), null, true);
        assertThat(rule).isInstanceOf(OktaSignOnPolicyRule.class);
        assertThat(rule.getId()).startsWith("0pr");
        OktaSignOnPolicyRule read =
                (OktaSignOnPolicyRule) policies.getPolicyRule(one.getId(), rule.getId());
        assertThat(read.getActions().getSignon().getSession().getMaxSessionIdleMinutes())
                .isEqualTo(120);
        PolicyRule renamed =
                policies.replacePolicyRule(one.getId(), rule.getId(), signOnRule("Let in"));
        assertThat(renamed.getName()).isEqualTo("Let in");
        policies.deactivatePolicyRule(one.getId(), rule.getId());
        assertThat(policies.listPolicyRules(one.getId(), null))
                .extracting(PolicyRule::getStatus)
                .containsExactly(LifecycleStatus.INACTIVE);
        policies.activatePolicyRule(one.getId(), rule.getId());
        policies.deletePolicyRule(one.getId(), rule.getId());
        assertThat(policies.listPolicyRules(one.getId(), null)).isEmpty();

        policies.deactivatePolicy(one.getId());
        assertThat(policies.getPolicy(one.getId(), null).getStatus())
                .isEqualTo(LifecycleStatus.INACTIVE);
        policies.activatePolicy(one.getId());
        policies.deletePolicy(one.getId());
        policies.deletePolicy(two.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> policies.getPolicy(one.getId(), null))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + one.getId()
                                                        + " (Policy)"));
    }

    @Test
    @DisplayName("a password policy keeps what is said and fills in the rest")
    void password() {
        PasswordPolicy wanted = new PasswordPolicy();
        wanted.name("Long").type(PolicyType.PASSWORD);
        PasswordPolicy made = (PasswordPolicy) policies.createPolicy(wanted, true);
        assertThat(made.getSettings().getPassword().getComplexity().getMinLength()).isEqualTo(8);
        made.getSettings().getPassword().getComplexity().setMinLength(16);
        PasswordPolicy changed = (PasswordPolicy) policies.replacePolicy(made.getId(), made);
        assertThat(changed.getSettings().getPassword().getComplexity().getMinLength())
                .isEqualTo(16);
        assertThat(changed.getSettings().getPassword().getLockout().getMaxAttempts()).isEqualTo(10);
        policies.deletePolicy(made.getId());
    }

    @Test
    @DisplayName("an access policy is cloned with its rules")
    void clones() {
        Policy old = list(PolicyType.ACCESS_POLICY).getFirst();
        Policy copy = policies.clonePolicy(old.getId());
        assertThat(copy.getName()).isEqualTo("[cloned] " + old.getName());
        assertThat(policies.listPolicyRules(copy.getId(), null))
                .singleElement()
                .isInstanceOf(AccessPolicyRule.class)
                .extracting(PolicyRule::getPriority)
                .isEqualTo(99);
        policies.deletePolicy(copy.getId());
    }

    @ParameterizedTest
    @EnumSource(
            value = PolicyType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RESOURCE_ACCESS", "UNKNOWN_DEFAULT_OPEN_API"})
    @DisplayName("the client reads what an org is born with, of every type")
    void born(PolicyType type) {
        List<Policy> all = list(type);
        assertThat(all).extracting(Policy::getSystem).contains(true);
        for (Policy policy : all) {
            assertThat(policy.getType()).isEqualTo(type);
            assertThat(policies.listPolicyRules(policy.getId(), null)).isNotEmpty();
        }
    }

    private List<Policy> list(PolicyType type) {
        return policies.listPolicies(type.getValue(), null, null, null, null, null, null, null);
    }

    private static Policy signOnPolicy(String name) {
        return new OktaSignOnPolicy().name(name).type(PolicyType.OKTA_SIGN_ON);
    }

    private static PolicyRule signOnRule(String name) {
        OktaSignOnPolicyRule rule = new OktaSignOnPolicyRule();
        rule.setName(name);
        rule.setType(PolicyRuleType.SIGN_ON);
        rule.setActions(
                new OktaSignOnPolicyRuleActions()
                        .signon(
                                new OktaSignOnPolicyRuleSignonActions()
                                        .access(
                                                OktaSignOnPolicyRuleSignonActions.AccessEnum
                                                        .ALLOW)));
        return rule;
    }
}
