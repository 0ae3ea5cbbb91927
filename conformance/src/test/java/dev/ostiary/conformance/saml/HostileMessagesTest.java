package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("SAML messages of attackers")
class HostileMessagesTest {

    private static final String LOGIN = "victim@example.com";

    private final Org org;
    private final SignedService keys = SignedService.create();

    HostileMessagesTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        new Directory(org).active(LOGIN);
    }

    private Http browser() {
        return Service.browser(org, LOGIN);
    }

    private void signed(ObjectNode signOn) {
        signOn.put("samlSignedRequestEnabled", true);
        signOn.putObject("spCertificate").putArray("x5c").add(keys.certificate());
    }

    @TestFactory
    @DisplayName("what is no request of SAML is refused, and nothing in it is followed")
    Stream<DynamicTest> noRequests() {
        Service service = Service.of(org, "Attacked", more -> {});
        Http browser = browser();
        String request = Service.request("_x", "");
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("no XML", "hello");
        messages.put(
                "an entity that is a file", entity("<!ENTITY e SYSTEM \"file:///etc/hostname\">"));
        messages.put(
                "an entity of another host", entity("<!ENTITY e SYSTEM \"http://127.0.0.1:1/x\">"));
        messages.put(
                "a document type of another host",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\">" + request);
        messages.put("entities that multiply", entity(laughs()));
        messages.put("another element", request.replace("AuthnRequest", "LogoutRequest"));
        messages.put("another version", request.replace("Version=\"2.0\"", "Version=\"1.1\""));
        messages.put("no id", request.replace("ID=\"_x\"", ""));
        messages.put("an id that would end an attribute", request.replace("_x", "_&quot;x"));
        messages.put("no moment", request.replaceFirst("IssueInstant=\"[^\"]+\"", ""));
        messages.put(
                "a message that unfolds to megabytes",
                request.replace("urn:sp", "x".repeat(5_000_000)));
        return messages.entrySet().stream()
                .flatMap(
                        each ->
                                Stream.of(
                                        dynamicTest(
                                                each.getKey() + ", by query",
                                                () ->
                                                        refused(
                                                                service.ask(
                                                                        browser,
                                                                        Service.query(
                                                                                each.getValue(),
                                                                                "")))),
                                        dynamicTest(
                                                each.getKey() + ", by form",
                                                () ->
                                                        refused(
                                                                service.post(
                                                                        browser,
                                                                        each.getValue(),
                                                                        "")))));
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(400, 413);
        assertThat(answer.text()).doesNotContain("SAMLResponse");
    }

    private static String entity(String declaration) {
        return "<!DOCTYPE a ["
                + declaration
                + "]>"
                + Service.request("_x", "").replace("urn:sp", "&e;");
    }

    private static String laughs() {
        StringBuilder all = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            all.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        return all + "<!ENTITY e \"&a11;\">";
    }

    @Test
    @DisplayName("an app that wants signed requests takes those that its service has signed")
    void signedByTheService() {
        Service service = Service.of(org, "Signed", this::signed);
        String xml = Service.request("_s1", "");
        Answer byQuery = service.ask(browser(), keys.query(xml, "state")).expect(200);
        assertThat(service.response(byQuery).root().getAttribute("InResponseTo")).isEqualTo("_s1");
        Answer byForm = service.post(browser(), keys.signed(xml), "state").expect(200);
        assertThat(service.response(byForm).root().getAttribute("InResponseTo")).isEqualTo("_s1");
    }

    @Test
    @DisplayName("a signed request that came by a form is one still after the sign-in")
    void signedThroughTheSignIn() {
        Service service = Service.of(org, "Signed later", this::signed);
        String away =
                service.post(
                                org.nobody().with("Accept", "text/html"),
                                keys.signed(Service.request("_s2", "")),
                                "")
                        .expect(302)
                        .header("Location")
                        .orElseThrow();
        String back =
                java.net.URLDecoder.decode(
                        away.substring(away.indexOf('=') + 1),
                        java.nio.charset.StandardCharsets.UTF_8);
        browser().get(back).expect(200);
    }

    @Test
    @DisplayName("it takes no other: unsigned, signed by somebody else, or changed since")
    void notSignedByTheService() {
        Service service = Service.of(org, "Strict", this::signed);
        Http browser = browser();
        String xml = Service.request("_s3", "");
        refused(service.ask(browser, Service.query(xml, "state")));
        refused(service.post(browser, xml, "state"));
        SignedService stranger = SignedService.create();
        refused(service.ask(browser, stranger.query(xml, "state")));
        refused(service.post(browser, stranger.signed(xml), "state"));
        refused(
                service.ask(
                        browser,
                        keys.query(xml, "state").replace("RelayState=state", "RelayState=other")));
        refused(service.ask(browser, keys.query(xml, "state").replace("rsa-sha256", "rsa-sha1")));
        refused(service.post(browser, keys.signed(xml).replace("_s3", "_s4"), "state"));
        refused(service.post(browser, keys.signed(xml).replace("urn:sp", "urn:other"), "state"));
    }

    @Test
    @DisplayName("a signed request inside of an unsigned one says nothing for that")
    void wrapped() {
        Service service = Service.of(org, "Wrapped", this::signed);
        Http browser = browser();
        String good = keys.signed(Service.request("_s5", ""));
        String evil = Service.request("_evil", "");
        int signature = good.indexOf("<Signature");
        String signed = good.substring(signature, good.indexOf("</Signature>") + 12);
        String end = "</samlp:AuthnRequest>";
        refused(service.post(browser, evil.replace(end, good + end), ""));
        refused(service.post(browser, evil.replace(end, signed + good + end), ""));
        refused(service.post(browser, evil.replace(end, signed + end), ""));
        refused(
                service.post(
                        browser,
                        evil.replace(
                                end,
                                signed.replace(
                                                "</Signature>",
                                                "<Object>" + good + "</Object></Signature>")
                                        + end),
                        ""));
    }

    @Test
    @DisplayName("an address of a response that could run script is none")
    void script() {
        Service service =
                Service.of(org, "Script", more -> more.put("ssoAcsUrl", "javascript:alert(1)"));
        refused(service.ask(browser(), ""));
    }

    @Test
    @DisplayName("what a service wants back is written as text, whatever it holds")
    void relayState() {
        Service service = Service.of(org, "Relaying", more -> {});
        String evil = "\"><script>alert(1)</script>";
        Answer page =
                service.ask(browser(), Service.query(Service.request("_r", ""), evil)).expect(200);
        assertThat(page.text()).doesNotContain("<script>alert");
    }
}
