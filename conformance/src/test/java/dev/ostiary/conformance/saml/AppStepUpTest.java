package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("Step-up authentication into an app, by the Authentication API")
class AppStepUpTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Org org;
    private final SteppingUp page;

    AppStepUpTest(Org org) {
        this.org = org;
        this.page = new SteppingUp(org);
    }

    private String somebody() {
        String login = "steps-up-" + COUNT.incrementAndGet() + "@example.com";
        new Directory(org).active(login);
        return login;
    }

    private static String label() {
        return "App " + COUNT.incrementAndGet();
    }

    private static void tells(Answer answer, Service service, String protocol) {
        assertThat(answer.text("type")).isEqualTo("SESSION_STEP_UP");
        JsonNode target = answer.json().at("/_embedded/target");
        assertThat(target.get("type").asString()).isEqualTo("APP");
        assertThat(target.get("name").asString()).isEqualTo(service.path().split("/")[2]);
        assertThat(target.get("label").asString()).startsWith("App ");
        assertThat(target.at("/_links/logo/name").asString()).isEqualTo("medium");
        assertThat(target.at("/_links/logo/href").asString()).startsWith(service.org().url() + "/");
        JsonNode authentication = answer.json().at("/_embedded/authentication");
        assertThat(authentication.get("protocol").asString()).isEqualTo(protocol);
        JsonNode issuer = authentication.get("issuer");
        assertThat(issuer.get("id").asString()).isEqualTo(service.appId());
        assertThat(issuer.get("name")).isEqualTo(target.get("label"));
        assertThat(issuer.get("uri").asString()).isEqualTo(service.path().split("/")[3]);
    }

    @Test
    @DisplayName("audience: SUCCESS links to where the browser is signed in and sent to the app")
    void byAudience() {
        String login = somebody();
        Service service = Service.of(org, label(), more -> {});

        Answer success = page.authenticate(login, "audience", service.appId()).expect(200);

        tells(success, service, "SAML2.0");
        assertThat(success.json().has("sessionToken")).isFalse();
        assertThat(success.json().at("/_embedded/user/profile/login").asString()).isEqualTo(login);
        assertThat(success.json().at("/_links/next/hints/allow/0").asString()).isEqualTo("GET");
        assertThat(page.state(success.text("stateToken")).expect(200).json())
                .as("it can be looked at until it is spent")
                .isEqualTo(success.json());
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        assertThat(redirected.header("Location")).contains(service.path());
        Answer told = page.browser(redirected).get(service.path()).expect(200);
        assertThat(service.response(told).text("NameID")).isEqualTo(login);
        assertThat(page.results("user.session.start", login)).contains("SUCCESS");
        assertThat(page.results("policy.evaluate_sign_on", login)).containsOnly("ALLOW");
        assertThat(page.results("user.authentication.sso", login)).containsExactly("SUCCESS");
    }

    @Test
    @DisplayName("audience may be an app of SAML 1.1 or of WS-Federation")
    void others() {
        String login = somebody();
        ObjectNode older = Json.object().put("label", label()).put("name", "an_older_app");
        older.put("signOnMode", "SAML_1_1");
        older.putObject("settings")
                .putObject("signOn")
                .put("ssoAcsUrlOverride", Service.ACS)
                .put("audienceOverride", "urn:older");
        ObjectNode passive = Json.object().put("label", label()).put("name", "template_wsfed");
        passive.put("signOnMode", "WS_FEDERATION");
        passive.putObject("settings")
                .putObject("app")
                .put("audienceRestriction", "urn:audience")
                .put("realm", "urn:passive")
                .put("wReplyURL", "https://rp.example.com/signin")
                .put("siteURL", "https://rp.example.com")
                .put("groupValueFormat", "samAccountName")
                .put("usernameAttribute", "username")
                .put("nameIDFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")
                .put(
                        "authnContextClassRef",
                        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        Service first = Service.assigned(org, older, "saml");
        Service second = Service.assigned(org, passive, "wsfed/passive");

        assertThat(into(first, login, "SAML1.1")).contains("SAMLResponse");
        assertThat(into(second, login, "WS-FED")).contains("wresult");
    }

    private String into(Service service, String login, String protocol) {
        Answer success = page.authenticate(login, "audience", service.appId()).expect(200);
        tells(success, service, protocol);
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        String way = redirected.header("Location").orElseThrow();
        assertThat(way).isEqualTo(service.path());
        return page.browser(redirected).get(way).expect(200).text();
    }

    @Test
    @DisplayName("the app's policy asks for a factor after the password, and every state tells it")
    void factor() {
        String login = somebody();
        String factor = page.mail(login);
        Service service = Service.of(org, label(), more -> {});
        page.govern(service, SteppingUp.TWO);

        Answer required = page.authenticate(login, "audience", service.appId()).expect(200);

        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        tells(required, service, "SAML2.0");
        String state = required.text("stateToken");
        String verify = "/factors/" + factor + "/verify";
        Answer challenged = page.move(verify, state).expect(200);
        assertThat(challenged.text("status")).isEqualTo("MFA_CHALLENGE");
        tells(challenged, service, "SAML2.0");
        Answer success = page.move(verify, state, "passCode", page.code(login)).expect(200);
        tells(success, service, "SAML2.0");
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        Answer told = page.browser(redirected).get(service.path()).expect(200);
        assertThat(service.response(told).text("NameID")).isEqualTo(login);
        assertThat(page.results("policy.evaluate_sign_on", login))
                .containsExactly("CHALLENGE", "ALLOW", "ALLOW");
    }

    @Test
    @DisplayName("whoever has no factor enrols one where the app's policy asks for it, and goes on")
    void enrols() {
        String login = somebody();
        Service service = page.elsewhere(label());
        page.govern(service, SteppingUp.TWO);
        String query = Service.query(Service.request("_s5", ""), "as new");
        String first = SteppingUp.token(service.ask(page.stranger(), query));

        Answer enrol = page.authenticate(login, "stateToken", first).expect(200);

        assertThat(enrol.text("status")).isEqualTo("MFA_ENROLL");
        tells(enrol, service, "SAML2.0");
        String state = enrol.text("stateToken");
        org.nobody().get(SteppingUp.REDIRECT + "?stateToken=" + state).expect(401, "E0000011");
        Answer begun = page.phone(state, "+15554151401").expect(200);
        assertThat(begun.text("status")).isEqualTo("MFA_ENROLL_ACTIVATE");
        tells(begun, service, "SAML2.0");
        String activate = "/factors/" + begun.text("_embedded.factor.id") + "/lifecycle/activate";
        page.move(activate, state, "passCode", "000000x").expect(403, "E0000068");
        org.nobody().get(SteppingUp.REDIRECT + "?stateToken=" + state).expect(401, "E0000011");
        Answer success =
                page.move(activate, state, "passCode", page.texted("+15554151401")).expect(200);
        tells(success, service, "SAML2.0");
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        Answer told =
                page.browser(redirected)
                        .get(redirected.header("Location").orElseThrow())
                        .expect(200);
        assertThat(service.response(told).text("NameID")).isEqualTo(login);
        assertThat(service.response(told).root().getAttribute("InResponseTo")).isEqualTo("_s5");
        assertThat(page.results("user.mfa.factor.activate", login)).containsExactly("SUCCESS");
        assertThat(Service.posted(told)).containsEntry("RelayState", "as new");
        assertThat(page.authenticate(login, "audience", service.appId()).text("status"))
                .as("the next time it is asked for")
                .isEqualTo("MFA_REQUIRED");
    }

    @Test
    @DisplayName("whoever has only a session enrols in the browser that has it, and goes on there")
    void enrolsBesideSession() {
        String login = somebody();
        Service service = page.elsewhere(label());
        Http before = Service.browser(org, login);
        page.govern(service, SteppingUp.TWO);
        String state = SteppingUp.token(service.ask(before, ""));
        assertThat(page.state(state).expect(200).text("status")).isEqualTo("MFA_ENROLL");
        Answer begun = page.phone(state, "+15554151402").expect(200);
        String activate = "/factors/" + begun.text("_embedded.factor.id") + "/lifecycle/activate";

        Answer success =
                page.move(activate, state, "passCode", page.texted("+15554151402")).expect(200);

        org.nobody().get(page.next(success)).expect(401, "E0000011");
        Answer redirected = before.get(page.next(success)).expect(302);
        Answer told =
                page.browser(redirected)
                        .get(redirected.header("Location").orElseThrow())
                        .expect(200);
        assertThat(service.response(told).text("NameID")).isEqualTo(login);
    }

    @Test
    @DisplayName("where nobody knows who comes every other move is refused, and what waits goes on")
    void otherMoves() {
        String login = somebody();
        String factor = page.mail(login);
        String waiting = page.arrival(page.elsewhere(label()));
        List<String> moves =
                List.of(
                        "/cancel",
                        "/previous",
                        "/skip",
                        "/credentials/change_password",
                        "/credentials/reset_password",
                        "/recovery/answer",
                        "/recovery/factors/sms/verify",
                        "/recovery/factors/sms/resend",
                        "/factors",
                        "/factors/" + factor + "/verify",
                        "/factors/" + factor + "/verify/resend",
                        "/factors/" + factor + "/lifecycle/activate",
                        "/factors/" + factor + "/lifecycle/activate/poll",
                        "/factors/" + factor + "/lifecycle/resend");

        for (String move : moves) {
            assertThat(page.everything(move, waiting).expect(403, "E0000079").errorCauses())
                    .as(move)
                    .containsExactly(
                            "This operation is not allowed in the current authentication state.");
            page.everything(move, "none").expect(401, "E0000011");
        }
        page.authenticate(login, "stateToken", waiting).expect(200);
        page.everything("/cancel", waiting).expect(401, "E0000011");
    }

    @Test
    @DisplayName("whom the app's policy denies does not come in")
    void denied() {
        String login = somebody();
        Service service = Service.of(org, label(), more -> {});
        page.govern(service, SteppingUp.NEVER);

        page.authenticate(login, "audience", service.appId()).expect(401, "E0000004");
        page.authenticate(login, "audience", Service.of(org, label(), more -> {}).appId())
                .expect(200);

        assertThat(page.results("policy.evaluate_sign_on", login)).containsExactly("DENY", "ALLOW");
    }

    @Test
    @DisplayName("a request of a service goes on after the sign-in on a page of the org's own")
    void byService() {
        String login = somebody();
        Service service = page.elsewhere(label());
        String query = Service.query(Service.request("_s1", ""), "where I was");

        String first = SteppingUp.token(service.ask(page.stranger(), query));

        Answer waiting = page.state(first).expect(200);
        assertThat(waiting.text("status")).isEqualTo("UNAUTHENTICATED");
        tells(waiting, service, "SAML2.0");
        assertThat(waiting.json().at("/_embedded").has("user")).isFalse();
        assertThat(waiting.text("_links.next.name")).isEqualTo("authenticate");
        assertThat(waiting.text("_links.next.href")).isEqualTo(org.url() + "/api/v1/authn");
        assertThat(waiting.json().at("/_links").size()).isEqualTo(1);
        Answer success = page.authenticate(login, "stateToken", first).expect(200);
        tells(success, service, "SAML2.0");
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        String way = redirected.header("Location").orElseThrow();
        assertThat(way).startsWith(service.path() + "?");
        Answer told = page.browser(redirected).get(way).expect(200);
        assertThat(service.response(told).root().getAttribute("InResponseTo")).isEqualTo("_s1");
        assertThat(Service.posted(told)).containsEntry("RelayState", "where I was");
    }

    @Test
    @DisplayName("a request by a form goes on in the same way")
    void byForm() {
        String login = somebody();
        Service service = page.elsewhere(label());

        Answer sent = service.post(page.stranger(), Service.request("_s2", ""), "form's");

        Answer success = page.authenticate(login, "stateToken", SteppingUp.token(sent)).expect(200);
        Answer redirected = org.nobody().get(page.next(success)).expect(302);
        Answer told =
                page.browser(redirected)
                        .get(redirected.header("Location").orElseThrow())
                        .expect(200);
        assertThat(service.response(told).root().getAttribute("InResponseTo")).isEqualTo("_s2");
        assertThat(Service.posted(told)).containsEntry("RelayState", "form's");
    }

    @Test
    @DisplayName(
            "whoever has a session proves only what it lacks, and goes on in the browser that has it")
    void besideSession() {
        String login = somebody();
        String factor = page.mail(login);
        Service service = page.elsewhere(label());
        Http before = Service.browser(org, login);
        JsonNode session = before.get("/api/v1/sessions/me").expect(200).json();
        assertThat(service.ask(before, "").expect(200).text())
                .as("a session that is enough goes on at once")
                .contains("SAMLResponse");
        page.govern(service, SteppingUp.TWO);

        String state = SteppingUp.token(service.ask(before, ""));

        Answer required = page.state(state).expect(200);
        assertThat(required.text("status")).isEqualTo("MFA_REQUIRED");
        tells(required, service, "SAML2.0");
        String verify = "/factors/" + factor + "/verify";
        page.move(verify, state).expect(200);
        Answer success = page.move(verify, state, "passCode", page.code(login)).expect(200);
        org.nobody().get(page.next(success)).expect(401, "E0000011");
        Service.browser(org, somebody()).get(page.next(success)).expect(401);
        Answer redirected = before.get(page.next(success)).expect(302);
        Http after = page.browser(redirected);
        assertThat(after.get("/api/v1/sessions/me").expect(200).text("id"))
                .isEqualTo(session.get("id").asString());
        before.get("/api/v1/sessions/me").expect(404);
        Answer told = after.get(redirected.header("Location").orElseThrow()).expect(200);
        assertThat(service.response(told).text("NameID")).isEqualTo(login);
    }

    @Test
    @DisplayName("a service that wants nobody to be asked is told so, and nobody is sent anywhere")
    void passive() {
        Service service = page.elsewhere(label());

        Answer told =
                service.ask(
                                page.stranger(),
                                Service.query(Service.request("_s3", "IsPassive=\"true\""), ""))
                        .expect(200);

        assertThat(told.text()).contains("action=\"" + Service.ACS + "\"");
    }
}
