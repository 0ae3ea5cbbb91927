package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
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
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody of whom a policy asks for a second factor, in Chromium")
class SecondFactorInBrowserTest {

    private final Server server;
    private final Org org;
    private final People people;
    private String group = "";
    private @Nullable Chromium chromium;

    SecondFactorInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.people = new People(org);
    }

    @BeforeAll
    void start() {
        chromium = Chromium.startOrSkip(server);
        group = Directory.id(new Directory(org).group("asked for a factor"));
        ObjectNode policy = Json.object().put("type", "OKTA_SIGN_ON").put("name", "Factors");
        policy.putObject("conditions")
                .putObject("people")
                .putObject("groups")
                .putArray("include")
                .add(group);
        String made = org.http().post("/api/v1/policies", policy).expect(200).text("id");
        org.http()
                .post(
                        "/api/v1/policies/" + made + "/rules",
                        "{\"type\":\"SIGN_ON\",\"name\":\"asked\",\"actions\":{\"signon\":{"
                                + "\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"ALWAYS\"}}}")
                .expect(200);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Somebody with a question, whose answer is mayonnaise, and codes by mail. */
    private String withFactors() {
        String login = asked();
        String factors = "/api/v1/users/" + login + "/factors";
        org.http()
                .post(
                        factors,
                        "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{"
                                + "\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}")
                .expect(200);
        org.http()
                .post(
                        factors + "?activate=true",
                        "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                .expect(200);
        return login;
    }

    private String asked() {
        String login = people.active();
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        org.http().put("/api/v1/groups/" + group + "/users/" + user).expect(204);
        return login;
    }

    private Page signIn(Visitor visitor, String login) {
        Page page = Objects.requireNonNull(chromium).page(visitor.profile());
        page.navigate(org.url() + "/signin");
        page.locator("#username").fill(login);
        page.locator("#password").fill(Directory.PASSWORD);
        page.locator("button[type=submit]").click();
        return page;
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    private String code(String login) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + login)
                .expect(200)
                .json()
                .at("/0/variables/verificationToken")
                .asString();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("chooses one, goes back, and answers the question")
    void question(Visitor visitor) {
        Page page = signIn(visitor, withFactors());
        Usable usable = new Usable(page, visitor);
        assertThat(page.locator(".choice")).hasCount(2);
        usable.check("choose-factor");
        usable.keyboard();
        String question = visitor.reads("Security question", "Sicherheitsfrage", "秘密の質問");
        page.locator(".choice", new Page.LocatorOptions().setHasText(question)).click();
        assertThat(page.locator("h1")).hasText(question);
        usable.check("question");
        page.locator("#answer").fill("mustard");
        page.locator("main form button").first().click();
        assertThat(page.locator("#answer-wrong")).isVisible();
        page.locator(".ways button").first().click();
        assertThat(page.locator(".choice")).hasCount(2);
        page.locator(".choice", new Page.LocatorOptions().setHasText(question)).click();
        page.locator("#answer").fill("mayonnaise");
        page.locator("main form button").first().click();
        home(page);
        assertThat(page.locator("#methods + .rows li")).hasCount(3);
        usable.check("home-with-factors");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("types the code of a mail, after a wrong one")
    void mail(Visitor visitor) {
        String login = withFactors();
        Page page = signIn(visitor, login);
        page.locator(
                        ".choice",
                        new Page.LocatorOptions()
                                .setHasText(visitor.reads("Email", "E-Mail", "メール")))
                .click();
        assertThat(page.locator("#passCode")).isFocused();
        new Usable(page, visitor).check("email-code");
        String code = code(login);
        page.locator("#passCode").fill(code.equals("000000") ? "000001" : "000000");
        page.locator("main form button").first().click();
        assertThat(page.locator("#passCode-wrong")).isVisible();
        page.locator("#passCode").fill(code);
        page.locator("main form button").first().click();
        home(page);
    }

    @ParameterizedTest
    @EnumSource(names = "AT_A_DESK")
    @DisplayName("has none, and is told that this page cannot set one up")
    void none(Visitor visitor) {
        Page page = signIn(visitor, asked());
        assertThat(page.locator("h1")).hasText("Set up another way to verify");
        new Usable(page, visitor).check("enroll");
        page.locator(".ways button").last().click();
        assertThat(page.locator("#username")).isVisible();
    }
}
