package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.Site;
import dev.ostiary.conformance.harness.SuiteServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody who comes by in Chromium")
class SignInInBrowserTest {

    private static final String APP = "app.trusted.example";
    private static final String EVIL = "evil.example";
    private static final String NEXT = "An0ther-good-one";

    private final Org org;
    private final People people;
    private final Site site = Site.open();
    @AutoClose private final Visits visits;

    SignInInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip(APP, EVIL);
        people.callOrg("Example Inc.");
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"App\",\"origin\":\"%s\",\"scopes\":[{\"type\":\"REDIRECT\"}]}"
                                .formatted(site.origin(APP)))
                .expect(200);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private static void submit(Page page) {
        page.locator("main form button[type=submit]").first().click();
    }

    private static void choose(Page page, String password) {
        page.locator("#newPassword").fill(password);
        page.locator("#repeatedPassword").fill(password);
        submit(page);
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("signs in, comes home, and signs out")
    void signsIn(Visitor visitor) {
        String login = people.active();
        Page page = visits.open(visitor, "/app/UserHome");
        page.waitForURL("**/signin?fromURI=%2Fapp%2FUserHome");
        assertThat(page.locator("h1")).hasText(visitor.reads("Sign in", "Anmelden", "サインイン"));
        Usable usable = new Usable(page, visitor);
        usable.check("sign-in");
        usable.keyboard();
        new SignInForm(page).send(login, "wrong");
        assertThat(page.locator("[role=alert]:visible"))
                .containsText(
                        visitor.reads(
                                "could not sign you in",
                                "Anmeldung ist fehlgeschlagen",
                                "サインインできませんでした"));
        assertThat(page.locator("#username")).hasValue(login);
        assertThat(page.locator("#password")).isFocused();
        assertThat(page.locator("#password")).hasValue("");
        usable.check("sign-in-wrong");
        new SignInForm(page).send(login);
        home(page);
        usable.check("home");
        usable.keyboard();
        page.locator(".bar button").click();
        page.waitForURL("**/signin?news=signed-out");
        assertThat(page.locator("[role=status]")).isVisible();
        usable.check("signed-out");
        page.navigate(org.url() + "/app/UserHome");
        assertThat(page.locator("#username")).isVisible();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("forgot the password, and chooses another by the link of a mail")
    void forgets(Visitor visitor) {
        String login = people.recoverable();
        Page page = visits.open(visitor, "/signin");
        page.locator(".ways a").first().click();
        page.waitForURL("**/signin/forgot-password");
        Usable usable = new Usable(page, visitor);
        usable.check("forgot-password");
        page.locator("#username").fill(login);
        submit(page);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Check your email", "Sehen Sie in Ihr Postfach", "メールをご確認ください"));
        usable.check("mail-sent");
        page.navigate(people.link(login));
        usable.check("reset-link");
        submit(page);
        assertThat(page.locator(".asked")).hasText("Which sea?");
        usable.check("recovery-question");
        page.locator("#answer").fill("North");
        submit(page);
        assertThat(page.locator("#answer-wrong")).isVisible();
        assertThat(page.locator("#answer")).hasAttribute("aria-invalid", "true");
        page.locator("#answer").fill("baltic");
        submit(page);
        usable.check("new-password");
        page.locator("#newPassword").fill("short");
        page.locator("#repeatedPassword").fill("other");
        submit(page);
        assertThat(page.locator("#repeatedPassword-wrong")).isVisible();
        choose(page, "short");
        assertThat(page.locator("#newPassword-wrong")).isVisible();
        assertThat(page.locator("#newPassword")).isFocused();
        usable.check("new-password-wrong");
        choose(page, NEXT);
        home(page);
        page.navigate(people.link(login));
        submit(page);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "This link does not work any more",
                                "Dieser Link funktioniert nicht mehr",
                                "このリンクは無効です"));
        usable.check("link-expired");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is invited, and sets the account up")
    void isInvited(Visitor visitor) {
        String login = people.invited();
        String link = people.link(login);
        org.nobody().get(link).expect(302);
        Page page = visits.open(visitor, link.substring(org.url().length()));
        page.waitForURL("**/welcome/*");
        Usable usable = new Usable(page, visitor);
        usable.check("welcome-link");
        submit(page);
        page.waitForURL(org.url() + "/signin");
        assertThat(page.locator(".who")).hasText(login);
        assertThat(page.locator(".needs li").first()).containsText("8");
        usable.check("welcome");
        usable.keyboard();
        choose(page, NEXT);
        home(page);
        assertThat(people.status(login)).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("has an expired password, and changes it on the way in")
    void expired(Visitor visitor) {
        String login = people.expired();
        Page page = visits.open(visitor, "/signin");
        new SignInForm(page).send(login);
        assertThat(page.locator("#oldPassword")).isFocused();
        Usable usable = new Usable(page, visitor);
        usable.check("expired");
        page.reload();
        page.locator("#oldPassword").fill("wrong");
        choose(page, NEXT);
        assertThat(page.locator("#oldPassword-wrong")).isVisible();
        page.locator("#oldPassword").fill(Directory.PASSWORD);
        choose(page, NEXT);
        home(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE"})
    @DisplayName("is locked out, and unlocks the account by the link of a mail")
    void locked(Visitor visitor) {
        String login = people.locked();
        Page page = visits.open(visitor, "/signin");
        new SignInForm(page).send(login);
        assertThat(page.locator("[role=alert]:visible")).isVisible();
        page.locator(".ways a").last().click();
        page.waitForURL("**/signin/unlock");
        Usable usable = new Usable(page, visitor);
        usable.check("unlock");
        page.locator("#username").fill(login);
        submit(page);
        page.navigate(people.link(login));
        usable.check("unlock-link");
        submit(page);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Your account is unlocked",
                                "Ihr Konto ist entsperrt",
                                "アカウントのロックを解除しました"));
        usable.check("unlocked");
        assertThat(people.status(login)).isEqualTo("ACTIVE");
    }

    @Test
    @DisplayName("needs no script")
    void withoutScript() {
        String login = people.expired();
        Page page = visits.page(Visitor.AT_A_DESK.profile().setJavaScriptEnabled(false));
        page.navigate(org.url() + "/signin");
        assertThat(page.locator(".reveal")).isHidden();
        new SignInForm(page).send(login);
        page.locator("#oldPassword").fill(Directory.PASSWORD);
        choose(page, NEXT);
        home(page);
        page.locator(".bar button").click();
        page.waitForURL("**/signin?news=signed-out");
    }

    @Test
    @DisplayName("can look at the password, which is hidden again before it is sent")
    void reveals() {
        Page page = visits.open(Visitor.AT_A_DESK, "/signin");
        page.locator("#password").fill("visible");
        page.locator(".reveal").click();
        assertThat(page.locator("#password")).hasAttribute("type", "text");
        assertThat(page.locator(".reveal")).hasText("Hide");
        page.locator(".reveal").click();
        assertThat(page.locator("#password")).hasAttribute("type", "password");
    }

    @Test
    @DisplayName("is remembered by name, if that is asked for, and forgotten otherwise")
    void remembered() {
        String login = people.active();
        Page page = visits.open(Visitor.AT_A_DESK, "/signin");
        page.locator("#rememberMe").check();
        new SignInForm(page).send(login);
        home(page);
        page.locator(".bar button").click();
        assertThat(page.locator("#username")).hasValue(login);
        assertThat(page.locator("#rememberMe")).isChecked();
        page.locator("#rememberMe").uncheck();
        new SignInForm(page).send(login);
        home(page);
        page.locator(".bar button").click();
        assertThat(page.locator("#username")).hasValue("");
    }

    @Test
    @DisplayName("goes on to a site that the org trusts, and to no other")
    void goesOn() {
        String login = people.active();
        Page page = visits.open(Visitor.AT_A_DESK, "/signin?fromURI=" + site.origin(APP) + "/back");
        new SignInForm(page).send(login);
        page.waitForURL(site.origin(APP) + "/back");
        page = visits.open(Visitor.AT_A_DESK, "/signin?fromURI=" + site.origin(EVIL) + "/back");
        new SignInForm(page).send(login);
        home(page);
        page = visits.open(Visitor.AT_A_DESK, "/signin?fromURI=javascript:alert(1)");
        new SignInForm(page).send(login);
        home(page);
        page.navigate(org.url() + "/login/signout?fromURI=" + site.origin(APP) + "/bye");
        page.waitForURL(site.origin(APP) + "/bye");
        page.navigate(org.url() + "/app/UserHome");
        assertThat(page.locator("#username")).isVisible();
    }

    @Test
    @DisplayName("reads in the language of the profile when at home")
    void ownLanguage() {
        String login = people.active();
        org.http()
                .post(
                        "/api/v1/users/" + login,
                        Json.parse("{\"profile\":{\"preferredLanguage\":\"ja\"}}"))
                .expect(200);
        Page page = visits.open(Visitor.AT_A_DESK, "/signin");
        new SignInForm(page).send(login);
        home(page);
        assertThat(page.locator("html")).hasAttribute("lang", "ja");
    }

    @Test
    @DisplayName("P23 is not signed in or out by a form or a picture of another site")
    void otherSites() {
        String login = people.active();
        site.serve(
                "/login-csrf",
                "<form method=post action='%s/signin'><input name=username value='%s'>"
                                .formatted(org.url(), login)
                        + "<input name=password value='"
                        + Directory.PASSWORD
                        + "'><input name=formToken value=x></form>"
                        + "<script>document.forms[0].submit()</script>");
        site.serve("/logout-csrf", "<img src='%s/login/signout' alt=''>".formatted(org.url()));
        Page page = visits.page(Visitor.AT_A_DESK);
        page.navigate(site.origin(EVIL) + "/login-csrf");
        page.waitForURL(org.url() + "/signin");
        assertThat(page.locator("h1")).hasText("You cannot do this here");
        page.navigate(org.url() + "/signin");
        new SignInForm(page).send(login);
        home(page);
        page.navigate(site.origin(EVIL) + "/logout-csrf");
        page.navigate(org.url() + "/app/UserHome");
        home(page);
        page.navigate(site.origin(EVIL) + "/login-csrf");
        page.waitForURL(org.url() + "/signin");
        assertThat(page.locator("h1")).hasText("You cannot do this here");
    }

    @Test
    @DisplayName("P36 sees no word of complaint about the pages' policy")
    void policy() {
        String login = people.active();
        Page page = visits.open(Visitor.AT_A_DESK, "/signin");
        new SignInForm(page).send(login);
        home(page);
        page.locator(".panel button").click();
        page.waitForURL("**/signin?news=signed-out");
        assertThat(visits.said()).isEmpty();
    }
}
