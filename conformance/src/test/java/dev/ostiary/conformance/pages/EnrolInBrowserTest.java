package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.harness.Yubikey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
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

    private final Org org;
    private final People people;
    private final AtomicInteger phones = new AtomicInteger(1700);
    private String group = "";
    @AutoClose private final Visits visits;

    EnrolInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        people.callOrg("Example Inc.");
        org.http()
                .post("/api/v1/authenticators", Map.of("key", "yubikey_token", "name", "YubiKey"))
                .expect(200);
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
                 "okta_call":{"enroll":{"self":"OPTIONAL"}},
                 "okta_email":{"enroll":{"self":"OPTIONAL"}},
                 "yubikey_token":{"enroll":{"self":"OPTIONAL"}},
                 "okta_otp":{"enroll":{"self":"OPTIONAL"}},
                 "okta_question":{"enroll":{"self":"OPTIONAL"}}}""",
                "CHALLENGE");
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

    /** What the last message to somebody holds under a name. */
    private String sent(String to, String name) {
        return org.http()
                .get("/ostiary/v1/outbox", "to", to)
                .expect(200)
                .json()
                .at("/0/variables/" + name)
                .asString();
    }

    /** Types the code that was sent, and is in. */
    private void proves(Page page, String to, String name) {
        page.locator("#passCode").fill(sent(to, name));
        submit(page);
        home(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("gives a number, after one that is none, and types the code that it is sent")
    void phone(Visitor visitor) {
        String number = "+1555415" + phones.incrementAndGet();
        Page page = visits.signIn(visitor, people.activeIn(group));
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
        proves(page, number, "code");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("looks at an app that makes codes, and chooses a question instead")
    void question(Visitor visitor) {
        Page page = visits.signIn(visitor, people.activeIn(group));
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

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("gives a number that is called, and types the code that is spoken")
    void call(Visitor visitor) {
        String number = "+1555415" + phones.incrementAndGet();
        Page page = visits.signIn(visitor, people.activeIn(group));
        Usable usable = new Usable(page, visitor);
        choose(page, visitor.reads("Phone call", "Telefonanruf", "電話"));
        usable.check("enroll-call");
        page.locator("#phoneNumber").fill(number);
        submit(page);
        assertThat(page.locator("#passCode")).isFocused();
        usable.check("activate-call");
        usable.keyboard();
        proves(page, number, "code");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("has a code sent to the address of the account, and types it")
    void mail(Visitor visitor) {
        String login = people.activeIn(group);
        Page page = visits.signIn(visitor, login);
        Usable usable = new Usable(page, visitor);
        choose(page, visitor.reads("Email", "E-Mail", "メール"));
        usable.check("enroll-email");
        usable.keyboard();
        submit(page);
        assertThat(page.locator("#passCode")).isFocused();
        usable.check("activate-email");
        proves(page, login, "verificationToken");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("touches a YubiKey, after one that nobody knows")
    void yubikey(Visitor visitor) {
        Yubikey key = Yubikey.of(org);
        Page page = visits.signIn(visitor, people.activeIn(group));
        Usable usable = new Usable(page, visitor);
        choose(page, visitor.reads("Hardware token", "Hardware-Token", "ハードウェアトークン"));
        assertThat(page.locator("#passCode")).isFocused();
        usable.check("enroll-token");
        usable.keyboard();
        page.locator("#passCode").fill("cccc");
        submit(page);
        assertThat(page.locator("#passCode-wrong")).isVisible();
        page.locator("#passCode").fill(key.touched());
        submit(page);
        home(page);
    }
}
