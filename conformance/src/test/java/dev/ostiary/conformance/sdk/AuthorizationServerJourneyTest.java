package dev.ostiary.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.okta.sdk.resource.api.AuthorizationServerApi;
import com.okta.sdk.resource.api.AuthorizationServerAssocApi;
import com.okta.sdk.resource.api.AuthorizationServerClaimsApi;
import com.okta.sdk.resource.api.AuthorizationServerKeysApi;
import com.okta.sdk.resource.api.AuthorizationServerPoliciesApi;
import com.okta.sdk.resource.api.AuthorizationServerRulesApi;
import com.okta.sdk.resource.api.AuthorizationServerScopesApi;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.AssociatedServerMediated;
import com.okta.sdk.resource.model.AuthorizationServer;
import com.okta.sdk.resource.model.AuthorizationServerJsonWebKey;
import com.okta.sdk.resource.model.AuthorizationServerPolicy;
import com.okta.sdk.resource.model.AuthorizationServerPolicyConditions;
import com.okta.sdk.resource.model.AuthorizationServerPolicyPeopleCondition;
import com.okta.sdk.resource.model.AuthorizationServerPolicyRule;
import com.okta.sdk.resource.model.AuthorizationServerPolicyRuleConditions;
import com.okta.sdk.resource.model.AuthorizationServerPolicyRuleGroupCondition;
import com.okta.sdk.resource.model.AuthorizationServerPolicyRuleRequest;
import com.okta.sdk.resource.model.ClientPolicyCondition;
import com.okta.sdk.resource.model.GrantTypePolicyRuleCondition;
import com.okta.sdk.resource.model.JwkUse;
import com.okta.sdk.resource.model.JwkUseType;
import com.okta.sdk.resource.model.LifecycleStatus;
import com.okta.sdk.resource.model.OAuth2Claim;
import com.okta.sdk.resource.model.OAuth2ClaimConditions;
import com.okta.sdk.resource.model.OAuth2ClaimType;
import com.okta.sdk.resource.model.OAuth2ClaimValueType;
import com.okta.sdk.resource.model.OAuth2Scope;
import com.okta.sdk.resource.model.OAuth2ScopeConsentType;
import com.okta.sdk.resource.model.OAuth2ScopesMediationPolicyRuleCondition;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Java SDK: authorization servers")
class AuthorizationServerJourneyTest {

    private final AuthorizationServerApi servers;
    private final AuthorizationServerScopesApi scopes;
    private final AuthorizationServerClaimsApi claims;
    private final AuthorizationServerPoliciesApi policies;
    private final AuthorizationServerRulesApi rules;
    private final AuthorizationServerKeysApi keys;
    private final AuthorizationServerAssocApi trust;

    AuthorizationServerJourneyTest(Server server, Org org) {
        OktaSdk sdk = OktaSdk.of(server, org);
        servers = new AuthorizationServerApi(sdk.client());
        scopes = new AuthorizationServerScopesApi(sdk.client());
        claims = new AuthorizationServerClaimsApi(sdk.client());
        policies = new AuthorizationServerPoliciesApi(sdk.client());
        rules = new AuthorizationServerRulesApi(sdk.client());
        keys = new AuthorizationServerKeysApi(sdk.client());
        trust = new AuthorizationServerAssocApi(sdk.client());
    }

    @Test
    @DisplayName("a server is made, found, replaced, switched off and on, and deleted")
    void server() {
        AuthorizationServer made = make("Cars");
        assertThat(made.getStatus()).isEqualTo(LifecycleStatus.ACTIVE);
        assertThat(made.getIssuer()).endsWith("/oauth2/" + made.getId());
        assertThat(made.getCredentials().getSigning().getKid()).hasSize(43);
        assertThat(made.getLinks().getMetadata()).hasSize(2);
        assertThat(servers.listAuthorizationServers("cars", null, null))
                .extracting(AuthorizationServer::getId)
                .containsExactly(made.getId());
        assertThat(OktaSdk.pages(after -> servers.listAuthorizationServers(null, 1, after)))
                .extracting(AuthorizationServer::getName)
                .contains("default", "Cars");

        servers.deactivateAuthorizationServer(made.getId());
        assertThat(servers.getAuthorizationServer(made.getId()).getStatus())
                .isEqualTo(LifecycleStatus.INACTIVE);
        servers.activateAuthorizationServer(made.getId());
        AuthorizationServer renamed =
                servers.replaceAuthorizationServer(
                        made.getId(),
                        new AuthorizationServer()
                                .name("Bikes")
                                .description("Two wheels")
                                .audiences(List.of("api://bikes")));
        assertThat(renamed.getName()).isEqualTo("Bikes");
        assertThat(renamed.getStatus()).isEqualTo(LifecycleStatus.ACTIVE);

        servers.deleteAuthorizationServer(made.getId());
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> servers.getAuthorizationServer(made.getId()))
                .satisfies(
                        thrown ->
                                assertThat(OktaSdk.error(thrown).get("errorSummary").asString())
                                        .isEqualTo(
                                                "Not found: Resource not found: "
                                                        + made.getId()
                                                        + " (AuthorizationServer)"));
    }

    @Test
    @DisplayName("scopes and claims are made, listed, replaced and deleted")
    void scopesAndClaims() {
        String server = make("Scopes and claims").getId();
        OAuth2Scope drive =
                scopes.createOAuth2Scope(
                        server,
                        new OAuth2Scope()
                                .name("car:drive")
                                .description("Drive car")
                                .consent(OAuth2ScopeConsentType.REQUIRED));
        assertThat(scopes.listOAuth2Scopes(server, "car", null, null, null))
                .extracting(OAuth2Scope::getId)
                .containsExactly(drive.getId());
        OAuth2Claim claim =
                claims.createOAuth2Claim(
                        server,
                        new OAuth2Claim()
                                .name("carDriving")
                                .claimType(OAuth2ClaimType.RESOURCE)
                                .valueType(OAuth2ClaimValueType.EXPRESSION)
                                .value("\"driving!\"")
                                .conditions(
                                        new OAuth2ClaimConditions().scopes(List.of("car:drive"))));
        assertThat(claim.getSystem()).isFalse();
        assertThat(claims.listOAuth2Claims(server)).hasSize(20);

        claim.setName("carOrdering");
        assertThat(claims.replaceOAuth2Claim(server, claim.getId(), claim).getName())
                .isEqualTo("carOrdering");
        scopes.deleteOAuth2Scope(server, drive.getId());
        assertThat(claims.getOAuth2Claim(server, claim.getId()).getConditions().getScopes())
                .isEmpty();
        claims.deleteOAuth2Claim(server, claim.getId());
        assertThat(claims.listOAuth2Claims(server)).hasSize(19);
    }

    @Test
    @DisplayName("policies and rules keep their order, and are switched off and on")
    void policiesAndRules() {
        String server = make("Policies").getId();
        AuthorizationServerPolicy first = policy(server, "First", 1);
        AuthorizationServerPolicy second = policy(server, "Second", 1);
        assertThat(policies.listAuthorizationServerPolicies(server))
                .extracting(AuthorizationServerPolicy::getId)
                .containsExactly(second.getId(), first.getId());
        policies.deactivateAuthorizationServerPolicy(server, first.getId());
        assertThat(
                        policies.getAuthorizationServerPolicy(server, first.getId())
                                .getStatus()
                                .getValue())
                .isEqualTo("INACTIVE");
        AuthorizationServerPolicyRule rule =
                rules.createAuthorizationServerPolicyRule(server, first.getId(), rule("Machines"));
        assertThat(rule.getActions().getToken().getAccessTokenLifetimeMinutes()).isEqualTo(60);
        rules.deactivateAuthorizationServerPolicyRule(server, first.getId(), rule.getId());
        rules.activateAuthorizationServerPolicyRule(server, first.getId(), rule.getId());
        assertThat(
                        rules.replaceAuthorizationServerPolicyRule(
                                        server, first.getId(), rule.getId(), rule("Robots"))
                                .getName())
                .isEqualTo("Robots");
        rules.deleteAuthorizationServerPolicyRule(server, first.getId(), rule.getId());
        assertThat(rules.listAuthorizationServerPolicyRules(server, first.getId())).isEmpty();
        policies.deleteAuthorizationServerPolicy(server, second.getId());
        assertThat(policies.listAuthorizationServerPolicies(server))
                .extracting(AuthorizationServerPolicy::getPriority)
                .containsExactly(1);
    }

    @Test
    @DisplayName("keys are rotated; servers trust each other")
    void keysAndTrust() {
        String server = make("Keys").getId();
        String active = keys.listAuthorizationServerKeys(server).getFirst().getKid();
        assertThat(keys.rotateAuthorizationServerKeys(server, new JwkUse().use(JwkUseType.SIG)))
                .extracting(AuthorizationServerJsonWebKey::getStatus)
                .containsExactly("ACTIVE", "NEXT", "EXPIRED");
        assertThat(keys.getAuthorizationServerKey(server, active).getStatus()).isEqualTo("EXPIRED");

        String other = make("Trusted").getId();
        trust.createAssociatedServers(
                server, new AssociatedServerMediated().trusted(List.of(other)));
        assertThat(trust.listAssociatedServersByTrustedType(server, true, null, null, null))
                .extracting(AuthorizationServer::getId)
                .containsExactly(other);
        assertThat(trust.listAssociatedServersByTrustedType(server, false, null, null, null))
                .extracting(AuthorizationServer::getId)
                .doesNotContain(server, other);
        assertThat(trust.listAssociatedServersByTrustedType(other, false, null, null, null))
                .extracting(AuthorizationServer::getId)
                .contains(server);
        trust.deleteAssociatedServer(server, other);
        assertThat(trust.listAssociatedServersByTrustedType(server, false, null, null, null))
                .extracting(AuthorizationServer::getId)
                .contains(other);
        assertThat(trust.listAssociatedServersByTrustedType(server, true, null, null, null))
                .isEmpty();
    }

    private AuthorizationServer make(String name) {
        return servers.createAuthorizationServer(
                new AuthorizationServer()
                        .name(name)
                        .description("By the SDK")
                        .audiences(List.of("api://" + name.length())));
    }

    private AuthorizationServerPolicy policy(String server, String name, int priority) {
        return policies.createAuthorizationServerPolicy(
                server,
                new AuthorizationServerPolicy()
                        .name(name)
                        .description("By the SDK")
                        .priority(priority)
                        .conditions(
                                new AuthorizationServerPolicyConditions()
                                        .clients(
                                                new ClientPolicyCondition()
                                                        .include(List.of("ALL_CLIENTS")))));
    }

    private static AuthorizationServerPolicyRuleRequest rule(String name) {
        return new AuthorizationServerPolicyRuleRequest()
                .name(name)
                .type(AuthorizationServerPolicyRuleRequest.TypeEnum.RESOURCE_ACCESS)
                .conditions(
                        new AuthorizationServerPolicyRuleConditions()
                                .people(
                                        new AuthorizationServerPolicyPeopleCondition()
                                                .groups(
                                                        new AuthorizationServerPolicyRuleGroupCondition()
                                                                .include(List.of("EVERYONE"))))
                                .grantTypes(
                                        new GrantTypePolicyRuleCondition()
                                                .include(List.of("client_credentials")))
                                .scopes(
                                        new OAuth2ScopesMediationPolicyRuleCondition()
                                                .include(List.of("*"))));
    }
}
