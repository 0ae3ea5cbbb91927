package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
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
@DisplayName("Somebody in Chromium who sets a way to verify up")
class EnrolInBrowserTest {

    private final Server server;
    private final Org org;
    private final People people;
    private final AtomicInteger phones = new AtomicInteger(1700);
    private String group = "";
    private @Nullable Chromium chromium;

    EnrolInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.people = new People(org);
    }

    @BeforeAll
    void start() {
        chromium = Chromium.startOrSkip(server);
        people.callOrg("Example Inc.");
        group = Directory.id(new Directory(org).group("enrolling in a browser"));
        Policies policies = new Policies(org);
        policies.signOn(
                group,
                "Browser",
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        policies.enrolment(
                group,
                "Browser",
                """
                {"okta_sms":{"enroll":{"self":"OPTIONAL"}},
                 "okta_otp":{"enroll":{"self":"OPTIONAL"}},
                 "okta_question":{"enroll":{"self":"OPTIONAL"}}}""",
                "CHALLENGE");
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private String member() {
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

    private static void choose(Page page, String words) {
        page.locator(".choice", new Page.LocatorOptions().setHasText(words)).click();
    }

    private static void submit(Page page) {
        page.locator("main form button[type=submit]").first().click();
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    private String code(String phone) {
        return org.http()
                .get("/ostiary/v1/outbox", "to", phone)
                .expect(200)
                .json()
                .at("/0/variables/code")
                .asString();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("gives a number, after one that is none, and types the code that it is sent")
    void phone(Visitor visitor) {
        String number = "+1555415" + phones.incrementAndGet();
        Page page = signIn(visitor, member());
        Usable usable = new Usable(page, visitor);
        choose(page, visitor.reads("Text message", "SMS", "SMS"));
        usable.check("enroll-phone");
        usable.keyboard();
        page.locator("#phoneNumber").fill("12");
        submit(page);
        assertThat(page.locator("#phoneNumber-wrong")).isVisible();
        usable.check("enroll-phone-wrong");
        page.locator("#phoneNumber").fill(number);
        submit(page);
        assertThat(page.locator("#passCode")).isFocused();
        usable.check("activate-phone");
        usable.keyboard();
        page.locator("#passCode").fill(code(number));
        submit(page);
        home(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("looks at an app that makes codes, and chooses a question instead")
    void question(Visitor visitor) {
        Page page = signIn(visitor, member());
        Usable usable = new Usable(page, visitor);
        choose(page, visitor.reads("Authenticator app", "Authentifizierungs-App", "認証アプリ"));
        submit(page);
        assertThat(page.locator("img.qr")).isVisible();
        usable.check("activate-app");
        usable.keyboard();
        page.locator(".ways button").first().click();
        choose(page, visitor.reads("Security question", "Sicherheitsfrage", "秘密の質問"));
        usable.check("enroll-question");
        usable.keyboard();
        page.locator("#answer").fill("mayonnaise");
        submit(page);
        home(page);
    }
}
