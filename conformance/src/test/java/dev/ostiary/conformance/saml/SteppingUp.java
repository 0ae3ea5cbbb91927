package dev.ostiary.conformance.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A page of an org's own that signs people in by the Authentication API, and browsers at it. */
record SteppingUp(Org org) {

    /** Where the page is. */
    static final String PAGE = "https://login.example.com/here";

    static final String REDIRECT = "/login/step-up/redirect";

    static final String TWO =
            """
            {"appSignOn":{"access":"ALLOW","verificationMethod":
             {"type":"ASSURANCE","factorMode":"2FA","reauthenticateIn":"PT12H"}}}""";

    static final String NEVER = "{\"appSignOn\":{\"access\":\"DENY\"}}";

    /** Asks with a name, the usual password and more. */
    Answer authenticate(String login, String... more) {
        ObjectNode body = Json.object().put("username", login).put("password", Directory.PASSWORD);
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return org.nobody().post("/api/v1/authn", body);
    }

    Answer move(String path, String stateToken, String... more) {
        ObjectNode body = Json.object().put("stateToken", stateToken);
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return org.nobody().post("/api/v1/authn" + path, body);
    }

    /** A move with all that any move takes. */
    Answer everything(String path, String stateToken) {
        return move(
                path,
                stateToken,
                "passCode",
                "123456",
                "answer",
                "Baltic",
                "oldPassword",
                Directory.PASSWORD,
                "newPassword",
                "N3xt-one-please",
                "factorType",
                "email",
                "provider",
                "OKTA");
    }

    Answer state(String stateToken) {
        return move("", stateToken);
    }

    /** The path that the link of a success leads to. */
    String next(Answer success) {
        assertThat(success.text("status")).isEqualTo("SUCCESS");
        assertThat(success.text("_links.next.name")).isEqualTo("original");
        String href = success.text("_links.next.href");
        assertThat(href)
                .isEqualTo(org.url() + REDIRECT + "?stateToken=" + success.text("stateToken"));
        return href.substring(org.url().length());
    }

    /** The browser that was given a session. */
    Http browser(Answer redirected) {
        String cookie = redirected.header("Set-Cookie").orElseThrow();
        return org.nobody()
                .with("Accept", "text/html")
                .with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    Http stranger() {
        return org.nobody().with("Accept", "text/html");
    }

    /** A service whose people sign in on the page. */
    Service elsewhere(String label) {
        return elsewhere(label, PAGE);
    }

    Service elsewhere(String label, String page) {
        Service service = Service.of(org, label, more -> {});
        change(service, "loginRedirectUrl", page);
        return service;
    }

    void change(Service service, String name, String url) {
        String path = "/api/v1/apps/" + service.appId();
        ObjectNode app = (ObjectNode) org.http().get(path).expect(200).json();
        app.putObject("accessibility").put("selfService", false).put(name, url);
        org.http().put(path, app).expect(200);
    }

    /** The state token with which a browser was sent to the page. */
    static String token(Answer sent) {
        String location = sent.expect(302).header("Location").orElseThrow();
        assertThat(location).startsWith(PAGE + "?stateToken=");
        return location.substring((PAGE + "?stateToken=").length());
    }

    /** The state token of a browser that has come to a service as a stranger. */
    String arrival(Service service) {
        return token(service.ask(stranger(), ""));
    }

    /** An access policy of an app's own, with one rule for all. */
    void govern(Service service, String actions) {
        String policy =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Map.of("type", "ACCESS_POLICY", "name", "of " + service.appId()))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set("actions", Json.parse(actions));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        org.http().put("/api/v1/apps/" + service.appId() + "/policies/" + policy).expect(204);
    }

    /** Enrols mail; the id of the factor. */
    String mail(String login) {
        return org.http()
                .post(
                        "/api/v1/users/" + login + "/factors?activate=true",
                        "{\"factorType\":\"email\",\"provider\":\"OKTA\"}")
                .expect(200)
                .text("id");
    }

    /** Begins to enrol a telephone at sign-in. */
    Answer phone(String stateToken, String number) {
        ObjectNode body =
                Json.object()
                        .put("stateToken", stateToken)
                        .put("factorType", "sms")
                        .put("provider", "OKTA");
        body.putObject("profile").put("phoneNumber", number);
        return org.nobody().post("/api/v1/authn/factors", body);
    }

    /** The code that a telephone was sent last. */
    String texted(String number) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + number.replace("+", "%2B"))
                .expect(200)
                .json()
                .at("/0/variables/code")
                .asString();
    }

    /** The code that was sent last. */
    String code(String login) {
        return org.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + login)
                .expect(200)
                .json()
                .at("/0/variables/verificationToken")
                .asString();
    }

    /** Results of events of a type by somebody, in the order of the log. */
    List<String> results(String type, String login) {
        return Json.list(
                        org.http()
                                .get(
                                        "/api/v1/logs?limit=1000&filter=eventType%20eq%20%22"
                                                + type
                                                + "%22")
                                .expect(200)
                                .json())
                .stream()
                .filter(event -> event.at("/actor/alternateId").asString("").equals(login))
                .map(event -> event.at("/outcome/result").asString())
                .toList();
    }
}
