package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.HookReceiver;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.hooks.HookBodies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Somebody who is new to the org, on the way to an app")
class RegistrationTest {

    private final Org org;
    private final AtomicInteger count = new AtomicInteger();

    RegistrationTest(Org org) {
        this.org = org;
    }

    /** An app for which people register as this says. */
    private ClientApp app(Consumer<ObjectNode> more) {
        ClientApp app = ClientApp.web(org, "registering " + count.incrementAndGet());
        String policy =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object()
                                        .put("type", "PROFILE_ENROLLMENT")
                                        .put("name", "registering " + count.get()))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        ObjectNode rule = (ObjectNode) org.http().get(rules).expect(200).json().get(0);
        ObjectNode enrols = (ObjectNode) rule.at("/actions/profileEnrollment");
        enrols.put("unknownUserAction", "REGISTER");
        enrols.putObject("activationRequirements").put("emailVerification", false);
        more.accept(enrols);
        org.http().put(rules + "/" + rule.get("id").asString(), rule).expect(200);
        org.http().put("/api/v1/apps/" + app.id() + "/policies/" + policy).expect(204);
        return app;
    }

    private String login() {
        return "new-" + count.incrementAndGet() + "-" + System.nanoTime() + "@example.com";
    }

    /** The browser is on the page of the sign-in; where it goes afterwards. */
    private String away(FormBrowser browser, ClientApp app) {
        Answer away =
                browser.get(app.base() + "/v1/authorize?" + ClientApp.form(app.request()))
                        .expect(302);
        return ClientApp.said(ClientApp.answer(away), "fromURI");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer register(FormBrowser browser, String fromUri, String login, String... more) {
        String[] all = new String[10 + more.length];
        List<String> first =
                List.of(
                        "fromURI",
                        fromUri,
                        "profile-email",
                        login,
                        "profile-firstName",
                        "Grace",
                        "profile-lastName",
                        "Hopper",
                        "password",
                        Directory.PASSWORD);
        System.arraycopy(first.toArray(String[]::new), 0, all, 0, 10);
        System.arraycopy(more, 0, all, 10, more.length);
        return browser.post("/signin/register", all);
    }

    private List<String> events(String login) {
        return Json.list(
                        org.http()
                                .get("/api/v1/logs?limit=100&q=" + encoded(login))
                                .expect(200)
                                .json())
                .stream()
                .map(event -> event.path("eventType").asString())
                .toList();
    }

    @Test
    @DisplayName("finds the way from the page of the sign-in, registers, and is in the app")
    void registers() {
        String group = Directory.id(new Directory(org).group("registered"));
        ClientApp app = app(enrols -> enrols.putArray("targetGroupIds").add(group));
        FormBrowser browser = new FormBrowser(org);
        String fromUri = away(browser, app);
        String login = login();

        assertThat(browser.get("/signin?fromURI=" + encoded(fromUri)).expect(200).text())
                .contains("/signin/register?fromURI=");
        assertThat(browser.get("/signin/register?fromURI=" + encoded(fromUri)).expect(200).text())
                .contains("First name", "Last name", "Email", "Password");
        Answer in = register(browser, fromUri, login, "profile-title", "not asked for");

        assertThat(ClientApp.answer(browser.follow(in).expect(302))).containsKey("code");
        JsonNode user = org.http().get("/api/v1/users/" + login).expect(200).json();
        assertThat(user.get("status").asString()).isEqualTo("ACTIVE");
        assertThat(user.at("/profile/firstName").asString()).isEqualTo("Grace");
        assertThat(user.at("/profile/title").isMissingNode()).isTrue();
        assertThat(
                        Json.texts(
                                org.http()
                                        .get("/api/v1/users/" + login + "/groups")
                                        .expect(200)
                                        .json(),
                                "id"))
                .contains(group);
        assertThat(events(login))
                .contains(
                        "user.lifecycle.create",
                        "user.lifecycle.activate",
                        "group.user_membership.add",
                        "user.session.start");
    }

    @Test
    @DisplayName("proves the mail address first, where the policy asks for it")
    void verifiesMail() {
        ClientApp app =
                app(
                        enrols ->
                                enrols.putObject("activationRequirements")
                                        .put("emailVerification", true));
        FormBrowser browser = new FormBrowser(org);
        String fromUri = away(browser, app);
        String login = login();

        assertThat(browser.get("/signin/register?fromURI=" + encoded(fromUri)).expect(200).text())
                .doesNotContain("name=\"password\"");
        assertThat(register(browser, fromUri, login).expect(200).text())
                .contains("Check your email", login);

        assertThat(browser.hasSession()).isFalse();
        assertThat(org.http().get("/api/v1/users/" + login).expect(200).text("status"))
                .isEqualTo("PROVISIONED");
        String link = new People(org).link(login);
        assertThat(link).contains("/tokens/");
        String welcome = browser.get(link).expect(302).header("Location").orElseThrow();
        browser.post(welcome).expect(303);
        Answer in =
                browser.step(
                        "PASSWORD",
                        "newPassword",
                        Directory.PASSWORD,
                        "repeatedPassword",
                        Directory.PASSWORD);
        assertThat(ClientApp.answer(browser.follow(in).expect(302))).containsKey("code");
    }

    @Test
    @DisplayName("and who is known already is asked at the sign-in for what the profile lacks")
    void profilesLater() {
        ClientApp app =
                app(
                        enrols -> {
                            enrols.put("progressiveProfilingAction", "ENABLED");
                            enrols.withArray("profileAttributes")
                                    .addObject()
                                    .put("name", "mobilePhone")
                                    .put("label", "Your phone")
                                    .put("required", true);
                        });
        String login = login();
        new Directory(org).active(login);
        FormBrowser browser = new FormBrowser(org);
        String fromUri = away(browser, app);

        Answer asked = browser.signIn(login, fromUri).expect(303);
        assertThat(asked.header("Location")).contains("/signin/profile");
        assertThat(browser.hasSession()).isFalse();
        assertThat(browser.follow(asked).expect(200).text())
                .contains("Your phone")
                .doesNotContain("First name");
        assertThat(browser.post("/signin/profile").expect(400).text())
                .contains("Please fill this in.");
        Answer in =
                browser.post(
                        "/signin/profile",
                        "profile-mobilePhone",
                        "+49 30 123456",
                        "profile-title",
                        "not asked for");

        assertThat(ClientApp.answer(browser.follow(in).expect(302))).containsKey("code");
        JsonNode profile = org.http().get("/api/v1/users/" + login).expect(200).json();
        assertThat(profile.at("/profile/mobilePhone").asString()).isEqualTo("+49 30 123456");
        assertThat(profile.at("/profile/title").isMissingNode()).isTrue();
        FormBrowser again = new FormBrowser(org);
        assertThat(
                        ClientApp.answer(
                                again.follow(again.signIn(login, away(again, app))).expect(302)))
                .containsKey("code");
        FormBrowser nobody = new FormBrowser(org);
        assertThat(nobody.get("/signin/profile").expect(303).header("Location"))
                .contains("/signin");
    }

    @Test
    @DisplayName("is told what is missing, what the directory refuses, and that a name is taken")
    void refused() {
        ClientApp app =
                app(
                        enrols -> {
                            enrols.withArray("profileAttributes")
                                    .addObject()
                                    .put("name", "department")
                                    .put("label", "Your department")
                                    .put("required", true);
                        });
        FormBrowser browser = new FormBrowser(org);
        String fromUri = away(browser, app);
        String login = login();

        assertThat(register(browser, fromUri, login).expect(400).text())
                .contains("Please fill this in.", "Your department");
        assertThat(
                        register(browser, fromUri, "no-address", "profile-department", "Compilers")
                                .expect(400)
                                .text())
                .contains("no-address");
        register(browser, fromUri, login, "profile-department", "Compilers").expect(200);
        assertThat(browser.hasSession()).isTrue();
        FormBrowser other = new FormBrowser(org);
        assertThat(
                        register(other, away(other, app), login, "profile-department", "Compilers")
                                .expect(400)
                                .text())
                .contains("There is an account with this name already.");
    }

    @Test
    @DisplayName("is judged by the org's own service, which may change, refuse and say why")
    void hook() {
        try (HookReceiver service = HookReceiver.open()) {
            String hook =
                    org.http()
                            .post(
                                    "/api/v1/inlineHooks",
                                    HookBodies.inlineHook(
                                            "Registrar",
                                            "com.okta.user.pre-registration",
                                            service.url("/register")))
                            .expect(200)
                            .text("id");
            ClientApp app =
                    app(
                            enrols -> {
                                enrols.putArray("preRegistrationInlineHooks")
                                        .addObject()
                                        .put("inlineHookId", hook);
                                enrols.withArray("profileAttributes")
                                        .addObject()
                                        .put("name", "voucher")
                                        .put("label", "Voucher");
                            });
            FormBrowser browser = new FormBrowser(org);
            String fromUri = away(browser, app);
            String login = login();

            service.answers(
                    told ->
                            new HookReceiver.Say(
                                    200,
                                    """
                                    {"commands":[{"type":"com.okta.action.update",
                                      "value":{"registration":"DENY"}}],
                                     "error":{"errorSummary":"No","errorCauses":[
                                       {"errorSummary":"Only friends <of> ours.",
                                        "location":"data.userProfile.email"}]}}"""));
            assertThat(register(browser, fromUri, login).expect(400).text())
                    .contains("Only friends &lt;of&gt; ours.");
            service.answers(
                    told ->
                            new HookReceiver.Say(
                                    200,
                                    """
                                    {"commands":[{"type":"com.okta.action.update",
                                      "value":{"registration":"DENY"}}]}"""));
            assertThat(register(browser, fromUri, login).expect(400).text())
                    .contains("You cannot sign up at this time.");
            service.answers(told -> new HookReceiver.Say(500, ""));
            register(browser, fromUri, login).expect(400);
            org.http().get("/api/v1/users/" + login).expect(404);

            service.answers(
                    told ->
                            new HookReceiver.Say(
                                    200,
                                    """
                                    {"commands":[{"type":"com.okta.user.profile.update",
                                      "value":{"division":"Compilers"}}]}"""));
            register(browser, fromUri, login, "profile-voucher", "4711").expect(200);
            JsonNode question = service.posts().getLast().json();
            assertThat(question.get("eventType").asString())
                    .isEqualTo("com.okta.user.pre-registration");
            assertThat(question.get("requestType").asString())
                    .isEqualTo("self.service.registration");
            assertThat(question.at("/data/userProfile/login").asString()).isEqualTo(login);
            assertThat(question.at("/data/userProfile/voucher").asString()).isEqualTo("4711");
            JsonNode user = org.http().get("/api/v1/users/" + login).expect(200).json();
            assertThat(user.at("/profile/division").asString()).isEqualTo("Compilers");
            assertThat(user.at("/profile/voucher").isMissingNode()).isTrue();
        }
    }

    @Test
    @DisplayName("does not register where no policy says so, whatever a form says")
    void closed() {
        ClientApp closed = app(enrols -> enrols.put("unknownUserAction", "DENY"));
        FormBrowser browser = new FormBrowser(org);
        String fromUri = away(browser, closed);
        String login = login();

        assertThat(browser.get("/signin?fromURI=" + encoded(fromUri)).expect(200).text())
                .doesNotContain("/signin/register");
        assertThat(browser.get("/signin/register").expect(303).header("Location"))
                .contains("/signin");
        assertThat(register(browser, fromUri, login).expect(303).header("Location"))
                .contains("/signin");
        org.http().get("/api/v1/users/" + login).expect(404);
    }
}
