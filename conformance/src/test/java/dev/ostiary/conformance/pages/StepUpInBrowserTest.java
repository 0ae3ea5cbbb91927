package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody on the way to an app, in Chromium")
class StepUpInBrowserTest {

    private final Org org;
    private final People people;
    @AutoClose private final Visits visits;
    private int count;

    StepUpInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        people.callOrg("Example Inc.");
    }

    /** An app with a policy of a type, whose last rule says this. */
    private ClientApp app(String type, String pointer, String actions) {
        ClientApp app = ClientApp.web(org, type + " " + ++count);
        String policy =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object().put("type", type).put("name", type + " " + count))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode rule = (ObjectNode) all.get(all.size() - 1);
        ObjectNode parent = (ObjectNode) rule.at("/actions");
        parent.set(pointer, Json.parse(actions));
        org.http().put(rules + "/" + rule.get("id").asString(), rule).expect(200);
        org.http().put("/api/v1/apps/" + app.id() + "/policies/" + policy).expect(204);
        return app;
    }

    /** Fills in who registers: the address of a mailbox that nobody had before. */
    private static String newcomer(Page page) {
        String mail = "new" + System.nanoTime() + "@example.com";
        page.locator("#profile-email").fill(mail);
        page.locator("#profile-firstName").fill("Grace");
        page.locator("#profile-lastName").fill("Hopper");
        return mail;
    }

    private String address(ClientApp app) {
        return org.url() + app.base() + "/v1/authorize?" + ClientApp.form(app.request());
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("that wants a second factor: is signed in, proves it, and is back")
    void stepUp(Visitor visitor) {
        ClientApp app =
                app(
                        "ACCESS_POLICY",
                        "appSignOn",
                        "{\"access\":\"ALLOW\",\"verificationMethod\":"
                                + "{\"type\":\"ASSURANCE\",\"factorMode\":\"2FA\"}}");
        String login = people.active();
        org.http()
                .post(
                        "/api/v1/users/" + login + "/factors?activate=true",
                        "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                .expect(200);
        Page page = visits.page(visitor);
        page.navigate(org.url() + "/signin");
        new SignInForm(page).send(login);
        page.waitForURL(org.url() + "/app/UserHome");

        page.navigate(address(app));
        page.waitForURL(org.url() + "/signin");
        new Usable(page, visitor).check("step-up");
        page.locator("main form button").first().click();
        assertThat(page.locator("#passCode")).isVisible();
        page.locator("#passCode")
                .fill(
                        org.http()
                                .get("/ostiary/v1/outbox?limit=1&to=" + login)
                                .expect(200)
                                .json()
                                .at("/0/variables/verificationToken")
                                .asString());
        page.route("https://app.example.com/**", route -> route.fulfill());
        page.locator("main form button").first().click();
        page.waitForURL(url -> url.startsWith(ClientApp.CALLBACK + "?") && url.contains("code="));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that lets who is new register: does so, and is in")
    void registers(Visitor visitor) {
        ClientApp app =
                app(
                        "PROFILE_ENROLLMENT",
                        "profileEnrollment",
                        """
                        {"access":"ALLOW","unknownUserAction":"REGISTER",
                         "activationRequirements":{"emailVerification":false},
                         "profileAttributes":[
                           {"name":"email","label":"Email","required":true},
                           {"name":"firstName","label":"First name","required":true},
                           {"name":"lastName","label":"Last name","required":true},
                           {"name":"department","label":"Department"}]}""");
        Page page = visits.page(visitor);
        page.navigate(address(app));
        Usable usable = new Usable(page, visitor);
        usable.check("sign-in-with-registration");
        page.locator(".ways a").first().click();
        usable.check("register");
        usable.keyboard();
        newcomer(page);
        page.locator("#password").fill("short");
        page.locator("main form button[type=submit]").last().click();
        assertThat(page.locator("#password-wrong")).isVisible();
        usable.check("register-wrong");
        page.locator("#password").fill(Directory.PASSWORD);
        page.route("https://app.example.com/**", route -> route.fulfill());
        page.locator("main form button[type=submit]").last().click();
        page.waitForURL(url -> url.startsWith(ClientApp.CALLBACK + "?") && url.contains("code="));
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that lets who is new register by mail: is told that one is on its way")
    void registersByMail(Visitor visitor) {
        ClientApp app =
                app(
                        "PROFILE_ENROLLMENT",
                        "profileEnrollment",
                        """
                        {"access":"ALLOW","unknownUserAction":"REGISTER",
                         "activationRequirements":{"emailVerification":true},
                         "profileAttributes":[
                           {"name":"email","label":"Email","required":true},
                           {"name":"firstName","label":"First name","required":true},
                           {"name":"lastName","label":"Last name","required":true}]}""");
        Page page = visits.page(visitor);
        page.navigate(address(app));
        page.locator(".ways a").first().click();
        String mail = newcomer(page);

        page.locator("main form button[type=submit]").last().click();

        assertThat(page.locator(".lead")).containsText(mail);
        new Usable(page, visitor).check("registered");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that wants more of the profile: fills it in, and is back")
    void completes(Visitor visitor) {
        ClientApp app =
                app(
                        "PROFILE_ENROLLMENT",
                        "profileEnrollment",
                        """
                        {"access":"ALLOW","unknownUserAction":"DENY",
                         "progressiveProfilingAction":"ENABLED",
                         "activationRequirements":{"emailVerification":true},
                         "profileAttributes":[
                           {"name":"email","label":"Email","required":true},
                           {"name":"mobilePhone","label":"Mobile phone","required":true},
                           {"name":"department","label":"Department"}]}""");
        Page page = visits.page(visitor);
        page.navigate(address(app));
        new SignInForm(page).send(people.active());
        page.waitForURL(org.url() + "/signin/profile");
        Usable usable = new Usable(page, visitor);
        usable.check("profile");
        usable.keyboard();
        page.locator("#profile-mobilePhone").fill(" ");
        page.locator("main form button[type=submit]").last().click();
        assertThat(page.locator("#profile-mobilePhone-wrong")).isVisible();
        usable.check("profile-wrong");
        page.locator("#profile-mobilePhone").fill("+49 30 123456");
        page.route("https://app.example.com/**", route -> route.fulfill());
        page.locator("main form button[type=submit]").last().click();
        page.waitForURL(url -> url.startsWith(ClientApp.CALLBACK + "?") && url.contains("code="));
    }
}
