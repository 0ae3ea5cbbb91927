package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SmallDisk;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
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
@DisplayName("Somebody in Chromium who cannot go on reads why")
class FaultsInBrowserTest {

    private final Org org;
    private final Org busy;
    private final People people;
    @AutoClose private final Visits visits;

    FaultsInBrowserTest(Server server, Org org) {
        this.org = org;
        this.busy = busy(server);
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    /** One of which a page can be had in a minute. */
    private static Org busy(Server server) {
        Org busy = server.newOrg();
        server.defaultOrg()
                .http()
                .put("/ostiary/v1/orgs/" + busy.id() + "/rate-limits", "{\"profile\":\"1\"}")
                .expect(200);
        return busy;
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        people.callOrg("Example Inc.");
    }

    /** Whoever belongs to a group of its own with such a password policy. */
    private String governed(String settings) {
        String login = people.active();
        String own = people.ownGroup(login);
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
        Page page = visits.open(visitor, "/no/such/page");
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
        Page page = visits.open(visitor, "/signin");
        page.evaluate("() => { document.querySelector('[name=formToken]').value = 'another'; }");
        new SignInForm(page).send(people.active());
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
    @DisplayName("that what was sent is no form")
    void unreadable(Visitor visitor) {
        Page page = visits.open(visitor, "/signin");
        page.evaluate("() => { document.querySelector('main form').enctype = 'text/plain'; }");
        new SignInForm(page).send(people.active());
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "This request cannot be read",
                                "Diese Anfrage ist nicht lesbar",
                                "リクエストを処理できません"));
        new Usable(page, visitor).check("unreadable");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that there were too many requests")
    void tooMany(Visitor visitor) {
        Page page = visits.page(visitor);
        page.navigate(busy.url() + "/signin");
        page.navigate(busy.url() + "/signin");
        assertThat(page.locator("h1"))
                .hasText(visitor.reads("Too many requests", "Zu viele Anfragen", "リクエストが多すぎます"));
        new Usable(page, visitor).check("too-many");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("that the app has asked for what it may not have, and what to tell its makers")
    void mistaken(Visitor visitor) {
        ClientApp app = ClientApp.web(org, "Mistaken");
        Page page =
                visits.open(
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
        Page page = visits.open(visitor, "/signin");
        new SignInForm(page).send(login, "wrong");
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
        Page page = visits.open(visitor, "/signin");
        new SignInForm(page).send(login);
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

    /** On a server of its own, whose disk is full: nobody comes in, and pages still say why. */
    @Test
    @DisplayName("that the server is at fault, and what its administrator looks for in the log")
    void broken() throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.mount(250);
        assumeTrue(mounted.isPresent(), "skipped: this account cannot mount a tmpfs here");
        try (SmallDisk disk = mounted.orElseThrow();
                Server full =
                        Server.startIn(
                                Files.createDirectory(disk.folder().resolve("server")), Map.of());
                Visits there = new Visits(full, full.defaultOrg())) {
            there.startOrSkip();
            String login = new People(full.defaultOrg()).active();
            disk.fill();
            for (Visitor visitor : Visitor.values()) {
                Page page = refused(there, visitor, login);
                assertThat(page.locator("h1"))
                        .hasText(
                                visitor.reads(
                                        "Something went wrong",
                                        "Etwas ist schiefgegangen",
                                        "エラーが発生しました"));
                assertThat(page.locator(".reference")).isVisible();
                new Usable(page, visitor).check("broken");
            }
            disk.free();
        }
    }

    /** Some sign-ins may fit into what the database has reserved. */
    private static Page refused(Visits there, Visitor visitor, String login) {
        for (int i = 0; i < 500; i++) {
            Page page = there.signIn(visitor, login);
            if (!page.url().endsWith("/app/UserHome")) {
                return page;
            }
        }
        throw new AssertionError("500 sign-ins fitted on a full disk");
    }
}
