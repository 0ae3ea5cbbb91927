package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.Telephone;
import dev.ostiary.conformance.oauth.Holder;
import dev.ostiary.conformance.oauth.Holder.Totp;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
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

    private final Org org;
    private final People people;
    private String group = "";
    @AutoClose private final Visits visits;

    SecondFactorInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
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

    /** Somebody with a question, whose answer is mayonnaise, and codes by mail. */
    private String withFactors() {
        String login = people.activeIn(group);
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
        Page page = visits.signIn(visitor, withFactors());
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
        Page page = visits.signIn(visitor, login);
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
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("types what an app shows, after what it does not show")
    void app(Visitor visitor) {
        Holder holder = Holder.of(org).in(group);
        Totp totp = holder.totp();
        Page page = visits.signIn(visitor, holder.login());
        Usable usable = new Usable(page, visitor);
        assertThat(page.locator("#passCode")).isFocused();
        usable.check("app-code");
        usable.keyboard();
        page.locator("#passCode").fill(totp.wrong());
        page.locator("main form button").first().click();
        assertThat(page.locator("#passCode-wrong")).isVisible();
        page.locator("#passCode").fill(totp.shown(0));
        page.locator("main form button").first().click();
        page.waitForURL(org.url() + "/app/UserHome");
    }

    /** Somebody with a device that is asked. */
    private record Owner(String login, Telephone telephone) {}

    private Owner owner() {
        String login = people.activeIn(group);
        return new Owner(login, Telephone.of(org, "/api/v1/users/" + login));
    }

    private void numbers(String required) {
        String verify =
                Json.list(org.http().get("/api/v1/authenticators").expect(200).json()).stream()
                        .filter(each -> each.get("key").asString().equals("okta_verify"))
                        .map(each -> each.get("id").asString())
                        .findFirst()
                        .orElseThrow();
        org.http()
                .put(
                        "/api/v1/authenticators/" + verify,
                        "{\"key\":\"okta_verify\",\"name\":\"Okta Verify\",\"settings\":{"
                                + "\"channelBinding\":{\"style\":\"NUMBER_CHALLENGE\","
                                + "\"required\":\""
                                + required
                                + "\"}}}")
                .expect(200);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("chooses on the telephone the number that the page shows")
    void number(Visitor visitor) {
        numbers("ALWAYS");
        Owner owner = owner();
        Page page = visits.signIn(visitor, owner.login());
        Usable usable = new Usable(page, visitor);
        page.locator("main form button").first().click();
        assertThat(page.locator(".number")).isVisible();
        String number = page.locator(".number").textContent();
        assertThat(page.locator(".asked")).containsText(number);
        usable.check("push-number");
        usable.keyboard();
        page.locator("main form button").first().click();
        assertThat(page.locator("[role=alert]:visible")).isVisible();
        assertThat(page.locator(".number")).hasText(number);
        owner.telephone()
                .answers(
                        Json.object().put("approve", true).put("number", Integer.parseInt(number)));
        home(page);
    }

    /** Somebody who belongs to a group of its own, which is then given policies. */
    private String alone(String login, BiConsumer<Policies, String> policies) {
        String own = people.ownGroup(login);
        policies.accept(new Policies(org), own);
        return login;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is to set one up, looks at push, and puts it off")
    void later(Visitor visitor) {
        String name = people.active();
        String login =
                alone(
                        name,
                        (policies, own) ->
                                policies.authenticators(
                                        own,
                                        name,
                                        """
                                        [{"key":"okta_verify","enroll":{"self":"REQUIRED",
                                          "gracePeriod":{"type":"BY_SKIP_COUNT","skipCount":1}}},
                                         {"key":"phone_number","enroll":{"self":"OPTIONAL"}}]"""));
        Page page = visits.signIn(visitor, login);
        Usable usable = new Usable(page, visitor);
        usable.check("enroll-later");
        usable.keyboard();
        String push = visitor.reads("Push notification", "Push", "プッシュ");
        page.locator(".choice", new Page.LocatorOptions().setHasText(push)).click();
        usable.check("enroll-push");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator("img.qr")).isVisible();
        usable.check("activate-push");
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator("[role=alert]:visible")).isVisible();
        usable.check("activate-push-waiting");
        page.locator(".ways button").first().click();
        page.locator("main form:not(.plain) button").first().click();
        home(page);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is invited where nobody recovers without a question, and chooses one")
    void choosesQuestion(Visitor visitor) {
        String name = people.invited();
        String login =
                alone(
                        name,
                        (policies, own) ->
                                policies.password(
                                        own,
                                        name,
                                        "{}",
                                        """
                                        {"selfServicePasswordReset":{"access":"ALLOW",
                                          "requirement":{"primary":{"methods":["email"]},
                                            "stepUp":{"required":true,
                                              "methods":["security_question"]}}}}"""));
        Page page = visits.page(visitor);
        page.navigate(people.link(login));
        page.locator("main form button[type=submit]").first().click();
        Usable usable = new Usable(page, visitor);
        usable.check("welcome-question");
        page.locator("#newPassword").fill("An0ther-good-one");
        page.locator("#repeatedPassword").fill("An0ther-good-one");
        page.locator("#recoveryQuestion").fill("Which sea?");
        page.locator("#answer").fill("Baltic");
        page.locator("main form button[type=submit]").first().click();
        home(page);
    }

    @ParameterizedTest
    @EnumSource(names = "AT_A_DESK")
    @DisplayName("has none, and is asked to set one up")
    void none(Visitor visitor) {
        Page page = visits.signIn(visitor, people.activeIn(group));
        assertThat(page.locator("h1")).hasText("Set up another way to verify");
        new Usable(page, visitor).check("enroll");
        page.locator(".ways button").last().click();
        assertThat(page.locator("#username")).isVisible();
    }
}
