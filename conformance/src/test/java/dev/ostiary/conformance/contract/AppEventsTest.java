package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The table of events of apps, clients and authorization servers: a row for each outcome. */
@ExtendWith(SuiteServer.class)
@DisplayName("P38 Of apps, clients and authorization servers the log says")
class AppEventsTest {

    private final Org org;
    private final AppMoves moves;
    private final TokenMoves tokens;

    AppEventsTest(Server server, Org org) {
        this.org = org;
        this.moves = new AppMoves(server, org);
        this.tokens = new TokenMoves(org);
    }

    /**
     * A row of the table.
     *
     * @param result of the outcome
     * @param reason of the outcome; null for none
     * @param move what brings the event
     */
    private record Row(String type, String result, @Nullable String reason, Runnable move) {}

    private final List<Row> rows = new ArrayList<>();

    private void on(String type, Runnable move) {
        rows.add(new Row(type, "SUCCESS", null, move));
    }

    /** The move is an operation. */
    private void on(String type, String operationId) {
        on(type, () -> moves.call(operationId));
    }

    private void on(String type, String result, String reason, Runnable move) {
        rows.add(new Row(type, result, reason, move));
    }

    @TestFactory
    @DisplayName("what has happened, with its outcome and the reason")
    Stream<DynamicTest> table() {
        apps();
        credentials();
        assignments();
        servers();
        authorizing("app.oauth2.authorize", "/oauth2");
        authorizing("app.oauth2.as.authorize", TokenMoves.open(org));
        tokens("app.oauth2.token", "/oauth2");
        tokens("app.oauth2.as.token", TokenMoves.open(org));
        ends();
        return rows.stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.type() + " " + row.result(), () -> check(row)));
    }

    private void apps() {
        on("application.lifecycle.create", "createApplication");
        on("application.lifecycle.update", "replaceApplication");
        on("application.lifecycle.activate", "activateApplication");
        on("application.lifecycle.deactivate", "deactivateApplication");
        on("application.lifecycle.delete", "deleteApplication");
        on("app.oauth2.client.lifecycle.create", "createApplication");
        on("app.oauth2.client.lifecycle.update", "replaceApplication");
        on("app.oauth2.client.lifecycle.activate", moves::wakesAClient);
        on("app.oauth2.client.lifecycle.deactivate", "deactivateApplication");
        on("app.oauth2.client.lifecycle.delete", moves::deletesAClient);
        on("application.policy.sign_on.update", "assignApplicationPolicy");
        on("application.configuration.update_logo", moves::uploadsALogo);
        on("application.configuration.enable_fed_broker_mode", moves::opensToEverybody);
        on("application.configuration.disable_fed_broker_mode", moves::closesAgain);
        on("app.interclient_mapping.create", "createInterclientTrustMapping");
        on("app.interclient_mapping.delete", "deleteInterclientTrustMapping");
        on("app.interclient_mapping.delete_all", moves::deletesATrustingApp);
        on("app.cross_app_access.connection.create", "createCrossAppAccessConnection");
        on("app.cross_app_access.connection.update", "updateCrossAppAccessConnection");
        on("app.cross_app_access.connection.delete", "deleteCrossAppAccessConnection");
        on("application.provision.group_push.mapping.created", "createGroupPushMapping");
        on("application.provision.group_push.deactivate_mapping", "updateGroupPushMapping");
        on("application.provision.group_push.activate_mapping", moves::pushesAgain);
        on("application.provision.group_push.removed", "deleteGroupPushMapping");
        on("application.provision.group_push.delete_appgroup", "deleteGroupPushMapping");
    }

    private void credentials() {
        on("app.keys.generate", "generateApplicationKey");
        on("app.keys.clone", "cloneApplicationKey");
        on("app.keys.rotate", moves::rotatesAKey);
        on("app.app_instance.csr.generate", "generateCsrForApplication");
        on("app.app_instance.csr.revoke", "revokeCsrFromApplication");
        on("app.oauth2.client.read_client_secret", "getOAuth2ClientSecret");
        for (String step : List.of("create", "activate", "deactivate", "delete")) {
            on("app.oauth2.credentials.lifecycle." + step, step + "OAuth2ClientSecret");
        }
        on("app.oauth2.credentials.lifecycle.create", "addJwk");
        on("app.oauth2.credentials.lifecycle.activate", "activateOAuth2ClientJsonWebKey");
        on("app.oauth2.credentials.lifecycle.deactivate", "deactivateOAuth2ClientJsonWebKey");
        on("app.oauth2.credentials.lifecycle.delete", "deletejwk");
        on("app.oauth2.admin.consent.grant", "grantConsentToScope");
        on("app.oauth2.admin.consent.revoke", "revokeScopeConsentGrant");
        on(
                "app.oauth2.invalid_client_credentials",
                "FAILURE",
                "invalid_client_credentials",
                moves::guessesASecret);
    }

    private void assignments() {
        on("application.user_membership.add", "assignUserToApplication");
        on("application.user_membership.update", moves::saysMoreOfAnAppUser);
        on("application.user_membership.change_username", moves::renamesAnAppUser);
        on("application.user_membership.change_password", moves::setsAnAppPassword);
        on("application.user_membership.remove", "unassignUserFromApplication");
        on(
                "app.generic.unauth_app_access_attempt",
                "FAILURE",
                "User attempted unauthorized access to app",
                moves::wantsIntoAnothersApp);
        on(
                "application.policy.sign_on.deny_access",
                "DENY",
                "Sign-on policy evaluation resulted in DENY",
                moves::isDenied);
    }

    private void servers() {
        on("oauth2.as.created", "createAuthorizationServer");
        on("oauth2.as.updated", "replaceAuthorizationServer");
        on("oauth2.as.activated", "activateAuthorizationServer");
        on("oauth2.as.deactivated", "deactivateAuthorizationServer");
        on("oauth2.as.deleted", "deleteAuthorizationServer");
        on("oauth2.scope.created", "createOAuth2Scope");
        on("oauth2.scope.updated", "replaceOAuth2Scope");
        on("oauth2.scope.deleted", "deleteOAuth2Scope");
        on("oauth2.claim.created", "createOAuth2Claim");
        on("oauth2.claim.updated", "replaceOAuth2Claim");
        on("oauth2.claim.deleted", "deleteOAuth2Claim");
        on("app.oauth2.as.key.rollover", "rotateAuthorizationServerKeys");
        on("app.oauth2.trusted_server.add", "createAssociatedServers");
        on("app.oauth2.trusted_server.delete", "deleteAssociatedServer");
        String keys = "app.oauth2.as.resource_server.credentials.lifecycle.";
        on(keys + "create", "addOAuth2ResourceServerJsonWebKey");
        on(keys + "activate", "activateOAuth2ResourceServerJsonWebKey");
        on(keys + "deactivate", "deactivateOAuth2ResourceServerJsonWebKey");
        on(keys + "delete", "deleteOAuth2ResourceServerJsonWebKey");
    }

    private void authorizing(String type, String at) {
        on(type + ".code", () -> tokens.authorizes(at, "response_type", "code"));
        on(type + ".implicit.id_token", () -> tokens.authorizes(at, "response_type", "id_token"));
        on(type + ".implicit.access_token", () -> tokens.authorizes(at, "response_type", "token"));
        on(type, "FAILURE", "login_required", () -> tokens.asksWithoutASession(at));
    }

    private void tokens(String type, String at) {
        on(type + ".grant.access_token", () -> tokens.redeems(at));
        on(type + ".grant.id_token", () -> tokens.redeems(at));
        on(type + ".grant.refresh_token", () -> tokens.redeems(at));
        on(
                type + ".grant",
                "FAILURE",
                "invalid_authorization_code",
                () -> tokens.redeemsNothing(at));
        on(
                type + ".detect_reuse",
                "FAILURE",
                "invalid_refresh_token",
                () -> tokens.usesARefreshTokenTwice(at));
        on(type + ".revoke", () -> tokens.givesATokenBack(at));
    }

    private void ends() {
        on("app.oauth2.token.revoke.implicit.client", tokens::deactivatesAClientWithTokens);
        on("app.oauth2.token.revoke.implicit.user", tokens::signsAUserOutEverywhere);
        on("app.oauth2.token.revoke.implicit.as", tokens::deletesAServerWithTokens);
        on("app.oauth2.as.consent.grant", tokens::consents);
        on("app.oauth2.as.consent.revoke", tokens::takesAConsentBack);
        on("app.oauth2.as.consent.revoke.user", tokens::takesAllConsentsBack);
        on("app.oauth2.as.consent.revoke.user.client", tokens::takesConsentsToAClientBack);
        on("app.oauth2.as.consent.revoke.implicit.client", tokens::deletesAConsentedClient);
        on("app.oauth2.as.consent.revoke.implicit.user", tokens::deletesAConsentingUser);
        on("app.oauth2.as.consent.revoke.implicit.scope", tokens::deletesAConsentedScope);
        on("app.oauth2.as.consent.revoke.implicit.as", tokens::deletesAConsentedServer);
        on(
                "app.oauth2.as.authorize.scope_denied",
                "FAILURE",
                "scope_denied",
                tokens::asksForAScopeThatNoRuleAllows);
        on(
                "app.oauth2.as.evaluate.claim",
                "FAILURE",
                "The 'lost' user claim could not be evaluated.",
                tokens::asksForAClaimThatMeansNothing);
    }

    private void check(Row row) {
        int before = log(row.type()).size();

        row.move().run();

        JsonNode log = log(row.type());
        assertThat(log.size()).as("events of " + row.type()).isGreaterThan(before);
        JsonNode outcome = log.get(0).get("outcome");
        assertThat(outcome.get("result").asString()).isEqualTo(row.result());
        assertThat(outcome.path("reason").stringValue(null)).isEqualTo(row.reason());
    }

    /** The newest first. */
    private JsonNode log(String type) {
        return org.http()
                .get(
                        "/api/v1/logs?limit=1000&sortOrder=DESCENDING&filter=eventType%20eq%20%22"
                                + type
                                + "%22")
                .expect(200)
                .json();
    }
}
