package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
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
@DisplayName("Front-channel logout")
class FrontChannelLogoutTest {

    private static final String LOGIN = "leaver@example.com";
    private static final String NEXT = "https://next.example.com/logout";

    private final Org org;

    FrontChannelLogoutTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void people() {
        new Directory(org).active(LOGIN);
    }

    private ClientApp app(String label, String uri, boolean session) {
        return ClientApp.of(
                org,
                label,
                "web",
                "client_secret_basic",
                settings ->
                        settings.put("participate_slo", true)
                                .put("frontchannel_logout_uri", uri)
                                .put("frontchannel_logout_session_required", session));
    }

    private Http browser() {
        return org.nobody().with("Cookie", "sid=" + Device.session(org, LOGIN));
    }

    /** Signs in to an app with the session of a browser. */
    private static JsonNode signIn(Http browser, ClientApp app) {
        return app.redeem(
                        ClientApp.said(
                                ClientApp.answer(app.authorize(browser, app.request()).expect(302)),
                                "code"))
                .expect(200)
                .json();
    }

    private static Answer leave(Http browser, ClientApp app, JsonNode tokens) {
        return browser.get(
                app.base()
                        + "/v1/logout?"
                        + ClientApp.form(
                                Map.of(
                                        "id_token_hint",
                                        tokens.get("id_token").asString(),
                                        "post_logout_redirect_uri",
                                        ClientApp.DONE,
                                        "state",
                                        "s&1")));
    }

    @Test
    @DisplayName("apps of the session are told in frames, with iss and sid where they want them")
    void told() {
        ClientApp first = ClientApp.web(org, "First");
        ClientApp next = app("Next", NEXT, true);
        ClientApp plain = app("Plain", "https://plain.example.com/out?x=1", false).atOrg();
        Http browser = browser();
        JsonNode tokens = signIn(browser, first);
        JsonNode others = signIn(browser, next);
        JsonNode claims = ClientApp.claims(others.get("id_token").asString());
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).has("sid")).isFalse();
        assertThat(
                        ClientApp.claims(
                                        next.refresh(others.get("refresh_token").asString())
                                                .expect(200)
                                                .text("id_token"))
                                .get("sid"))
                .isEqualTo(claims.get("sid"));
        signIn(browser, plain);
        Answer page = leave(browser, first, tokens).expect(200);
        String sid = claims.get("sid").asString();
        assertThat(page.text())
                .contains("<iframe")
                .contains(
                        NEXT
                                + "?iss="
                                + (org.url() + "/oauth2/default")
                                        .replace(":", "%3A")
                                        .replace("/", "%2F")
                                + "&amp;sid="
                                + sid)
                .contains("\"https://plain.example.com/out?x=1\"");
        assertThat(page.header("Refresh")).contains("3;url=" + ClientApp.DONE + "?state=s%261");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("frame-src https://next.example.com https://plain.example.com");
        assertThat(page.lines("Set-Cookie")).anyMatch(line -> line.startsWith("sid=;"));
        first.authorize(browser, first.request("prompt", "none")).expect(302);
        assertThat(lastEnd().at("/debugContext/debugData/TotalOidcLogoutRequests").asString())
                .isEqualTo("2");
    }

    @Test
    @DisplayName("nobody is told who was not there, does not take part, or began it")
    void notTold() {
        ClientApp app = app("Alone", "https://alone.example.com/out", true);
        ClientApp other = app("Elsewhere", "https://elsewhere.example.com/out", true);
        signIn(browser(), other);
        Http browser = browser();
        JsonNode tokens = signIn(browser, app);
        assertThat(leave(browser, app, tokens).expect(302).header("Location"))
                .contains(ClientApp.DONE + "?state=s%261");
        Http again = browser();
        JsonNode more = signIn(again, app);
        signIn(again, other);
        ObjectNode quiet =
                (ObjectNode) org.http().get("/api/v1/apps/" + other.id()).expect(200).json();
        ((ObjectNode) quiet.at("/settings/oauthClient")).put("participate_slo", false);
        org.http().put("/api/v1/apps/" + other.id(), quiet).expect(200);
        leave(again, app, more).expect(302);
    }

    @Test
    @DisplayName("who signs out at the org's own page is out of the apps, too")
    void signOut() {
        ClientApp app = app("Own page", "https://own.example.com/out", true);
        Http browser = browser();
        signIn(browser, app);
        Answer page = browser.get("/login/signout").expect(200);
        assertThat(page.text()).contains("https://own.example.com/out?iss=");
        assertThat(page.header("Refresh").orElseThrow()).startsWith("3;url=/signin?");
        browser.get("/login/signout").expect(303);
    }

    @Test
    @DisplayName("they are told also where the browser goes on to a site that the org trusts")
    void signOutElsewhere() {
        String site = "https://after.example.com";
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"After\",\"origin\":\"%s\",\"scopes\":[{\"type\":\"REDIRECT\"}]}"
                                .formatted(site))
                .expect(200);
        ClientApp app = app("Before", "https://before.example.com/out", true);
        Http browser = browser();
        signIn(browser, app);

        Answer page = browser.get("/login/signout?fromURI=" + site + "/bye").expect(200);

        assertThat(page.text()).contains("https://before.example.com/out?iss=");
        assertThat(page.header("Refresh")).contains("3;url=" + site + "/bye");
        Answer nobody = browser.get("/login/signout?fromURI=" + site + "/bye").expect(200);
        assertThat(nobody.text()).contains("Signing you out").doesNotContain("<iframe");
        assertThat(nobody.header("Refresh")).contains("0;url=" + site + "/bye");
    }

    @Test
    @DisplayName("web apps and pages take part, with an address; others do not")
    void registered() {
        ObjectNode body =
                (ObjectNode)
                        org.http()
                                .get("/api/v1/apps/" + app("Model", NEXT, false).id())
                                .expect(200)
                                .json();
        ObjectNode settings = (ObjectNode) body.at("/settings/oauthClient");
        settings.remove("frontchannel_logout_uri");
        org.http().put("/api/v1/apps/" + body.get("id").asString(), body).expect(400, "E0000001");
        assertThat(Json.text(body)).contains("participate_slo");
    }

    @Test
    @DisplayName("it is set as the guide spells it, and by registering an address")
    void spelled() {
        ObjectNode body =
                (ObjectNode)
                        org.http()
                                .get("/api/v1/apps/" + ClientApp.web(org, "Spelled").id())
                                .expect(200)
                                .json();
        ((ObjectNode) body.at("/settings/oauthClient"))
                .put("participateSlo", true)
                .put("frontchannel_logout_uri", NEXT);
        assertThat(
                        org.http()
                                .put("/api/v1/apps/" + body.get("id").asString(), body)
                                .expect(200)
                                .json()
                                .at("/settings/oauthClient/participate_slo")
                                .asBoolean())
                .isTrue();

        ObjectNode client =
                Json.object()
                        .put("client_name", "Registered leaver")
                        .put("frontchannel_logout_uri", NEXT);
        client.putArray("redirect_uris").add(ClientApp.CALLBACK);
        String id = org.http().post("/oauth2/v1/clients", client).expect(201).text("client_id");
        assertThat(takesPart(id)).isTrue();
        client.remove("frontchannel_logout_uri");
        org.http().put("/oauth2/v1/clients/" + id, client).expect(200);
        assertThat(takesPart(id)).isFalse();
    }

    private boolean takesPart(String id) {
        return org.http()
                .get("/api/v1/apps/" + id)
                .expect(200)
                .json()
                .at("/settings/oauthClient/participate_slo")
                .asBoolean(false);
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
}
