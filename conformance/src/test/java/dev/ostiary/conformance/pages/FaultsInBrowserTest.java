package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.ClientApp;
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
@DisplayName("Somebody in Chromium who cannot go on reads why")
class FaultsInBrowserTest {

    private final Server server;
    private final Org org;
    private final People people;
    private @Nullable Chromium chromium;

    FaultsInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.people = new People(org);
    }

    @BeforeAll
    void start() {
        chromium = Chromium.startOrSkip(server);
        people.callOrg("Example Inc.");
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Page open(Visitor visitor, String path) {
        Page page = Objects.requireNonNull(chromium).page(visitor.profile());
        page.navigate(org.url() + path);
        return page;
    }

    private static void signIn(Page page, String login, String password) {
        page.locator("#username").fill(login);
        page.locator("#password").fill(password);
        page.locator("button[type=submit]").click();
    }

    /** Whoever belongs to a group of its own with such a password policy. */
    private String governed(String settings) {
        String login = people.active();
        String own = Directory.id(new Directory(org).group("own " + login));
        String user = org.http().get("/api/v1/users/" + login).expect(200).text("id");
        org.http().put("/api/v1/groups/" + own + "/users/" + user).expect(204);
        new Policies(org)
                .password(
                        own,
                        login,
                        settings,
                        "{\"passwordChange\":{\"access\":\"ALLOW\"},"
                                + "\"selfServiceUnlock\":{\"access\":\"ALLOW\"}}");
        return login;
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that there is nothing at an address")
    void notFound(Visitor visitor) {
        Page page = open(visitor, "/no/such/page");
        assertThat(page.locator("h1"))
                .hasText(visitor.reads("Page not found", "Seite nicht gefunden", "ページが見つかりません"));
        Usable usable = new Usable(page, visitor);
        usable.check("not-found");
        usable.keyboard();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that a form did not come from here")
    void forbidden(Visitor visitor) {
        Page page = open(visitor, "/signin");
        page.evaluate("() => { document.querySelector('[name=formToken]').value = 'another'; }");
        signIn(page, people.active(), Directory.PASSWORD);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "You cannot do this here",
                                "Das ist hier nicht möglich",
                                "この操作は許可されていません"));
        new Usable(page, visitor).check("forbidden");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that the app has asked for what it may not have, and what to tell its makers")
    void mistaken(Visitor visitor) {
        ClientApp app = ClientApp.web(org, "Mistaken");
        Page page =
                open(
                        visitor,
                        app.base()
                                + "/v1/authorize?"
                                + ClientApp.form(
                                        app.request(
                                                "redirect_uri", "https://elsewhere.example.com")));
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "The app has made a mistake",
                                "Die App hat einen Fehler gemacht",
                                "アプリからのリクエストが正しくありません"));
        assertThat(page.locator(".reference")).containsText("redirect_uri");
        assertThat(page.locator(".reference")).hasAttribute("lang", "en");
        new Usable(page, visitor).check("app-mistaken");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that the account is locked, where the policy says so, and how to open it")
    void locked(Visitor visitor) {
        String login =
                governed(
                        "{\"password\":{\"lockout\":"
                                + "{\"maxAttempts\":1,\"showLockoutFailures\":true}}}");
        Page page = open(visitor, "/signin");
        signIn(page, login, "wrong");
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Your account is locked",
                                "Ihr Konto ist gesperrt",
                                "アカウントがロックされています"));
        Usable usable = new Usable(page, visitor);
        usable.check("locked");
        usable.keyboard();
        page.locator(".ways a").first().click();
        page.waitForURL("**/signin/unlock");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that the password expires soon, and leaves it at that")
    void warned(Visitor visitor) {
        String login =
                governed("{\"password\":{\"age\":{\"maxAgeDays\":10,\"expireWarnDays\":10}}}");
        Page page = open(visitor, "/signin");
        signIn(page, login, Directory.PASSWORD);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Your password expires soon",
                                "Ihr Passwort läuft bald ab",
                                "パスワードの有効期限が近づいています"));
        Usable usable = new Usable(page, visitor);
        usable.check("expires-soon");
        usable.keyboard();
        page.locator(".ways button").first().click();
        page.waitForURL(org.url() + "/app/UserHome");
    }
}
