package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.oauth.Holder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("A page that waits for a telephone, in Chromium")
class PushInBrowserTest {

    private final Org org;
    private String group = "";
    @AutoClose private final Visits visits;

    PushInBrowserTest(Server server, Org org) {
        this.org = org;
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        group = Directory.id(new Directory(org).group("waits"));
        Policies policies = new Policies(org);
        policies.signOn(
                group,
                "asked",
                "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"ALWAYS\"}");
        policies.authenticators(
                group, "devices", "[{\"key\":\"okta_verify\",\"enroll\":{\"self\":\"REQUIRED\"}}]");
    }

    /** Somebody's device has been asked. */
    private Page asked(Browser.NewContextOptions profile, Holder holder) {
        Page page = visits.signIn(profile, holder.login());
        press(page);
        assertThat(page.locator("form[data-wait]")).isVisible();
        return page;
    }

    private static void press(Page page) {
        page.locator("main form button[type=submit]").first().click();
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    private static Browser.NewContextOptions english() {
        return Visitor.AT_A_DESK.profile();
    }

    @Test
    @DisplayName("goes on by itself when the request is approved")
    void approved() {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        Page page = asked(english(), holder);

        phone.answer(true).expect(200);

        home(page);
    }

    @Test
    @DisplayName("says by itself that the request was declined, and asks no more")
    void rejected() {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        Page page = asked(english(), holder);

        phone.answer(false).expect(200);

        assertThat(page.locator("[role=alert]")).containsText("declined");
        assertThat(page.locator("form[data-wait]")).hasCount(0);
    }

    @Test
    @DisplayName("goes on by itself when the device has come that is set up")
    void enrolled() {
        Holder holder = Holder.of(org).in(group);
        Page page = visits.signIn(english(), holder.login());
        page.locator(".choice", new Page.LocatorOptions().setHasText("Push notification")).click();
        press(page);
        assertThat(page.locator("img.qr")).isVisible();
        String picture = page.locator("img.qr").getAttribute("src");

        org.nobody()
                .post(
                        "/ostiary/v1/push/devices",
                        Json.object().put("code", picture.substring(picture.lastIndexOf('/') + 1)))
                .expect(200);

        home(page);
    }

    @Test
    @DisplayName("has a button that asks, where there is no script")
    void byHand() {
        Holder holder = Holder.of(org).in(group);
        Holder.Phone phone = holder.phone();
        Page page = asked(english().setJavaScriptEnabled(false), holder);
        press(page);
        assertThat(page.locator("[role=alert]")).containsText("Not approved yet");
        phone.answer(true).expect(200);

        press(page);

        home(page);
    }
}
