package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.saml.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The access policy of an app")
class AppAccessPolicyTest {

    private static final String LOGIN = "governed@example.com";
    private static final String MEMBER = "member@example.com";
    private static final String POLICIES = "/api/v1/policies";

    private static final String ONE =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":
             {"type":"ASSURANCE","factorMode":"1FA","reauthenticateIn":"PT12H"}}}""";

    private static final String TWO =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":
             {"type":"ASSURANCE","factorMode":"2FA","reauthenticateIn":"PT12H"}}}""";

    private static final String EACH_TIME =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":
             {"type":"ASSURANCE","factorMode":"1FA","reauthenticateIn":"PT0S"}}}""";

    private static final String NEVER = "{\"appSignOn\":{\"access\":\"DENY\"}}";

    private final Org org;
    private String group = "";

    AppAccessPolicyTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void people() {
        Directory directory = new Directory(org);
        directory.active(LOGIN);
        JsonNode made = directory.group("Members");
        directory.join(made, directory.active(MEMBER));
        group = Directory.id(made);
    }

    /** A policy whose catch-all rule does this. */
    private String policy(String name, String actions) {
        String id =
                org.http()
                        .post(
                                POLICIES,
                                Json.object().put("type", "ACCESS_POLICY").put("name", name))
                        .expect(200)
                        .text("id");
        JsonNode rules = org.http().get(POLICIES + "/" + id + "/rules").expect(200).json();
        ObjectNode last = (ObjectNode) rules.get(rules.size() - 1);
        last.set("actions", Json.parse(actions));
        org.http()
                .put(POLICIES + "/" + id + "/rules/" + last.get("id").asString(), last)
                .expect(200);
        return id;
    }

    private void rule(String policy, String name, String actions, String conditions) {
        ObjectNode rule = Json.object().put("type", "ACCESS_POLICY").put("name", name);
        rule.put("priority", 0);
        rule.set("actions", Json.parse(actions));
        rule.set("conditions", Json.parse(conditions));
        org.http().post(POLICIES + "/" + policy + "/rules", rule).expect(200);
    }

    private String inGroup() {
        return "{\"people\":{\"groups\":{\"include\":[\"" + group + "\"]}}}";
    }

    private void govern(String appId, String policy) {
        org.http().put("/api/v1/apps/" + appId + "/policies/" + policy).expect(204);
    }

    private ClientApp governed(String label, String policy) {
        ClientApp app = ClientApp.web(org, label);
        govern(app.id(), policy);
        return app;
    }

    /** Where somebody is sent who has just proven a password. */
    private Answer byPassword(ClientApp app, String login, String... others) {
        Map<String, String> said = app.request(others);
        said.put("sessionToken", ClientApp.sessionToken(org, login));
        return app.authorize(said).expect(302);
    }

    private Http browser(String login) {
        String line =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + ClientApp.sessionToken(org, login))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return org.nobody().with("Cookie", line.substring(0, line.indexOf(';')));
    }

    private static void signsIn(Answer answer) {
        assertThat(answer.header("Location").orElseThrow()).startsWith("/signin");
    }

    private JsonNode lastDecision() {
        return org.http()
                .get(
                        "/api/v1/logs?sortOrder=DESCENDING&limit=1&filter=eventType%20eq%20%22"
                                + "policy.evaluate_sign_on%22")
                .expect(200)
                .json()
                .get(0);
    }

    @Test
    @DisplayName("denies, and the log says by which rule of which policy, to whom and where")
    void denies() {
        String policy = policy("Nobody", NEVER);
        ClientApp app = governed("Denied", policy);

        Map<String, String> answer = ClientApp.answer(byPassword(app, LOGIN));

        assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
        JsonNode event = lastDecision();
        assertThat(event.at("/outcome/result").asString()).isEqualTo("DENY");
        assertThat(event.at("/actor/alternateId").asString()).isEqualTo(LOGIN);
        assertThat(event.at("/target/0/id").asString()).isEqualTo(policy);
        assertThat(event.at("/target/1/displayName").asString()).isEqualTo("Catch-all Rule");
        assertThat(event.at("/target/2/id").asString()).isEqualTo(app.id());
    }

    @Test
    @DisplayName("is decided by the first of its rules that fits: of groups, users and networks")
    void firstRule() {
        String policy = policy("Members only", NEVER);
        rule(policy, "Members", ONE, inGroup());
        ClientApp app = governed("Members", policy);

        assertThat(ClientApp.answer(byPassword(app, MEMBER))).containsKey("code");
        assertThat(lastDecision().at("/outcome/result").asString()).isEqualTo("ALLOW");
        assertThat(lastDecision().at("/target/1/displayName").asString()).isEqualTo("Members");
        assertThat(ClientApp.answer(byPassword(app, LOGIN)))
                .containsEntry("error", "access_denied");

        String here =
                org.http()
                        .post(
                                "/api/v1/zones",
                                """
                                {"type":"IP","name":"Loopback","usage":"POLICY",
                                 "gateways":[{"type":"CIDR","value":"127.0.0.0/8"},
                                             {"type":"CIDR","value":"::1/128"}]}""")
                        .expect(200)
                        .text("id");
        rule(
                policy,
                "Not from here",
                NEVER,
                "{\"network\":{\"connection\":\"ZONE\",\"include\":[\"" + here + "\"]}}");
        Map<String, String> fromHere = ClientApp.answer(byPassword(app, MEMBER));
        assertThat(fromHere).as(lastDecision().toString()).containsEntry("error", "access_denied");
    }

    @Test
    @DisplayName("asks for two factors: a password alone is sent to sign in, or told so")
    void twoFactors() {
        ClientApp app = governed("Two", policy("Two factors", TWO));

        signsIn(byPassword(app, LOGIN));
        assertThat(lastDecision().at("/outcome/result").asString()).isEqualTo("CHALLENGE");
        assertThat(ClientApp.answer(byPassword(app, LOGIN, "prompt", "none")))
                .containsEntry("error", "login_required");
    }

    @Test
    @DisplayName("asks for a proof of its own as often as it says")
    void again() {
        ClientApp app = governed("Again", policy("Each time", EACH_TIME));
        Http browser = browser(LOGIN);

        Answer away = app.authorize(browser, app.request());
        signsIn(away);
        assertThat(ClientApp.answer(app.authorize(browser, app.request("prompt", "none"))))
                .containsEntry("error", "login_required");
        String comeBack = ClientApp.said(ClientApp.answer(away), "fromURI");
        signsIn(browser.get(comeBack).expect(302));
        assertThat(ClientApp.answer(browser(LOGIN).get(comeBack).expect(302))).containsKey("code");
    }

    @Test
    @DisplayName("counts for the password grant, where nobody can be asked for more")
    void passwordGrant() {
        ClientApp app =
                ClientApp.of(
                        org,
                        "Passwords",
                        "native",
                        "client_secret_basic",
                        settings -> {
                            settings.putArray("grant_types")
                                    .add("authorization_code")
                                    .add("password");
                            settings.putArray("response_types").add("code");
                        });
        Map<String, String> said =
                Map.of(
                        "grant_type",
                        "password",
                        "username",
                        LOGIN,
                        "password",
                        Directory.PASSWORD,
                        "scope",
                        "openid");
        app.token(said).expect(200);
        govern(app.id(), policy("Two for passwords", TWO));
        app.token(said).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName(
            "counts at a refresh where it denies, as long as it does; nobody is asked for more")
    void refresh() {
        String login = "refresher@example.com";
        String member =
                "/api/v1/groups/"
                        + group
                        + "/users/"
                        + Directory.id(new Directory(org).active(login));
        org.http().put(member).expect(204);
        ClientApp app = ClientApp.web(org, "Refreshing");
        String token = app.redeem(app.code(login)).expect(200).text("refresh_token");
        String policy = policy("Members refresh", NEVER);
        rule(policy, "Members", TWO, inGroup());
        govern(app.id(), policy);

        app.refresh(token).expect(200);
        org.http().delete(member).expect(204);
        app.refresh(token).expect(401, "access_denied");
        assertThat(lastDecision().at("/outcome/result").asString()).isEqualTo("DENY");
        assertThat(lastDecision().at("/actor/alternateId").asString()).isEqualTo(login);
        org.http().put(member).expect(204);
        app.refresh(token).expect(200);
    }

    @Test
    @DisplayName("decides who comes into a SAML app")
    void saml() {
        Service service = Service.of(org, "Governed", more -> {});
        String query = Service.query(Service.request("_g1", ""), "");
        assertThat(service.ask(browser(LOGIN), query).expect(200).text()).contains("SAMLResponse");

        govern(service.appId(), policy("No SAML", NEVER));
        service.ask(browser(LOGIN), query).expect(403);
        assertThat(lastDecision().at("/target/2/id").asString()).isEqualTo(service.appId());
    }

    @Test
    @DisplayName("decides who opens an app of which this server knows no more than the address")
    void bookmark() {
        ObjectNode app =
                Json.object()
                        .put("name", "bookmark")
                        .put("label", "Governed bookmark")
                        .put("signOnMode", "BOOKMARK");
        app.putObject("settings").putObject("app").put("url", "https://wiki.example.com/");
        String id = org.http().post("/api/v1/apps", app).expect(200).text("id");
        String everyone =
                Directory.id(org.http().get("/api/v1/groups?q=Everyone").expect(200).json().get(0));
        org.http().put("/api/v1/apps/" + id + "/groups/" + everyone).expect(200);
        String link = "/home/bookmark/" + id + "/aln" + id.substring(3);
        assertThat(browser(LOGIN).get(link).expect(302).header("Location"))
                .contains("https://wiki.example.com/");

        govern(id, policy("Two for a bookmark", TWO));
        signsIn(browser(LOGIN).get(link).expect(302));
        govern(id, policy("No bookmark", NEVER));
        browser(LOGIN).get(link).expect(403);
        assertThat(lastDecision().at("/target/2/id").asString()).isEqualTo(id);
    }

    @Test
    @DisplayName("is the one that every org is born with, as soon as that has a rule of its own")
    void born() {
        ClientApp app = ClientApp.web(org, "Of no policy");
        assertThat(ClientApp.answer(byPassword(app, MEMBER))).containsKey("code");
        JsonNode apps = org.http().get("/api/v1/apps/" + app.id()).expect(200).json();
        String link = apps.at("/_links/accessPolicy/href").asString();
        String born = link.substring(link.lastIndexOf('/') + 1);

        rule(born, "Not members", NEVER, inGroup());

        assertThat(ClientApp.answer(byPassword(app, MEMBER)))
                .containsEntry("error", "access_denied");
        assertThat(ClientApp.answer(byPassword(app, LOGIN)))
                .as("its catch-all rule, which nobody has changed, asks for nothing more")
                .containsKey("code");
        JsonNode rules = org.http().get(POLICIES + "/" + born + "/rules").expect(200).json();
        List<JsonNode> own =
                Json.list(rules).stream()
                        .filter(each -> each.get("name").asString().equals("Not members"))
                        .toList();
        org.http()
                .delete(POLICIES + "/" + born + "/rules/" + own.getFirst().get("id").asString())
                .expect(204);
    }
}
