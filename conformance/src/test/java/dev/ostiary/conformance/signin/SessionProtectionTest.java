package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A proxy that the operator trusts tells where browsers are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The session protection policies")
class SessionProtectionTest {

    private static final String HOME = "198.51.100.7";
    private static final String ABROAD = "203.0.113.9";
    private static final String END = "{\"action\":\"TERMINATE_SESSION\"}";

    private Server server;
    private Org org;
    private SignIns users;

    @BeforeAll
    void start() {
        server = Server.start("--trusted-proxy", "127.0.0.0/8,::1");
    }

    @BeforeEach
    void anOrg() {
        org = server.newOrg();
        users = new SignIns(org);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName(
            "end a session that is used from where the sign-on policy lets nobody in, and tell why")
    void ends() {
        String login = homeBound();
        enforce(END);
        String cookie = cookie(login);
        me(cookie, HOME).expect(200);
        assertThat(users.events("user.session.context.change", login)).isEmpty();

        me(cookie, ABROAD).expect(404);

        me(cookie, HOME).expect(404);
        JsonNode changed = users.events("user.session.context.change", login).getFirst();
        assertThat(changed.at("/debugContext/debugData/causes").asString())
                .isEqualTo("[\"ipAddress.change\"]");
        assertThat(changed.at("/debugContext/debugData/previousIpAddress").asString())
                .isEqualTo(HOME);
        assertThat(changed.at("/debugContext/debugData/newIpAddress").asString()).isEqualTo(ABROAD);
        assertThat(types(changed)).containsExactly("User", "Session");
        JsonNode failed = users.events("policy.auth_reevaluate.fail", login).getFirst();
        assertThat(failed.at("/target/1/detailEntry/matchedRuleAction").asString())
                .isEqualTo("DENY");
        assertThat(types(users.events("policy.auth_reevaluate.enforce", login).getFirst()))
                .containsExactly("User", "Rule", "Policy");
        assertThat(types(users.events("policy.auth_reevaluate.action", login).getFirst()))
                .containsExactly("User", "Rule", "Policy", "PolicyAction");
        assertThat(users.events("user.session.end", login)).hasSize(1);
    }

    @Test
    @DisplayName("end it on its way into an app as well")
    void onTheWay() {
        String login = homeBound();
        enforce(END);
        String cookie = cookie(login);

        Answer home =
                org.nobody()
                        .with("Cookie", "sid=" + cookie)
                        .with("X-Forwarded-For", ABROAD)
                        .with("Accept", "text/html")
                        .get("/app/UserHome");

        assertThat(home.status()).isEqualTo(302);
        assertThat(home.header("Location").orElseThrow()).contains("/signin");
        assertThat(users.events("user.session.end", login)).hasSize(1);
    }

    @Test
    @DisplayName(
            "let a session go on elsewhere that would come about there, and log the change once")
    void goesOn() {
        String login = users.active();
        enforce(END);
        String cookie = cookie(login);

        me(cookie, ABROAD).expect(200);
        me(cookie, ABROAD).expect(200);

        assertThat(users.events("user.session.context.change", login)).hasSize(1);
        assertThat(users.events("policy.auth_reevaluate.fail", login)).isEmpty();
    }

    @Test
    @DisplayName("only log what they are not to enforce, or are not to look at")
    void monitoring() {
        String login = homeBound();
        enforce("{\"action\":\"RUN_WORKFLOW\",\"workflow\":{\"id\":7}}");
        String cookie = cookie(login);
        me(cookie, ABROAD).expect(200);
        assertThat(users.events("policy.auth_reevaluate.enforce", login)).hasSize(1);
        assertThat(users.events("policy.auth_reevaluate.action", login)).isEmpty();

        enforce(END);
        detect(false);
        me(cookie, HOME).expect(200);
        me(cookie, ABROAD).expect(200);
        assertThat(users.events("user.session.context.change", login)).hasSize(3);
        assertThat(users.events("policy.auth_reevaluate.fail", login)).hasSize(1);
    }

    @Test
    @DisplayName("look at nothing in an org that has not touched them")
    void untouched() {
        String login = homeBound();
        String cookie = cookie(login);

        me(cookie, ABROAD).expect(200);

        assertThat(users.events("user.session.context.change", login)).isEmpty();
    }

    private static List<String> types(JsonNode event) {
        return Json.texts(event.path("target"), "type");
    }

    private Answer me(String cookie, String address) {
        return users.with(cookie).with("X-Forwarded-For", address).get("/api/v1/sessions/me");
    }

    /** The login of somebody who comes in from home alone. */
    private String homeBound() {
        String login = users.active();
        String group = Directory.id(new Directory(org).group("home"));
        org.http()
                .put("/api/v1/groups/" + group + "/users/" + Directory.id(users.user(login)))
                .expect(204);
        String zone =
                org.http()
                        .post(
                                "/api/v1/zones",
                                "{\"type\":\"IP\",\"name\":\"abroad\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}")
                        .expect(200)
                        .text("id");
        new Policies(org)
                .signOn(
                        group,
                        "home bound",
                        "{\"access\":\"DENY\"}",
                        "{\"network\":{\"connection\":\"ZONE\",\"include\":[\"" + zone + "\"]}}");
        return login;
    }

    /** What a browser has that went by the redirect at home. */
    private String cookie(String login) {
        Http home = org.nobody().with("X-Forwarded-For", HOME);
        String token =
                home.post(
                                "/api/v1/authn",
                                Json.object()
                                        .put("username", login)
                                        .put("password", Directory.PASSWORD))
                        .expect(200)
                        .text("sessionToken");
        return SignIns.value(
                home.get("/login/sessionCookieRedirect?redirectUrl=%2F&token=" + token)
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow());
    }

    private void enforce(String action) {
        change("POST_AUTH_SESSION", "{\"postAuthSession\":{\"failureActions\":[" + action + "]}}");
    }

    private void detect(boolean enabled) {
        change(
                "SESSION_VIOLATION_DETECTION",
                "{\"sessionViolationDetection\":{\"policyEvaluation\":{\"enabled\":"
                        + enabled
                        + "}}}");
    }

    /** Changes what the first rule of a policy does. */
    private void change(String type, String actions) {
        String policy =
                org.http()
                        .get("/api/v1/policies?type=" + type)
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        String rules = "/api/v1/policies/" + policy + "/rules";
        ObjectNode rule = (ObjectNode) org.http().get(rules).expect(200).json().get(0);
        rule.set("actions", Json.parse(actions));
        org.http().put(rules + "/" + rule.path("id").asString(), rule).expect(200);
    }
}
