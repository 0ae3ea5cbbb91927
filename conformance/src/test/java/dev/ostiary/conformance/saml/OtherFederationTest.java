package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
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
@DisplayName("Sign-on by WS-Federation and SAML 1.1")
class OtherFederationTest {

    private static final String LOGIN = "wanda@example.com";
    private static final String REALM = "urn:passive";
    private static final String REPLY = "https://rp.example.com/signin";
    private static final String CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    private final Org org;

    OtherFederationTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        Directory directory = new Directory(org);
        JsonNode user = directory.active(LOGIN);
        directory.join(directory.group("Weavers"), user);
        directory.join(directory.group("Others"), user);
    }

    private Http browser() {
        return Service.browser(org, LOGIN);
    }

    private static ObjectNode passive(String label, Consumer<ObjectNode> more) {
        ObjectNode app = Json.object().put("label", label).put("name", "template_wsfed");
        app.put("signOnMode", "WS_FEDERATION");
        ObjectNode said = app.putObject("settings").putObject("app");
        said.put("audienceRestriction", "urn:audience").put("realm", REALM);
        said.put("wReplyURL", REPLY).put("siteURL", "https://site.example.com");
        said.put("groupValueFormat", "samAccountName").put("usernameAttribute", "upnAndUsername");
        said.put("nameIDFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        said.put(
                "authnContextClassRef",
                "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        said.put("signatureAlgorithm", "RSA_SHA256").put("digestAlgorithm", "SHA256");
        more.accept(said);
        return app;
    }

    private Service service(String label, Consumer<ObjectNode> more) {
        return Service.assigned(org, passive(label, more), "wsfed/passive");
    }

    private static String query(String... pairs) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private static Response token(Service service, Answer page) {
        Map<String, String> posted = Service.posted(page);
        assertThat(posted).containsEntry("wa", "wsignin1.0");
        byte[] result = posted.getOrDefault("wresult", "").getBytes(StandardCharsets.UTF_8);
        return Response.of(Base64.getEncoder().encodeToString(result), service.certificate());
    }

    @Test
    @DisplayName("a service that asks by WS-Federation gets a signed assertion in a trust response")
    void signsIn() {
        Service service =
                service(
                        "Passive",
                        more ->
                                more.put("groupFilter", "W.*")
                                        .put("groupName", "urn:groups")
                                        .put(
                                                "attributeStatements",
                                                "mail|${user.email},kind|robot|urn:more"));
        Answer page =
                service.ask(
                                browser(),
                                query("wa", "wsignin1.0", "wtrealm", REALM, "wctx", "rm=0&id=\"x"))
                        .expect(200);
        assertThat(page.text()).contains("action=\"" + REPLY + "\"");
        assertThat(Service.posted(page)).containsEntry("wctx", "rm=0&id=\"x");
        Response token = token(service, page);
        assertThat(token.signed()).containsExactly("Assertion");
        assertThat(token.root().getLocalName()).isEqualTo("RequestSecurityTokenResponse");
        assertThat(token.text("Address")).isEqualTo(REALM);
        assertThat(token.text("Audience")).isEqualTo("urn:audience");
        assertThat(token.text("NameID")).isEqualTo(LOGIN);
        assertThat(token.text("Issuer")).isEqualTo(service.issuer());
        assertThat(token.one("SubjectConfirmationData").getAttribute("Recipient")).isEqualTo(REPLY);
        assertThat(token.attribute(CLAIMS + "upn")).containsExactly(LOGIN);
        assertThat(token.attribute(CLAIMS + "name")).containsExactly(LOGIN);
        assertThat(token.attribute("urn:groups")).containsExactly("Weavers");
        assertThat(token.attribute("mail")).containsExactly(LOGIN);
        assertThat(token.attribute("urn:more/kind")).containsExactly("robot");
        JsonNode event = last("user.authentication.sso");
        assertThat(event.at("/target/0/id").asString()).isEqualTo(service.appId());
        assertThat(event.at("/debugContext/debugData/signOnMode").asString())
                .isEqualTo("WS_FEDERATION");
    }

    @Test
    @DisplayName("another realm, and what is none of WS-Federation's, is refused on a page")
    void refused() {
        Service service = service("Strict", more -> {});
        service.ask(browser(), query("wa", "wsignin1.0", "wtrealm", "urn:other")).expect(400);
        service.ask(browser(), query("wa", "wattr1.0")).expect(400);
        Answer out = service.ask(browser(), query("wa", "wsignout1.0")).expect(302);
        assertThat(out.header("Location")).contains("/login/signout");
        org.http().post("/api/v1/apps/" + service.appId() + "/lifecycle/deactivate").expect(200);
        service.ask(browser(), query("wa", "wsignin1.0")).expect(403);
    }

    @Test
    @DisplayName("the reply goes elsewhere only where the app allows it, and only within its site")
    void replies() {
        Service fixed = service("Fixed", more -> {});
        Service open = service("Open", more -> more.put("wReplyOverride", true));
        String other = "https://rp.example.com/other";
        assertThat(fixed.ask(browser(), query("wreply", other)).expect(200).text())
                .contains("action=\"" + REPLY + "\"");
        assertThat(open.ask(browser(), query("wreply", other)).expect(200).text())
                .contains("action=\"" + other + "\"");
        for (String evil :
                new String[] {
                    "https://evil.example.com/", "https://rp.example.com.evil.example/", "//evil"
                }) {
            assertThat(open.ask(browser(), query("wreply", evil)).expect(200).text())
                    .contains("action=\"" + REPLY + "\"");
        }
    }

    @Test
    @DisplayName("who is not signed in, or not lately enough, is so first")
    void first() {
        Service service = service("Waiting", more -> {});
        Http nobody = org.nobody().with("Accept", "text/html");
        String asked = query("wa", "wsignin1.0", "wctx", "c&d");
        Answer away = service.ask(nobody, asked).expect(302);
        assertThat(away.header("Location").orElseThrow())
                .startsWith("/signin?fromURI=")
                .contains("wctx");
        service.ask(browser(), asked + "&wfresh=0").expect(200);
    }

    @Test
    @DisplayName("metadata says where to ask, and by which key tokens are signed")
    void metadata() {
        Service service = service("Described", more -> {});
        String path = service.path().replace("/passive", "/metadata");
        String text = org.nobody().get(path).expect(200).text();
        assertThat(text)
                .contains(
                        "<wsa:Address>" + org.url() + service.path() + "</wsa:Address>",
                        service.certificate(),
                        "entityID=\"" + service.issuer() + "\"");
        org.nobody().get(path.replace("/exk", "/exx")).expect(404, "E0000007");
    }

    @Test
    @DisplayName("a service that knows no other version is told by SAML 1.1")
    void older() {
        ObjectNode app = Json.object().put("label", "Older").put("name", "an_older_service");
        app.put("signOnMode", "SAML_1_1");
        app.putObject("settings")
                .putObject("signOn")
                .put("ssoAcsUrlOverride", Service.ACS)
                .put("audienceOverride", "urn:older")
                .put("defaultRelayState", "https://sp.example.com/start");
        Service service = Service.assigned(org, app, "saml");
        Answer page = service.ask(browser(), "").expect(200);
        assertThat(Service.posted(page)).containsEntry("TARGET", "https://sp.example.com/start");
        Response response = service.response(page);
        assertThat(response.signed("ResponseID", "AssertionID"))
                .containsExactlyInAnyOrder("Response", "Assertion");
        assertThat(response.root().getAttribute("Recipient")).isEqualTo(Service.ACS);
        Element assertion = response.one("Assertion");
        assertThat(assertion.getAttribute("Issuer")).isEqualTo(service.issuer());
        assertThat(assertion.getAttribute("MinorVersion")).isEqualTo("1");
        assertThat(response.text("NameIdentifier")).isEqualTo(LOGIN);
        assertThat(response.text("Audience")).isEqualTo("urn:older");
        assertThat(Service.posted(service.ask(browser(), query("TARGET", "deep")).expect(200)))
                .containsEntry("TARGET", "deep");
        Answer away = service.ask(org.nobody().with("Accept", "text/html"), "").expect(302);
        assertThat(away.header("Location").orElseThrow()).startsWith("/signin?fromURI=%2Fapp%2F");
    }

    private JsonNode last(String type) {
        return org.http()
                .get(
                        "/api/v1/logs?sortOrder=DESCENDING&limit=1&filter="
                                + URLEncoder.encode(
                                        "eventType eq \"" + type + "\"", StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .get(0);
    }
}
