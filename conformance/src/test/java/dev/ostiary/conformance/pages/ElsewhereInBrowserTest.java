package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.saml.Service;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages between here and there, which a browser leaves by itself. The other side answers with
 * nothing (204), so that it stays and they can be looked at.
 */
@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody on the way to another site, in Chromium")
class ElsewhereInBrowserTest {

    private static final String TRUSTED = "https://trusted.example.com";

    private final Org org;
    private final People people;
    @AutoClose private final Visits visits;

    ElsewhereInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        people.callOrg("Example Inc.");
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"Trusted\",\"origin\":\"%s\",\"scopes\":[{\"type\":\"REDIRECT\"}]}"
                                .formatted(TRUSTED))
                .expect(200);
    }

    /** A page with nothing opened yet, which no other site takes away. */
    private Page page(Visitor visitor) {
        Page page = visits.page(visitor);
        page.context()
                .route(
                        url -> !url.startsWith(org.url()),
                        route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        return page;
    }

    private Page signedIn(Visitor visitor) {
        Page page = page(visitor);
        page.navigate(org.url() + "/signin");
        new SignInForm(page).send(people.active());
        page.waitForURL(org.url() + "/app/UserHome");
        return page;
    }

    private static String signingIn(Visitor visitor) {
        return visitor.reads("Signing you in", "Sie werden angemeldet", "サインインしています");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("signs in, and is told where the way goes on; signs out, and is told that, too")
    void leaves(Visitor visitor) {
        Page page = page(visitor);
        page.navigate(org.url() + "/signin?fromURI=" + TRUSTED + "/in");
        Request in =
                page.waitForRequest(
                        TRUSTED + "/in", () -> new SignInForm(page).send(people.active()));
        assertThat(in.method()).isEqualTo("GET");
        assertThat(page.locator("h1")).hasText(signingIn(visitor));
        assertThat(page.locator(".lead")).containsText("trusted.example.com");
        Usable usable = new Usable(page, visitor);
        usable.check("leaving");
        usable.keyboard();
        page.waitForRequest(TRUSTED + "/in", () -> page.locator("main .button").click());

        page.waitForRequest(
                TRUSTED + "/out",
                () -> visit(page, org.url() + "/login/signout?fromURI=" + TRUSTED + "/out"));

        assertThat(page.locator("h1"))
                .hasText(visitor.reads("Signing you out", "Sie werden abgemeldet", "サインアウトしています"));
        usable.check("leaving-signing-out");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("is told to a service of SAML by a form that sends itself")
    void posts(Visitor visitor) {
        Service service = Service.of(org, "Somewhere", more -> {});
        Page page = signedIn(visitor);

        Request posted =
                page.waitForRequest(
                        "https://sp.example.com/acs",
                        () ->
                                visit(
                                        page,
                                        org.url()
                                                + service.path()
                                                + "?"
                                                + Service.query(
                                                        Service.request("_b1", ""), "over there")));

        assertThat(posted.method()).isEqualTo("POST");
        assertThat(posted.postData()).contains("SAMLResponse=", "RelayState=over+there");
        assertThat(page.locator("h1")).hasText(signingIn(visitor));
        Usable usable = new Usable(page, visitor);
        usable.check("posting");
        usable.keyboard();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("signs out, and apps are told of it before the way goes on")
    void tellsApps(Visitor visitor) {
        ClientApp app =
                ClientApp.of(
                        org,
                        "Told",
                        "web",
                        "client_secret_basic",
                        settings ->
                                settings.put("participate_slo", true)
                                        .put(
                                                "frontchannel_logout_uri",
                                                "https://told.example.com/out"));
        Page page = signedIn(visitor);
        app.authorize(org.nobody().with("Cookie", cookies(page)), app.request()).expect(302);

        page.waitForRequest(
                "https://told.example.com/out", () -> page.locator(".bar button").click());

        assertThat(page.locator("main .button")).isVisible();
        new Usable(page, visitor).check("telling-apps");
        page.waitForURL("**/signin?news=signed-out");
    }

    /** What the browser would send along. */
    private static String cookies(Page page) {
        return page.context().cookies().stream()
                .map(cookie -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
    }

    /** Goes to an address as a link does, and waits for nothing. */
    private static void visit(Page page, String address) {
        page.evaluate("address => { window.location.assign(address); }", address);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE"})
    @DisplayName("signs in to a page of another site in a window of its own")
    void tells(Visitor visitor) {
        ClientApp app = ClientApp.page(org, "In a window");
        Page page = signedIn(visitor);
        page.context()
                .route(
                        "https://app.example.com/",
                        route ->
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setContentType("text/html")
                                                .setBody(
                                                        "<!doctype html><title>app</title>"
                                                                + "<script>addEventListener("
                                                                + "'message', (told) => {"
                                                                + " document.title ="
                                                                + " told.data.state; })</script>")));
        page.navigate("https://app.example.com/");

        Page window =
                page.waitForPopup(
                        () ->
                                page.evaluate(
                                        "address => { window.open(address); }",
                                        org.url()
                                                + app.base()
                                                + "/v1/authorize?"
                                                + ClientApp.form(
                                                        app.request(
                                                                "response_mode",
                                                                "okta_post_message"))));

        page.waitForFunction("() => document.title === 'a-state'");
        assertThat(window.locator("h1")).hasText(signingIn(visitor));
        new Usable(window, visitor).check("telling");
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT", "ON_A_PHONE"})
    @DisplayName("is asked before signing out where the browser did not go there itself")
    void asks(Visitor visitor) {
        Page page = signedIn(visitor);
        page.route("**/login/signout", route -> framed(page, visitor, route));
        page.navigate(org.url() + "/login/signout");
        assertThat(page.locator("h1")).hasText(visitor.reads("Sign out", "Abmelden", "サインアウト"));
        Usable usable = new Usable(page, visitor);
        usable.check("sign-out");
        usable.keyboard();
        page.locator("main form button").click();
        page.waitForURL("**/signin?news=signed-out");
    }

    /** What the server says to a frame, which no browser shows in one. */
    private void framed(Page page, Visitor visitor, Route route) {
        if (!route.request().method().equals("GET")) {
            route.resume();
            return;
        }
        Answer answer =
                org.nobody()
                        .with("Cookie", cookies(page))
                        .with("Accept-Language", visitor.language())
                        .with("Sec-Fetch-Dest", "iframe")
                        .get("/login/signout")
                        .expect(200);
        route.fulfill(
                new Route.FulfillOptions().setContentType("text/html").setBody(answer.text()));
    }
}
