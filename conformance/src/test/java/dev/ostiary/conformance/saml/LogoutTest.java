package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
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
        assertThat(failures("Staying"))
                .containsExactly(
                        "app.auth.slo.saml.invalid_signature",
                        "app.auth.slo.saml.invalid_signature",
                        "app.auth.slo.saml.malformed_request");
    }

    /** What the log says of those who were not signed out in an app's name. */
    private List<String> failures(String label) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?limit=200&filter=eventType%20eq%20%22"
                                                + "user.authentication.slo%22")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.at("/target/0/displayName").asString("").equals(label))
                .filter(event -> event.at("/outcome/result").asString("").equals("FAILURE"))
                .map(event -> event.path("legacyEventType").asString(""))
                .toList();
    }

    private Service told(String label, String binding) {
        return Service.of(
                org,
                label,
                signOn ->
                        signOn.putObject("participateSlo")
                                .put("enabled", true)
                                .put("logoutRequestUrl", "https://" + label + ".example.com/slo")
                                .put("sessionIndexRequired", true)
                                .put("bindingType", binding));
    }

    @Test
    @DisplayName(
            "a service that takes part is told in a frame by a signed redirect or form, as whom and of which session")
    void tellsServices() throws GeneralSecurityException {
        Service service = told("told", "REDIRECT");
        Service form = told("form", "POST");
        Http browser = Service.browser(org, LOGIN);
        Response in =
                service.response(
                        service.ask(browser, Service.query(Service.request("_i", ""), "x")));
        form.ask(browser, Service.query(Service.request("_f", ""), "x")).expect(200);
        Answer page = browser.get("/login/signout").expect(200);
        Matcher frame =
                Pattern.compile("https://told\\.example\\.com/slo\\?([^\"]+)").matcher(page.text());
        assertThat(frame.find()).isTrue();
        assertThat(page.text())
                .contains("action=\"https://form.example.com/slo\"")
                .containsPattern("<form[^>]*target=\"told-[0-9]\"");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("form-action https://form.example.com 'self'");
        Response posted =
                Response.of(
                        Objects.requireNonNull(Service.posted(page).get("SAMLRequest")),
                        form.certificate());
        assertThat(posted.signed()).containsExactly("LogoutRequest");
        assertThat(posted.text("NameID")).isEqualTo(LOGIN);
        String query = frame.group(1).replace("&amp;", "&");
        Map<String, String> said = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            said.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(Response.key(service.certificate()));
        signature.update(
                query.substring(0, query.indexOf("&Signature=")).getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(said.get("Signature")))).isTrue();
        Response request =
                Response.of(
                        Base64.getEncoder()
                                .encodeToString(
                                        inflated(Objects.requireNonNull(said.get("SAMLRequest")))),
                        service.certificate());
        assertThat(request.root().getLocalName()).isEqualTo("LogoutRequest");
        assertThat(request.text("NameID")).isEqualTo(LOGIN);
        assertThat(request.text("Issuer")).isEqualTo(service.issuer());
        assertThat(request.text("SessionIndex"))
                .isEqualTo(in.one("AuthnStatement").getAttribute("SessionIndex"));
    }

    @Test
    @DisplayName(
            "who is let out of one service is let out of the others, before the first has its answer")
    void tellsOthers() {
        Service first = service("First out");
        Service other = told("other", "POST");
        Http browser = Service.browser(org, LOGIN);
        first.ask(browser, Service.query(Service.request("_a", ""), "x")).expect(200);
        other.ask(browser, Service.query(Service.request("_b", ""), "x")).expect(200);
        Answer page = post(browser, first, keys.signed(logout("_out", LOGIN))).expect(200);
        assertThat(page.text())
                .contains("action=\"https://other.example.com/slo\"")
                .containsPattern("<form[^>]*action=\"" + OUT + "\"[^>]*data-after=\"3\"");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("frame-src https://other.example.com 'self'")
                .contains("form-action https://other.example.com https://sp.example.com 'self'");
        assertThat(first.response(page).signed()).containsExactly("LogoutResponse");
        assertThat(Service.posted(page)).containsKeys("SAMLRequest", "RelayState");
        assertThat(lastEnd().at("/debugContext/debugData/TotalSamlLogoutRequests").asString())
                .isEqualTo("1");
        browser.get("/app/UserHome").expect(302);
    }

    @Test
    @DisplayName("a request that means somebody else ends nothing, and is told so")
    void somebodyElse() {
        Service service = service("Not mine");
        Http browser = Service.browser(org, LOGIN);
        service.ask(browser, Service.query(Service.request("_a", ""), "x")).expect(200);
        Answer page = post(browser, service, keys.signed(logout("_out", "mallory"))).expect(200);
        assertThat(page.lines("Set-Cookie")).noneMatch(line -> line.startsWith("sid=;"));
        Element status = (Element) service.response(page).one("Status").getFirstChild();
        assertThat(((Element) status.getFirstChild()).getAttribute("Value"))
                .isEqualTo("urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal");
        browser.get("/app/UserHome").expect(200);
    }

    @Test
    @DisplayName("the answers of services are taken, by redirect and by form; anything else is not")
    void answers() {
        Service service = service("Answering");
        String xml = Service.logout("_done").replace("LogoutRequest", "LogoutResponse");
        String callback = service.logoutPath() + "/callback";
        Http frame = org.nobody().with("Accept", "text/html");
        String query = Service.form(Map.of("SAMLResponse", Service.deflated(xml)));
        Answer page = frame.get(callback + "?" + query).expect(200);
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'self'");
        frame.get(service.logoutPath() + "?" + query).expect(200);
        byte[] form =
                Service.form(
                                Map.of(
                                        "SAMLResponse",
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        xml.getBytes(StandardCharsets.UTF_8))))
                        .getBytes(StandardCharsets.UTF_8);
        Http posting = frame.with("Content-Type", "application/x-www-form-urlencoded");
        posting.send("POST", callback, form).expect(200);
        frame.get(callback).expect(400);
        String other = Service.form(Map.of("SAMLResponse", Service.deflated(Service.logout("_r"))));
        frame.get(callback + "?" + other).expect(400);
    }

    private static String logout(String id, String name) {
        return Service.logout(id).replace("somebody", name);
    }

    private JsonNode lastEnd() {
        return org.http()
                .get(
                        "/api/v1/logs?sortOrder=DESCENDING&limit=1&filter=eventType%20eq%20%22"
                                + "user.session.end%22")
                .expect(200)
                .json()
                .get(0);
    }

    private static byte[] inflated(String text) {
        try (InflaterInputStream in =
                new InflaterInputStream(
                        new ByteArrayInputStream(Base64.getDecoder().decode(text)),
                        new Inflater(true))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
