package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Chromium;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SpringApp;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@Timeout(300)
@DisplayName("An app by okta-spring-boot-starter")
class SpringAppInBrowserTest {

    private static final String LOGIN = "spring@example.com";

    private final Server server;
    private final Org org;

    SpringAppInBrowserTest(Server server, Org org) {
        this.server = server;
        this.org = org;
    }

    @Test
    @DisplayName("signs a browser in, knows who it is, and signs it out here, too")
    void signsIn() {
        String userId = Directory.id(new Directory(org).active(LOGIN));
        int port = SpringApp.freePort();
        String home = "http://localhost:" + port + "/";
        ClientApp app =
                ClientApp.of(
                        org,
                        "Spring",
                        "web",
                        "client_secret_basic",
                        settings -> {
                            settings.putArray("redirect_uris").add(home + "login/oauth2/code/okta");
                            settings.putArray("post_logout_redirect_uris").add(home);
                        });
        List<String> settings =
                List.of(
                        "--okta.oauth2.issuer=" + org.url() + "/oauth2/default",
                        "--okta.oauth2.client-id=" + app.id(),
                        "--okta.oauth2.client-secret=" + app.secret(),
                        "--okta.oauth2.post-logout-redirect-uri=" + home);
        try (Chromium chromium = Chromium.startOrSkip(server);
                SpringApp spring = SpringApp.start(server, port, settings)) {
            Page page = chromium.page(home);
            assertThat(page.url()).as(spring.said()).startsWith(org.url() + "/signin?");
            new SignInForm(page).send(LOGIN);
            page.waitForURL(url -> url.startsWith(home));
            assertThat(page.content())
                    .contains(userId)
                    .contains(LOGIN)
                    .contains("OIDC_USER")
                    .contains("SCOPE_openid");

            page.navigate(home + "logout");
            page.locator("button[type=submit]").click();
            page.waitForURL("**/signin?**");
            assertThat(page.locator("#username").isVisible()).isTrue();
        }
    }
}
