package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
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
@DisplayName("Whom an app has sent here sees which one it is")
class AppFaceInBrowserTest {

    private static final String PICTURES = "https://pictures.example";

    private static final String PICTURE =
            "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='40'>"
                    + "<rect width='120' height='40' rx='8' fill='#0b6e4f'/>"
                    + "<circle cx='22' cy='20' r='10' fill='#fff'/>"
                    + "<rect x='42' y='14' width='64' height='12' fill='#fff'/></svg>";

    private final Org org;
    private final People people;
    @AutoClose private final Visits visits;

    AppFaceInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
    }

    private ClientApp app(String label, ClientApp.Setting more) {
        return ClientApp.of(
                org,
                label,
                "web",
                "client_secret_basic",
                settings -> {
                    settings.put("consent_method", "REQUIRED");
                    more.say(settings);
                });
    }

    private static String request(ClientApp app, String scope) {
        return app.org().url()
                + app.base()
                + "/v1/authorize?"
                + ClientApp.form(app.request("scope", "openid " + scope));
    }

    private static void picture(Page page, String address) {
        assertThat(page.locator(".app-picture")).hasAttribute("src", address);
        page.waitForFunction(
                "() => document.querySelector('.app-picture').naturalWidth > 0 "
                        + "&& document.querySelector('.app-picture').complete");
    }

    private static void link(Page page, String words, String address) {
        Locator link = page.locator(".app-links a").filter(new FilterOptions().setHasText(words));
        assertThat(link).hasAttribute("href", address);
        assertThat(link).hasAttribute("rel", "noopener noreferrer");
        assertThat(link).hasAttribute("target", "_blank");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("by its picture, its name, and links to its pages, signing in and consenting")
    void shown(Visitor visitor) {
        String label = "Cars & more";
        ClientApp app =
                app(
                        label,
                        settings ->
                                settings.put("logo_uri", PICTURES + "/cars.svg?size=1&dark=no")
                                        .put("client_uri", "https://cars.example.com")
                                        .put("tos_uri", "https://cars.example.com/terms")
                                        .put("policy_uri", "https://cars.example.com/privacy"));
        List<Request> asked = new ArrayList<>();
        Page page = visits.page(visitor);
        page.route(
                PICTURES + "/**",
                route -> {
                    asked.add(route.request());
                    route.fulfill(
                            new Route.FulfillOptions()
                                    .setContentType("image/svg+xml")
                                    .setBody(PICTURE));
                });
        page.route("https://app.example.com/**", Route::abort);

        page.navigate(request(app, ClientApp.askedScope(org, "Drive your car")));
        page.waitForURL("**/signin?**");
        faces(page, visitor, label);
        assertThat(page.locator(".lead")).containsText(label);
        Usable usable = new Usable(page, visitor);
        usable.check("sign-in-for-app");
        usable.keyboard();
        new SignInForm(page).send(people.active());

        page.waitForSelector("button[name=decision]");
        faces(page, visitor, label);
        assertThat(page.locator("h1")).containsText(label);
        usable.check("consent-for-app");
        usable.keyboard();
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("referer"));
        page.waitForRequest(
                "https://app.example.com/callback?**",
                () -> page.locator("button[value=allow]").click());
    }

    private static void faces(Page page, Visitor visitor, String label) {
        picture(page, PICTURES + "/cars.svg?size=1&dark=no");
        link(
                page,
                visitor.reads("About " + label, "Über " + label, label + " について"),
                "https://cars.example.com");
        link(
                page,
                visitor.reads("Terms of service", "Nutzungsbedingungen", "利用規約"),
                "https://cars.example.com/terms");
        link(
                page,
                visitor.reads("Privacy policy", "Datenschutz", "プライバシーポリシー"),
                "https://cars.example.com/privacy");
    }

    @Test
    @DisplayName("by nothing that runs: addresses that are none of the web over TLS are not shown")
    void hostile() {
        ClientApp app =
                app(
                        "<img src=x onerror=alert(1)>",
                        settings ->
                                settings.put("logo_uri", "http://pictures.example/a.png")
                                        .put("client_uri", "http://cars.example.com"));
        Page page = visits.page(Visitor.AT_A_DESK);
        List<String> dialogs = new ArrayList<>();
        page.onDialog(
                dialog -> {
                    dialogs.add(dialog.message());
                    dialog.dismiss();
                });
        page.navigate(request(app, ClientApp.askedScope(org, "Drive your car")));
        page.waitForURL("**/signin?**");

        assertThat(page.locator(".lead")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("main img, .app-links").count()).isZero();
        assertThat(dialogs).isEmpty();
    }
}
