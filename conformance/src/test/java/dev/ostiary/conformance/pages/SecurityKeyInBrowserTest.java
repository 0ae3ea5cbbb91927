package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static void plugIn(Page page) {
        CDPSession browser = page.context().newCDPSession(page);
        browser.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "usb");
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
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
