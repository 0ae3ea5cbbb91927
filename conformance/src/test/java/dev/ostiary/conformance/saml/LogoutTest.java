package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("SAML logout")
class LogoutTest {

    private static final String LOGIN = "leaving@example.com";
    private static final String OUT = "https://sp.example.com/out";

    private final Org org;
    private final SignedService keys = SignedService.create();

    LogoutTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        new Directory(org).active(LOGIN);
    }

    private Service service(String label) {
        return Service.of(org, label, this::leaves);
    }

    private void leaves(ObjectNode signOn) {
        signOn.putObject("slo")
                .put("enabled", true)
                .put("issuer", Service.ENTITY)
                .put("logoutUrl", OUT);
        signOn.putObject("spCertificate").putArray("x5c").add(keys.certificate());
    }

    private static Answer post(Http browser, Service service, String xml) {
        return browser.with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        service.logoutPath(),
                        Service.posted(xml, "done").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName(
            "a request that the service has signed ends the browser's session, and is answered")
    void signed() {
        Service service = service("Leaving");
        for (boolean form : new boolean[] {true, false}) {
            Http browser = Service.browser(org, LOGIN);
            browser.get("/app/UserHome").expect(200);
            String xml = Service.logout("_out");
            Answer page =
                    form
                            ? post(browser, service, keys.signed(xml))
                            : browser.get(service.logoutPath() + "?" + keys.query(xml, "done"));
            page.expect(200);
            assertThat(page.text()).contains("action=\"" + OUT + "\"");
            assertThat(Service.posted(page)).containsEntry("RelayState", "done");
            Response response = service.response(page);
            assertThat(response.signed()).containsExactly("LogoutResponse");
            assertThat(response.root().getAttribute("InResponseTo")).isEqualTo("_out");
            assertThat(page.lines("Set-Cookie")).anyMatch(line -> line.startsWith("sid=;"));
            browser.get("/app/UserHome").expect(302);
        }
    }

    @Test
    @DisplayName("any other request ends nothing")
    void notSigned() {
        Service service = service("Staying");
        Http browser = Service.browser(org, LOGIN);
        String xml = Service.logout("_out");
        post(browser, service, xml).expect(400);
        post(browser, service, SignedService.create().signed(xml)).expect(400);
        post(browser, service, keys.signed(Service.request("_in", ""))).expect(400);
        Service without = Service.of(org, "Not leaving", more -> {});
        post(browser, without, keys.signed(xml)).expect(400);
        browser.get("/app/UserHome").expect(200);
    }
}
