package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.oauth.Device;
import dev.ostiary.conformance.oauth.OpenServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody in Chromium whose device has no browser")
class DeviceInBrowserTest {

    private final Org org;
    private final People people;
    @AutoClose private final Visits visits;

    DeviceInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        people.callOrg("Example Inc.");
        OpenServer.admit(org, "/api/v1/authorizationServers/default", "*", Device.GRANT);
    }

    private static void signIn(Page page, String login) {
        page.waitForURL("**/signin?**");
        new SignInForm(page).send(login);
    }

    private static void type(Page page, String code) {
        page.locator("#user_code").fill(code);
        page.locator("main form button").click();
    }

    private static void done(Page page, Visitor visitor) {
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Your device is activated",
                                "Ihr Gerät ist aktiviert",
                                "デバイスがアクティブ化されました"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("types its code after a wrong one, signs in, sees which app asks, and says yes")
    void allows(Visitor visitor) {
        Device device = Device.of(org, "Television");
        JsonNode begun = device.begin("openid profile");
        String code = begun.get("user_code").asString();
        Page page = visits.open(visitor, "/activate");
        Usable usable = new Usable(page, visitor);
        assertThat(page.locator("#user_code")).isFocused();
        usable.check("device-code");
        usable.keyboard();
        type(page, "BBBB-BBBB");
        signIn(page, people.active());
        assertThat(page.locator("#user_code-wrong"))
                .hasText(
                        visitor.reads(
                                "This code is not known, or has expired.",
                                "Dieser Code ist unbekannt oder abgelaufen.",
                                "このコードは無効か、期限が切れています。"));
        assertThat(page.locator("#user_code")).hasAttribute("aria-invalid", "true");
        usable.check("device-code-wrong");

        type(page, code.substring(0, 4) + "-" + code.substring(4));

        assertThat(page.locator("h1")).containsText("Television");
        assertThat(page.locator(".lead").first()).containsText(code);
        usable.check("device-confirm");
        usable.keyboard();
        page.locator("button[value=allow]").click();
        done(page, visitor);
        usable.check("device-done");
        device.poll(begun).expect(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("follows the device's link, sees what its app wants, and says yes")
    void consents(Visitor visitor) {
        Device device =
                Device.of(org, "Dashboard", settings -> settings.put("consent_method", "REQUIRED"));
        JsonNode begun = device.begin("openid " + ClientApp.askedScope(org, "Drive your car"));
        Page page =
                visits.open(visitor, "/activate?user_code=" + begun.get("user_code").asString());
        signIn(page, people.active());

        assertThat(page.locator("main li")).hasText("Drive your car");
        Usable usable = new Usable(page, visitor);
        usable.check("device-consent");
        usable.keyboard();
        page.locator("button[value=allow]").click();
        done(page, visitor);
        device.poll(begun).expect(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE"})
    @DisplayName("follows the device's link, and says no")
    void denies(Visitor visitor) {
        Device device = Device.of(org, "Somebody else's television");
        JsonNode begun = device.begin("openid");
        Page page =
                visits.open(visitor, "/activate?user_code=" + begun.get("user_code").asString());
        signIn(page, people.active());

        page.locator("button[value=deny]").click();

        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Your device is not activated",
                                "Ihr Gerät ist nicht aktiviert",
                                "デバイスはアクティブ化されていません"));
        new Usable(page, visitor).check("device-denied");
        assertThat(device.poll(begun).text("error")).isEqualTo("access_denied");
    }
}
