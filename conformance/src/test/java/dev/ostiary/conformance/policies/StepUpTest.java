package dev.ostiary.conformance.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.oauth.Device;
import dev.ostiary.conformance.pages.FormBrowser;
import dev.ostiary.conformance.saml.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("An app whose policy asks for more than a session shows")
class StepUpTest {

    private static final String TWO = method("\"factorMode\":\"2FA\"");
    private static final String BOUND =
            method(
                    "\"factorMode\":\"2FA\",\"constraints\":[{\"possession\":"
                            + "{\"deviceBound\":\"REQUIRED\"}}]");
    private static final String PHISHING_RESISTANT =
            method(
                    "\"factorMode\":\"1FA\",\"constraints\":[{\"possession\":"
                            + "{\"phishingResistant\":\"REQUIRED\"}}]");

    private final Org org;
    private final Server server;
    private final AtomicInteger count = new AtomicInteger();

    StepUpTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    private static String method(String said) {
        return "{\"appSignOn\":{\"access\":\"ALLOW\",\"verificationMethod\":{\"type\":\"ASSURANCE\","
                + said
                + "}}}";
    }

    private String policy(String actions) {
        String id =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object()
                                        .put("type", "ACCESS_POLICY")
                                        .put("name", "policy " + count.incrementAndGet()))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + id + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set("actions", Json.parse(actions));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        return id;
    }

    private void govern(String appId, String actions) {
        org.http().put("/api/v1/apps/" + appId + "/policies/" + policy(actions)).expect(204);
    }

    private ClientApp governed(String actions) {
        ClientApp app = ClientApp.web(org, "app " + count.incrementAndGet());
        govern(app.id(), actions);
        return app;
    }

    private String somebody() {
        String login = "steps-" + count.incrementAndGet() + "@example.com";
        new Directory(org).active(login);
        return login;
    }

    private String withMail() {
        String login = somebody();
        org.http()
                .post(
                        "/api/v1/users/" + login + "/factors?activate=true",
                        "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                .expect(200);
        return login;
    }

    private FormBrowser signedIn(String login) {
        FormBrowser browser = new FormBrowser(org);
        browser.signIn(login, "");
        assertThat(browser.hasSession()).isTrue();
        return browser;
    }

    private static String path(ClientApp app, String... others) {
        return app.base() + "/v1/authorize?" + ClientApp.form(app.request(others));
    }

    /** The browser is on the page of a sign-in; where it is sent after the code of a mail. */
    private Answer byMail(FormBrowser browser, String login) {
        String factor =
                Json.list(org.http().get("/api/v1/users/" + login + "/factors").expect(200).json())
                        .getFirst()
                        .get("id")
                        .asString();
        browser.step("CHOOSE", "factorId", factor).expect(303);
        String code =
                org.http()
                        .get("/ostiary/v1/outbox?limit=1&to=" + login)
                        .expect(200)
                        .json()
                        .at("/0/variables/verificationToken")
                        .asString();
        return browser.step("VERIFY", "factorId", factor, "passCode", code);
    }

    private static void toThePages(Answer answer) {
        assertThat(answer.expect(302).header("Location")).contains("/signin");
        assertThat(answer.lines("Set-Cookie")).anyMatch(line -> line.startsWith("__Host-signin="));
    }

    private JsonNode claims(String token) {
        return Json.parse(
                new String(
                        Base64.getUrlDecoder().decode(token.split("\\.")[1]),
                        StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(each -> all.add(each.asString()));
        return all;
    }

    private List<String> decisions(String login) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?filter=eventType%20eq%20%22"
                                                + "policy.evaluate_sign_on%22&limit=200")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.at("/actor/alternateId").asString("").equals(login))
                .filter(event -> event.path("target").size() == 3)
                .map(event -> event.at("/outcome/result").asString())
                .toList();
    }

    /** How those who have a session have proven that it is theirs. */
    private List<String> verified(String login) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?filter=eventType%20eq%20%22"
                                                + "user.authentication.verify%22&limit=200")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.at("/actor/alternateId").asString("").equals(login))
                .filter(event -> event.at("/target/0/alternateId").asString("").equals(login))
                .map(event -> event.at("/outcome/result").asString())
                .toList();
    }

    @Test
    @DisplayName(
            "leads to the pages of the sign-in to prove the factor, and back, and asks no more")
    void secondFactor() {
        String login = withMail();
        ClientApp app = governed(TWO);
        FormBrowser browser = signedIn(login);
        String before = browser.session();

        toThePages(browser.get(path(app)));
        assertThat(browser.get("/signin").expect(200).text()).contains("Email");
        Answer back = browser.follow(byMail(browser, login)).expect(302);

        Map<String, String> answer = ClientApp.answer(back);
        JsonNode tokens = app.redeem(ClientApp.said(answer, "code")).expect(200).json();
        assertThat(texts(claims(tokens.get("id_token").asString()).get("amr")))
                .containsExactly("pwd", "otp", "mfa");
        assertThat(decisions(login)).containsExactly("CHALLENGE", "ALLOW");
        assertThat(verified(login)).containsExactly("SUCCESS");
        assertThat(browser.session()).as("the cookie is another").isNotEqualTo(before);
        assertThat(org.nobody().with("Cookie", "sid=" + before).get("/api/v1/sessions/me").status())
                .isEqualTo(404);
        JsonNode session = Json.parse(browser.get("/api/v1/sessions/me").expect(200).text());
        assertThat(texts(session.get("amr"))).containsExactly("pwd", "otp", "mfa");
        assertThat(session.get("lastFactorVerification").isNull()).isFalse();

        assertThat(ClientApp.answer(browser.get(path(app, "prompt", "none")).expect(302)))
                .as("a session whose factors are enough passes without asking")
                .containsKey("code");
        assertThat(ClientApp.answer(browser.get(path(governed(TWO))).expect(302)))
                .as("in other apps, too")
                .containsKey("code");
    }

    @Test
    @DisplayName("tells a client that wants nobody to be asked")
    void promptNone() {
        FormBrowser browser = signedIn(withMail());

        assertThat(ClientApp.answer(browser.get(path(governed(TWO), "prompt", "none")).expect(302)))
                .containsEntry("error", "login_required");
    }

    @Test
    @DisplayName("lets who has no factor set one up, if the enrolment policy does")
    void enrols() {
        String login = somebody();
        ClientApp app = governed(BOUND);
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(path(app)));
        assertThat(browser.get("/signin").expect(200).text())
                .contains("Set up another way to verify", "uthenticator")
                .as("a phone is no device that a secret is bound to")
                .doesNotContain("Phone");
    }

    @Test
    @DisplayName("asks who has another factor for that first, before one is set up beside it")
    void provesBeforeEnrolling() {
        String login = withMail();
        ClientApp app = governed(BOUND);
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(path(app)));
        assertThat(browser.get("/signin").expect(200).text()).contains("Email");
        browser.step("ENROLL", "offer", "totp-okta").expect(303);
        assertThat(browser.get("/signin").expect(200).text()).contains("Email");
        byMail(browser, login);

        assertThat(browser.get("/signin").expect(200).text())
                .contains("Set up another way to verify");
    }

    @Test
    @DisplayName("denies where nothing that is wanted is there, and nothing may be set up")
    void impossible() {
        String login = somebody();
        String group = Directory.id(new Directory(org).group("sets up nothing"));
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        new Policies(org).enrolment(group, "nothing", "{}", "CHALLENGE");
        FormBrowser browser = signedIn(login);

        assertThat(ClientApp.answer(browser.get(path(governed(TWO))).expect(302)))
                .containsEntry("error", "access_denied");
        assertThat(ClientApp.answer(browser.get(path(governed(PHISHING_RESISTANT))).expect(302)))
                .containsEntry("error", "access_denied");
    }

    @Test
    @DisplayName("asks for the password again, too, where a proof has to be newer than the request")
    void everyTime() {
        String login = withMail();
        ClientApp app = governed(method("\"factorMode\":\"2FA\",\"reauthenticateIn\":\"PT0S\""));
        FormBrowser browser = signedIn(login);

        Answer away = browser.get(path(app)).expect(302);
        String location = away.header("Location").orElseThrow();
        assertThat(location).startsWith("/signin?").contains("login_hint=");
        String fromUri = ClientApp.said(ClientApp.answer(away), "fromURI");
        Answer more = browser.follow(browser.signIn(login, fromUri));
        toThePages(more);
        assertThat(ClientApp.answer(browser.follow(byMail(browser, login)).expect(302)))
                .containsKey("code");
        assertThat(ClientApp.answer(browser.get(path(app, "prompt", "none")).expect(302)))
                .containsEntry("error", "login_required");
    }

    @Test
    @DisplayName("asks anew whoever was away for longer than its inactivityPeriod, and nobody else")
    void inactivity() {
        Org slow = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + slow.id() + "/settings", "{\"test\":true}")
                .expect(200);
        StepUpTest there = new StepUpTest(slow, server);
        String login = there.somebody();
        ClientApp app =
                there.governed(method("\"factorMode\":\"1FA\",\"inactivityPeriod\":\"PT30M\""));
        FormBrowser browser = there.signedIn(login);
        comesIn(app, browser);

        pass(slow, "PT20M");
        comesIn(app, browser);
        pass(slow, "PT20M");
        comesIn(app, browser);

        pass(slow, "PT31M");
        assertThat(ClientApp.answer(browser.get(path(app, "prompt", "none")).expect(302)))
                .containsKey("error");
        Answer away = browser.get(path(app)).expect(302);
        String location = away.header("Location").orElseThrow();
        assertThat(location).startsWith("/signin?").contains("login_hint=");
        String fromUri = ClientApp.said(ClientApp.answer(away), "fromURI");
        Answer back = browser.follow(browser.signIn(login, fromUri)).expect(302);
        assertThat(ClientApp.answer(back)).containsKey("code");
        comesIn(app, browser);
        assertThat(there.decisions(login))
                .containsExactly(
                        "ALLOW", "ALLOW", "ALLOW", "CHALLENGE", "CHALLENGE", "ALLOW", "ALLOW");
    }

    private static void comesIn(ClientApp app, FormBrowser browser) {
        assertThat(ClientApp.answer(browser.get(path(app)).expect(302))).containsKey("code");
    }

    private static void pass(Org org, String time) {
        org.http().post("/ostiary/v1/clock", Json.object().put("advance", time)).expect(200);
    }

    @Test
    @DisplayName("is one with a client that asks for an assurance, which its tokens tell")
    void assurance() {
        String login = withMail();
        ClientApp app = ClientApp.web(org, "app " + count.incrementAndGet());
        FormBrowser browser = signedIn(login);

        JsonNode one =
                app.redeem(
                                ClientApp.said(
                                        ClientApp.answer(
                                                browser.get(
                                                                path(
                                                                        app,
                                                                        "acr_values",
                                                                        "urn:okta:loa:1fa:any"))
                                                        .expect(302)),
                                        "code"))
                        .expect(200)
                        .json();
        assertThat(claims(one.get("id_token").asString()).get("acr").asString())
                .isEqualTo("urn:okta:loa:1fa:any");
        String two = path(app, "acr_values", "urn:example:unknown urn:okta:loa:2fa:any");
        toThePages(browser.get(two));
        JsonNode tokens =
                app.redeem(
                                ClientApp.said(
                                        ClientApp.answer(
                                                browser.follow(byMail(browser, login)).expect(302)),
                                        "code"))
                        .expect(200)
                        .json();
        assertThat(claims(tokens.get("id_token").asString()).get("acr").asString())
                .isEqualTo("urn:okta:loa:2fa:any");
        assertThat(claims(tokens.get("access_token").asString()).get("acr").asString())
                .isEqualTo("urn:okta:loa:2fa:any");
        JsonNode refreshed = app.refresh(tokens.get("refresh_token").asString()).expect(200).json();
        assertThat(claims(refreshed.get("access_token").asString()).get("acr").asString())
                .isEqualTo("urn:okta:loa:2fa:any");

        assertThat(ClientApp.answer(browser.get(path(app, "acr_values", "phrh")).expect(302)))
                .containsEntry("error", "unmet_authentication_requirements");
        assertThat(ClientApp.answer(browser.get(path(app, "acr_values", "urn:x")).expect(302)))
                .as("a value that nobody knows is ignored")
                .containsKey("code");
    }

    @Test
    @DisplayName("is wished for by a client from whoever has a factor, and from nobody else")
    void ifPossible() {
        ClientApp app = ClientApp.web(org, "app " + count.incrementAndGet());
        String wish = path(app, "acr_values", "urn:okta:loa:2fa:any:ifpossible");
        String login = withMail();
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(wish));
        assertThat(ClientApp.answer(browser.follow(byMail(browser, login)).expect(302)))
                .containsKey("code");
        assertThat(ClientApp.answer(signedIn(somebody()).get(wish).expect(302)))
                .containsKey("code");
    }

    @Test
    @DisplayName("is reached by SAML, and the request is answered after the factor")
    void saml() {
        String login = withMail();
        Service service = Service.of(org, "saml " + count.incrementAndGet(), more -> {});
        govern(service.appId(), TWO);
        FormBrowser browser = signedIn(login);

        toThePages(
                browser.get(
                        service.path() + "?" + Service.query(Service.request("_s1", ""), "state")));
        Answer back = browser.follow(byMail(browser, login));

        assertThat(back.expect(200).text()).contains("SAMLResponse", "state");
        String passive =
                service.path()
                        + "?"
                        + Service.query(Service.request("_s2", "IsPassive=\"true\""), "");
        assertThat(decoded(signedIn(withMail()).get(passive).expect(200).text()))
                .contains("NoPassive");
    }

    private static String wanting(String id, String comparison, String... classes) {
        StringBuilder wanted =
                new StringBuilder("<samlp:RequestedAuthnContext Comparison=\"")
                        .append(comparison)
                        .append("\">");
        for (String each : classes) {
            wanted.append("<saml:AuthnContextClassRef>")
                    .append(each)
                    .append("</saml:AuthnContextClassRef>");
        }
        return Service.request(id, "")
                .replace(
                        "</samlp:AuthnRequest>",
                        wanted + "</samlp:RequestedAuthnContext></samlp:AuthnRequest>");
    }

    @Test
    @DisplayName("is a service that wants two factors, which is told so after the second")
    void requestedContext() {
        String refeds = "https://refeds.org/profile/mfa";
        String login = withMail();
        Service service = Service.of(org, "context " + count.incrementAndGet(), more -> {});
        FormBrowser browser = signedIn(login);
        String path = service.path() + "?";

        toThePages(browser.get(path + Service.query(wanting("_c1", "exact", "urn:x", refeds), "")));
        Answer back = browser.follow(byMail(browser, login)).expect(200);

        assertThat(decoded(back.text()))
                .contains(">" + refeds + "</saml2:AuthnContextClassRef>")
                .contains("status:Success");
        String password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
        assertThat(
                        decoded(
                                browser.get(
                                                path
                                                        + Service.query(
                                                                wanting("_c2", "better", password),
                                                                ""))
                                        .expect(200)
                                        .text()))
                .contains(">urn:okta:loa:2fa:any</saml2:AuthnContextClassRef>");
        for (String query :
                List.of(
                        Service.query(wanting("_c3", "exact", "urn:x"), ""),
                        Service.query(wanting("_c4", "better", "phr"), ""),
                        Service.query(wanting("_c5", "exact"), ""))) {
            assertThat(decoded(browser.get(path + query).expect(200).text()))
                    .contains("status:Responder", "status:NoAuthnContext")
                    .doesNotContain("Assertion ");
        }
    }

    private static String decoded(String page) {
        String value = page.substring(page.indexOf("name=\"SAMLResponse\""));
        value = value.substring(value.indexOf("value=\"") + 7);
        return new String(
                Base64.getDecoder().decode(value.substring(0, value.indexOf('"'))),
                StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("is reached by WS-Federation, which the policy decides about as well")
    void passive() {
        String login = withMail();
        ObjectNode passive =
                Json.object()
                        .put("label", "wsfed " + count.incrementAndGet())
                        .put("name", "template_wsfed")
                        .put("signOnMode", "WS_FEDERATION");
        ObjectNode said = passive.putObject("settings").putObject("app");
        said.put("audienceRestriction", "urn:audience").put("realm", "urn:passive");
        said.put("wReplyURL", "https://rp.example.com/signin");
        said.put("siteURL", "https://site.example.com");
        said.put("groupValueFormat", "samAccountName").put("usernameAttribute", "username");
        said.put("nameIDFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        said.put(
                "authnContextClassRef",
                "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        said.put("signatureAlgorithm", "RSA_SHA256").put("digestAlgorithm", "SHA256");
        Service wsfed = Service.assigned(org, passive, "wsfed/passive");
        govern(wsfed.appId(), TWO);
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(wsfed.path()));
        assertThat(browser.follow(byMail(browser, login)).expect(200).text()).contains("wresult");

        govern(wsfed.appId(), "{\"appSignOn\":{\"access\":\"DENY\"}}");
        assertThat(browser.get(wsfed.path()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("is reached by SAML 1.1, which the policy decides about as well")
    void older() {
        String login = withMail();
        ObjectNode app =
                Json.object()
                        .put("label", "older " + count.incrementAndGet())
                        .put("name", "an_older_service")
                        .put("signOnMode", "SAML_1_1");
        app.putObject("settings")
                .putObject("signOn")
                .put("ssoAcsUrlOverride", "https://sp.example.com/acs")
                .put("audienceOverride", "urn:older")
                .put("defaultRelayState", "https://sp.example.com/start");
        Service service = Service.assigned(org, app, "saml");
        govern(service.appId(), TWO);
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(service.path()));
        assertThat(browser.follow(byMail(browser, login)).expect(200).text())
                .contains("SAMLResponse");

        govern(service.appId(), "{\"appSignOn\":{\"access\":\"DENY\"}}");
        assertThat(browser.get(service.path()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("is activated on a device only by who has proven enough")
    void device() {
        String login = withMail();
        Device device = Device.of(org, "device " + count.incrementAndGet());
        govern(device.app().id(), TWO);
        JsonNode begun = device.begin("openid");
        String page = "/activate?user_code=" + begun.get("user_code").asString();
        FormBrowser browser = signedIn(login);

        toThePages(browser.get(page));
        Answer asks = browser.follow(byMail(browser, login)).expect(200);
        assertThat(asks.text()).contains(begun.get("user_code").asString());
        browser.post(
                        "/activate/confirm",
                        "user_code",
                        begun.get("user_code").asString(),
                        "decision",
                        "allow")
                .expect(200);
    }
}
