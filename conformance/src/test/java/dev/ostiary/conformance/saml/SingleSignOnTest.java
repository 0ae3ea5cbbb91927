package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("SAML single sign-on")
class SingleSignOnTest {

    private static final String LOGIN = "samuel@example.com";

    private final Org org;
    private String userId = "";

    SingleSignOnTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        Directory directory = new Directory(org);
        JsonNode user = directory.active(LOGIN);
        userId = Directory.id(user);
        directory.join(directory.group("Sailors"), user);
        directory.join(directory.group("Sappers"), user);
        directory.join(directory.group("Miners"), user);
    }

    private Http browser() {
        return Service.browser(org, LOGIN);
    }

    @Test
    @DisplayName("who is signed in is told to the service that asks, by a signed assertion")
    void asked() {
        Service service = Service.of(org, "Asking", more -> {});
        String query = Service.query(Service.request("_a1", ""), "over there");
        Answer page = service.ask(browser(), query).expect(200);
        assertThat(page.text()).contains("action=\"" + Service.ACS + "\"");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("form-action https://sp.example.com;");
        assertThat(Service.posted(page)).containsEntry("RelayState", "over there");
        Response response = service.response(page);
        assertThat(response.signed()).containsExactlyInAnyOrder("Response", "Assertion");
        assertThat(response.root().getAttribute("InResponseTo")).isEqualTo("_a1");
        assertThat(response.root().getAttribute("Destination")).isEqualTo(Service.ACS);
        assertThat(response.one("StatusCode").getAttribute("Value")).endsWith(":Success");
        assertThat(response.text("NameID")).isEqualTo(LOGIN);
        assertThat(response.one("NameID").getAttribute("Format")).endsWith(":emailAddress");
        assertThat(response.text("Audience")).isEqualTo(Service.ENTITY);
        assertThat(response.one("SubjectConfirmationData").getAttribute("Recipient"))
                .isEqualTo(Service.ACS);
        assertThat(response.one("SubjectConfirmationData").getAttribute("InResponseTo"))
                .isEqualTo("_a1");
        Instant issued = Instant.parse(response.one("Assertion").getAttribute("IssueInstant"));
        assertThat(response.one("Conditions").getAttribute("NotOnOrAfter"))
                .isEqualTo(issued.plusSeconds(300).toString());
        assertThat(
                        response.document()
                                .getElementsByTagNameNS("*", "Issuer")
                                .item(0)
                                .getTextContent())
                .isEqualTo(service.issuer());
        assertThat(response.has("AttributeStatement")).isFalse();
        assertThat(last("user.authentication.sso").at("/target/0/id").asString())
                .isEqualTo(service.appId());
        assertThat(last("user.authentication.sso").at("/target/1/type").asString())
                .isEqualTo("AppUser");
    }

    @Test
    @DisplayName("a service that asks by a form is answered the same way")
    void posted() {
        Service service = Service.of(org, "Posting", more -> {});
        Answer page = service.post(browser(), Service.request("_p1", ""), "back").expect(200);
        assertThat(service.response(page).root().getAttribute("InResponseTo")).isEqualTo("_p1");
        assertThat(Service.posted(page)).containsEntry("RelayState", "back");
    }

    @Test
    @DisplayName("a request is read whether its library compresses it or not, by form and by query")
    void compressed() {
        Service service =
                Service.of(org, "Compressing", more -> more.put("requestCompressed", true));
        Answer form =
                service.form(browser(), Service.query(Service.request("_c1", ""), "by form"))
                        .expect(200);
        assertThat(service.response(form).root().getAttribute("InResponseTo")).isEqualTo("_c1");
        assertThat(Service.posted(form)).containsEntry("RelayState", "by form");
        Answer query =
                service.ask(browser(), Service.posted(Service.request("_c2", ""), "by query"))
                        .expect(200);
        assertThat(service.response(query).root().getAttribute("InResponseTo")).isEqualTo("_c2");
        assertThat(Service.posted(query)).containsEntry("RelayState", "by query");
    }

    @Test
    @DisplayName("the names and attributes are what the app's settings say of the user")
    void attributes() {
        Service service =
                Service.of(
                        org,
                        "Attributes",
                        more -> {
                            more.put("subjectNameIdTemplate", "${user.firstName}-${org.subDomain}");
                            statement(more, "mail").putArray("values").add("user.email");
                            statement(more, "full")
                                    .putArray("values")
                                    .add("String.toUpperCase(user.lastName)")
                                    .add("appuser.userName");
                            statement(more, "nothing").putArray("values").add("user.nickName");
                            statement(more, "broken").putArray("values").add("user.nope(");
                            statement(more, "groups")
                                    .put("type", "GROUP")
                                    .put("filterType", "STARTS_WITH")
                                    .put("filterValue", "Sa");
                        });
        Response response = service.response(service.ask(browser(), "").expect(200));
        assertThat(response.text("NameID")).isEqualTo("Ada-" + org.name());
        assertThat(response.attribute("mail")).containsExactly(LOGIN);
        assertThat(response.attribute("full")).containsExactly("LOVELACE", LOGIN);
        assertThat(response.attribute("nothing")).isEmpty();
        assertThat(response.attribute("broken")).isEmpty();
        assertThat(response.attribute("groups")).containsExactlyInAnyOrder("Sailors", "Sappers");
    }

    @Test
    @DisplayName("an app's federated claims are attributes, too")
    void federated() {
        Service service = Service.of(org, "Federated", more -> {});
        org.http()
                .post(
                        "/api/v1/apps/" + service.appId() + "/federated-claims",
                        "{\"name\":\"role\",\"expression\":\"user.login\"}")
                .expect(201);
        Response response = service.response(service.ask(browser(), "").expect(200));
        assertThat(response.attribute("role")).containsExactly(LOGIN);
    }

    private static ObjectNode statement(ObjectNode signOn, String name) {
        return signOn.withArray("attributeStatements")
                .addObject()
                .put("type", "EXPRESSION")
                .put("name", name)
                .put("namespace", "urn:oasis:names:tc:SAML:2.0:attrname-format:basic");
    }

    @Test
    @DisplayName("who opens the app comes without a request, and with the app's relay state")
    void opened() {
        Service service =
                Service.of(org, "Opened", more -> more.put("defaultRelayState", "the start"));
        Http browser = browser();
        String link =
                org.http()
                        .get("/api/v1/users/" + userId + "/appLinks")
                        .expect(200)
                        .json()
                        .valueStream()
                        .filter(
                                each ->
                                        each.get("appInstanceId")
                                                .asString()
                                                .equals(service.appId()))
                        .map(each -> each.get("linkUrl").asString())
                        .findFirst()
                        .orElseThrow();
        String on =
                browser.get(link.substring(org.url().length()))
                        .expect(302)
                        .header("Location")
                        .orElseThrow();
        assertThat(on).isEqualTo(service.path());
        Answer page = browser.get(on).expect(200);
        assertThat(Service.posted(page)).containsEntry("RelayState", "the start");
        assertThat(service.response(page).root().hasAttribute("InResponseTo")).isFalse();
    }

    @Test
    @DisplayName(
            "who is not signed in is sent to the sign-in, and comes back with the same request")
    void signsIn() {
        Service service = Service.of(org, "Waiting", more -> {});
        Http nobody = org.nobody().with("Accept", "text/html");
        Answer away = service.post(nobody, Service.request("_w1", ""), "x&y=z").expect(302);
        String location = away.header("Location").orElseThrow();
        assertThat(location).startsWith("/signin?fromURI=%2Fapp%2F");
        String back =
                URLDecoder.decode(
                        location.substring(location.indexOf('=') + 1), StandardCharsets.UTF_8);
        Answer page = browser().get(back).expect(200);
        assertThat(service.response(page).root().getAttribute("InResponseTo")).isEqualTo("_w1");
        assertThat(Service.posted(page)).containsEntry("RelayState", "x&y=z");
    }

    @Test
    @DisplayName("a service that wants no page to be shown hears that nobody is there")
    void passive() {
        Service service = Service.of(org, "Passive", more -> {});
        Answer page =
                service.ask(
                                org.nobody().with("Accept", "text/html"),
                                Service.query(Service.request("_n1", "IsPassive=\"true\""), "s"))
                        .expect(200);
        Response response = service.response(page);
        assertThat(response.signed()).containsExactly("Response");
        assertThat(response.has("Assertion")).isFalse();
        assertThat(response.document().getElementsByTagNameNS("*", "StatusCode").getLength())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a service that wants a new proof gets one, unless the app does not honour that")
    void force() {
        Service service = Service.of(org, "Forcing", more -> {});
        Http browser = browser();
        Instant later = Instant.now().plusSeconds(120);
        String request =
                Service.request("_f1", "ForceAuthn=\"true\"")
                        .replaceFirst("IssueInstant=\"[^\"]+\"", "IssueInstant=\"" + later + "\"");
        service.ask(browser, Service.query(request, "")).expect(302);
        Service lax = Service.of(org, "Lax", more -> more.put("honorForceAuthn", false));
        lax.ask(browser, Service.query(request, "")).expect(200);
        service.ask(browser, Service.query(Service.request("_f2", "ForceAuthn=\"1\""), ""))
                .expect(200);
    }

    @Test
    @DisplayName("an app that is not the user's is not opened, and the log says who tried")
    void notAssigned() {
        Service service = Service.unassigned(org, "Closed", more -> {});
        Answer page = service.ask(browser(), "").expect(403);
        assertThat(page.text()).doesNotContain("SAMLResponse");
        JsonNode event = last("app.generic.unauth_app_access_attempt");
        assertThat(event.at("/outcome/result").asString()).isEqualTo("FAILURE");
        assertThat(event.at("/actor/id").asString()).isEqualTo(userId);
        org.http().post("/api/v1/apps/" + service.appId() + "/lifecycle/deactivate").expect(200);
        service.ask(browser(), "").expect(403);
    }

    @Test
    @DisplayName(
            "of several addresses the response goes to the one that is asked for, and no other")
    void addresses() {
        String other = "https://two.example.com/acs";
        Service service =
                Service.of(
                        org,
                        "Several",
                        more -> {
                            more.put("allowMultipleAcsEndpoints", true);
                            more.putArray("acsEndpoints")
                                    .addObject()
                                    .put("url", other)
                                    .put("index", 1);
                        });
        for (String wish :
                List.of(
                        "AssertionConsumerServiceURL=\"" + other + "\"",
                        "AssertionConsumerServiceIndex=\"1\"")) {
            Answer page =
                    service.ask(browser(), Service.query(Service.request("_i", wish), ""))
                            .expect(200);
            assertThat(page.text()).contains("action=\"" + other + "\"");
            assertThat(service.response(page).root().getAttribute("Destination")).isEqualTo(other);
        }
        String evil = "AssertionConsumerServiceURL=\"https://evil.example.com/acs\"";
        service.ask(browser(), Service.query(Service.request("_e", evil), "")).expect(400);
        Service single = Service.of(org, "Single", more -> {});
        assertThat(
                        single.ask(browser(), Service.query(Service.request("_e", evil), ""))
                                .expect(200)
                                .text())
                .contains("action=\"" + Service.ACS + "\"")
                .doesNotContain("evil");
    }

    @Test
    @DisplayName("metadata is there for everybody who knows the app's key")
    void metadata() {
        Service service = Service.of(org, "Described", more -> {});
        Answer answer = org.nobody().get(service.path() + "/metadata").expect(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/xml");
        assertThat(answer.text())
                .contains("entityID=\"" + service.issuer() + "\"")
                .contains(service.certificate())
                .contains("Location=\"" + org.url() + service.path() + "\"");
        org.nobody().get(service.path().replace("exk", "exj") + "/metadata").expect(404);
    }

    @Test
    @DisplayName("P40 another org's browser and address have nothing of this one's")
    void otherOrg() {
        Service service = Service.of(org, "Here", more -> {});
        Map<String, String> none = Map.of();
        assertThat(Service.posted(service.ask(org.nobody(), "").expect(302))).isEqualTo(none);
    }

    private JsonNode last(String type) {
        return org.http()
                .get(
                        "/api/v1/logs?sortOrder=DESCENDING&limit=1&"
                                + Service.form(Map.of("filter", "eventType eq \"" + type + "\"")))
                .expect(200)
                .json()
                .get(0);
    }
}
