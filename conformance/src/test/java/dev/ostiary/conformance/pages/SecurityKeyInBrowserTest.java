package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
@DisplayName("Somebody who has to set up a security key, in Chromium with a virtual one")
class SecurityKeyInBrowserTest {

    private final Server server;
    private final Org org;
    private final People people;
    private @Nullable Chromium chromium;

    SecurityKeyInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.people = new People(org);
    }

    @BeforeAll
    void start() {
        chromium = Chromium.startOrSkip(server);
        org.http()
                .post(
                        "/api/v1/authenticators",
                        "{\"key\":\"webauthn\",\"name\":\"Security Key or Biometric\"}")
                .expect(200);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Somebody who is asked for a factor at every sign-in, and has none. */
    private String asked() {
        String login = people.active();
        String group = Directory.id(new Directory(org).group("keys of " + login));
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        Policies policies = new Policies(org);
        policies.enrolment(
                group,
                login,
                "{\"fido_webauthn\":{\"enroll\":{\"self\":\"REQUIRED\"}},"
                        + "\"okta_question\":{\"enroll\":{\"self\":\"OPTIONAL\"}}}",
                "LOGIN");
        policies.signOn(
                group,
                login,
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        return login;
    }

    /** An app that wants a key to have verified its holder. */
    private ClientApp demanding(String label) {
        ClientApp app = ClientApp.web(org, label);
        String policy =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object().put("type", "ACCESS_POLICY").put("name", label))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set(
                "actions",
                Json.parse(
                        """
                        {"appSignOn":{"access":"ALLOW","verificationMethod":
                          {"type":"ASSURANCE","factorMode":"2FA","constraints":
                            [{"possession":{"userVerification":"REQUIRED"}}]}}}"""));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        org.http().put("/api/v1/apps/" + app.id() + "/policies/" + policy).expect(204);
        return app;
    }

    /** Sets up a key on the way in. */
    private Page withKey(String login, boolean verifies) {
        Page page = Objects.requireNonNull(chromium).page(Visitor.AT_A_DESK.profile());
        signIn(page, login);
        page.locator(".choice", new Page.LocatorOptions().setHasText("Security key")).click();
        submit(page);
        plugIn(page, verifies);
        submit(page);
        home(page);
        page.route("https://app.example.com/**", route -> route.fulfill());
        return page;
    }

    private String address(ClientApp app) {
        return org.url() + app.base() + "/v1/authorize?" + ClientApp.form(app.request());
    }

    @Test
    @DisplayName("comes into an app that wants keys to know their holder, if the key does")
    void verified() {
        Page page = withKey(asked(), true);
        page.navigate(address(demanding("Knows its holder")));
        page.waitForURL(url -> url.startsWith(ClientApp.CALLBACK + "?") && url.contains("code="));
    }

    @Test
    @DisplayName("is asked for more by such an app, if the key does not")
    void notVerified() {
        Page page = withKey(asked(), false);
        page.navigate(address(demanding("Does not know its holder")));
        page.waitForURL(org.url() + "/signin");
        submit(page);
        assertThat(page.locator("form[data-verification=required]")).hasCount(1);
    }

    private static void plugIn(Page page) {
        plugIn(page, true);
    }

    private static void plugIn(Page page, boolean verifies) {
        CDPSession browser = page.context().newCDPSession(page);
        browser.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "usb");
        options.addProperty("hasUserVerification", verifies);
        options.addProperty("isUserVerified", verifies);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject key = new JsonObject();
        key.add("options", options);
        browser.send("WebAuthn.addVirtualAuthenticator", key);
    }

    private void signIn(Page page, String login) {
        page.navigate(org.url() + "/signin");
        page.locator("#username").fill(login);
        page.locator("#password").fill(Directory.PASSWORD);
        page.locator("button[type=submit]").click();
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    private static void submit(Page page) {
        page.locator("main form button[type=submit]").first().click();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("sets it up on the way in, and signs in by it the next time")
    void setsUp(Visitor visitor) {
        String login = asked();
        Page page = Objects.requireNonNull(chromium).page(visitor.profile());
        signIn(page, login);
        Usable usable = new Usable(page, visitor);
        usable.check("enroll-choose");
        page.locator(
                        ".choice",
                        new Page.LocatorOptions()
                                .setHasText(
                                        visitor.reads("Security key", "Sicherheitsschlüssel", "")))
                .click();
        usable.check("enroll-key");
        submit(page);
        usable.check("activate-key");
        plugIn(page);
        submit(page);
        home(page);
        page.locator(".bar button").click();
        page.waitForURL("**/signin?news=signed-out");

        signIn(page, login);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Security key or biometrics",
                                "Sicherheitsschlüssel oder Biometrie",
                                ""));
        submit(page);
        usable.check("use-key");
        submit(page);
        home(page);
    }
}
