package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import dev.ostiary.conformance.pages.FormToken;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Authorization code flow")
class CodeFlowTest {

    private static final String LOGIN = "coder@example.com";

    private final Org org;
    private String userId = "";

    CodeFlowTest(Org org) {
        this.org = org;
    }

    @BeforeAll
    void somebody() {
        userId = Directory.id(new Directory(org).active(LOGIN));
    }

    @Test
    @DisplayName("from a session token to tokens, and from these to what is told of the user")
    void whole() {
        ClientApp app = ClientApp.web(org, "Whole");
        Map<String, String> said = app.request();
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Answer back = app.authorize(said).expect(302);
        assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK + "?");
        assertThat(back.header("Referrer-Policy")).contains("no-referrer");
        assertThat(back.header("Set-Cookie").orElse("")).startsWith("sid=");
        Map<String, String> answer = ClientApp.answer(back);
        assertThat(answer).containsEntry("state", "a-state").containsOnlyKeys("code", "state");

        JsonNode tokens = app.redeem(ClientApp.said(answer, "code")).expect(200).json();
        assertThat(List.copyOf(tokens.propertyNames()))
                .containsExactly(
                        "token_type",
                        "expires_in",
                        "access_token",
                        "scope",
                        "refresh_token",
                        "id_token");
        String access = tokens.get("access_token").asString();
        assertThat(app.isSigned(access)).isTrue();
        assertThat(app.isSigned(tokens.get("id_token").asString())).isTrue();
        assertThat(app.isSigned(access.replaceFirst("[.].", ".x"))).isFalse();
        JsonNode claims = ClientApp.claims(access);
        assertThat(claims.get("iss").asString()).isEqualTo(org.url() + "/oauth2/default");
        assertThat(claims.get("aud").asString()).isEqualTo("api://default");
        assertThat(claims.get("cid").asString()).isEqualTo(app.id());
        assertThat(claims.get("uid").asString()).isEqualTo(userId);
        assertThat(claims.get("sub").asString()).isEqualTo(LOGIN);
        assertThat(claims.get("jti").asString()).matches("AT\\.[A-Za-z0-9_-]{43}\\.oar.{17}");
        JsonNode id = ClientApp.claims(tokens.get("id_token").asString());
        assertThat(id.get("sub").asString()).isEqualTo(userId);
        assertThat(id.get("aud").asString()).isEqualTo(app.id());
        assertThat(id.get("nonce").asString()).isEqualTo("a-nonce");
        assertThat(id.get("at_hash").asString()).isEqualTo(ClientApp.halfHash(access));
        assertThat(id.get("amr").get(0).asString()).isEqualTo("pwd");
        assertThat(id.get("idp").asString()).isEqualTo(org.id());
        assertThat(id.get("email").asString()).isEqualTo(LOGIN);
        assertThat(id.has("family_name")).isFalse();
        assertThat(id.get("auth_time").asLong()).isEqualTo(claims.get("auth_time").asLong());

        JsonNode told =
                org.nobody()
                        .with("Authorization", "Bearer " + access)
                        .get("/oauth2/default/v1/userinfo")
                        .expect(200)
                        .json();
        assertThat(told.get("sub").asString()).isEqualTo(userId);
        assertThat(told.get("family_name").asString()).isEqualTo("Lovelace");
        assertThat(told.get("email").asString()).isEqualTo(LOGIN);
        assertThat(told.has("phone_number")).isFalse();
        List<String> events = events();
        assertThat(events)
                .contains(
                        "app.oauth2.as.authorize.code",
                        "user.authentication.sso",
                        "app.oauth2.as.token.grant.access_token",
                        "app.oauth2.as.token.grant.id_token",
                        "app.oauth2.as.token.grant.refresh_token");
    }

    @Test
    @DisplayName("the org's own server does the same under its own name")
    void ofOrg() {
        ClientApp app = ClientApp.web(org, "Own").atOrg();
        JsonNode tokens =
                app.redeem(app.code(LOGIN, "scope", "openid profile email groups"))
                        .expect(200)
                        .json();
        assertThat(tokens.has("refresh_token")).isFalse();
        JsonNode id = ClientApp.claims(tokens.get("id_token").asString());
        assertThat(id.get("iss").asString()).isEqualTo(org.url());
        assertThat(id.get("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(id.get("groups").get(0).asString()).isEqualTo("Everyone");
        assertThat(id.has("given_name")).isFalse();
        String access = tokens.get("access_token").asString();
        JsonNode told =
                org.nobody()
                        .with("Authorization", "Bearer " + access)
                        .get("/oauth2/v1/userinfo")
                        .expect(200)
                        .json();
        assertThat(told.get("given_name").asString()).isEqualTo("Ada");
        assertThat(app.isActive(access)).isTrue();
        assertThat(app.at("/oauth2/default").isActive(access)).isFalse();
        app.ask("revoke", Map.of("token", access)).expect(200);
        assertThat(app.isActive(access)).isFalse();
        org.nobody()
                .with("Authorization", "Bearer " + access)
                .get("/oauth2/v1/userinfo")
                .expect(401, "invalid_token");
    }

    @Test
    @DisplayName("a refresh token gives further tokens, of no more than it was given for")
    void refresh() {
        ClientApp app = ClientApp.web(org, "Refreshed");
        JsonNode first = app.redeem(app.code(LOGIN)).expect(200).json();
        String refresh = first.get("refresh_token").asString();
        JsonNode next = app.refresh(refresh).expect(200).json();
        assertThat(next.get("refresh_token").asString()).isEqualTo(refresh);
        assertThat(next.get("access_token")).isNotEqualTo(first.get("access_token"));
        JsonNode id = ClientApp.claims(next.get("id_token").asString());
        assertThat(id.has("nonce")).isFalse();
        assertThat(id.get("auth_time"))
                .isEqualTo(ClientApp.claims(first.get("id_token").asString()).get("auth_time"));
        JsonNode less =
                app.token(
                                Map.of(
                                        "grant_type", "refresh_token",
                                        "refresh_token", refresh,
                                        "scope", "openid"))
                        .expect(200)
                        .json();
        assertThat(less.get("scope").asString()).isEqualTo("openid");
        app.token(
                        Map.of(
                                "grant_type", "refresh_token",
                                "refresh_token", refresh,
                                "scope", "openid phone"))
                .expect(400, "access_denied");
        JsonNode told =
                app.ask("introspect", Map.of("token", refresh, "token_type_hint", "refresh_token"))
                        .expect(200)
                        .json();
        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told.get("username").asString()).isEqualTo(LOGIN);
        assertThat(told.get("client_id").asString()).isEqualTo(app.id());
        ClientApp other = ClientApp.web(org, "Not refreshed");
        assertThat(other.isActive(refresh)).isFalse();
        other.refresh(refresh).expect(400, "invalid_grant");
        other.ask("revoke", Map.of("token", refresh)).expect(200);
        assertThat(app.isActive(refresh)).isTrue();
        app.ask("revoke", Map.of("token", refresh)).expect(200);
        assertThat(app.isActive(refresh)).isFalse();
        assertThat(app.isActive(next.get("access_token").asString())).isFalse();
        app.refresh(refresh).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName("somebody without a session signs in first, and comes back to what was asked for")
    void withoutSession() {
        ClientApp app = ClientApp.web(org, "Waiting");
        Answer away = app.authorize(app.request("login_hint", LOGIN)).expect(302);
        String signIn = away.header("Location").orElseThrow();
        assertThat(signIn).startsWith("/signin?fromURI=%2Foauth2%2Fv1%2Fauthorize%2Fredirect");
        assertThat(org.nobody().get(signIn).expect(200).text()).contains(LOGIN);
        String comeBack = ClientApp.said(ClientApp.answer(away), "fromURI");
        Answer stillNobody = org.nobody().get(comeBack).expect(302);
        assertThat(stillNobody.header("Location")).contains(signIn);
        Answer back = signedIn(comeBack);
        assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK + "?");
        app.redeem(ClientApp.said(ClientApp.answer(back), "code")).expect(200);
        Answer again = org.nobody().get(comeBack).expect(400);
        assertThat(again.errorCode()).isEqualTo("login_required");
    }

    private Answer signedIn(String path) {
        return org.nobody().with("Cookie", cookie()).get(path).expect(302);
    }

    private String cookie() {
        String line =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + ClientApp.sessionToken(org, LOGIN))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return line.substring(0, line.indexOf(';'));
    }

    @Test
    @DisplayName("the page of the sign-in leads back to where the app has sent the browser")
    void byThePage() {
        ClientApp app = ClientApp.web(org, "By the page");
        Answer away = app.authorize(app.request()).expect(302);
        String comeBack = ClientApp.said(ClientApp.answer(away), "fromURI");
        FormToken token =
                FormToken.of(org.nobody().get(away.header("Location").orElseThrow()).expect(200));
        Answer signedIn =
                org.nobody()
                        .with("Cookie", token.cookie())
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .send(
                                "POST",
                                "/signin",
                                ClientApp.form(
                                                Map.of(
                                                        "formToken",
                                                        token.token(),
                                                        "username",
                                                        LOGIN,
                                                        "password",
                                                        Directory.PASSWORD,
                                                        "fromURI",
                                                        comeBack))
                                        .getBytes(StandardCharsets.UTF_8))
                        .expect(200);
        assertThat(signedIn.header("Refresh")).contains("0;url=" + org.url() + comeBack);
        String sid =
                signedIn.lines("Set-Cookie").stream()
                        .filter(line -> line.startsWith("sid="))
                        .findFirst()
                        .orElseThrow();
        Answer back =
                org.nobody()
                        .with("Cookie", sid.substring(0, sid.indexOf(';')))
                        .get(comeBack)
                        .expect(302);
        app.redeem(ClientApp.said(ClientApp.answer(back), "code")).expect(200);
    }

    @Test
    @DisplayName("prompt says whether anybody is asked")
    void prompt() {
        ClientApp app = ClientApp.web(org, "Prompting");
        assertThat(ClientApp.answer(app.authorize(app.request("prompt", "none")).expect(302)))
                .containsEntry("error", "login_required")
                .containsEntry("state", "a-state");
        String cookie = cookie();
        var browser = org.nobody().with("Cookie", cookie);
        assertThat(ClientApp.answer(app.authorize(browser, app.request("prompt", "none"))))
                .containsKey("code");
        Answer anew = app.authorize(browser, app.request("prompt", "login")).expect(302);
        assertThat(anew.header("Location").orElseThrow()).startsWith("/signin?");
        String comeBack = ClientApp.said(ClientApp.answer(anew), "fromURI");
        assertThat(browser.get(comeBack).expect(302).header("Location").orElseThrow())
                .startsWith("/signin?");
        assertThat(signedIn(comeBack).header("Location").orElseThrow())
                .startsWith(ClientApp.CALLBACK);
        assertThat(
                        app.authorize(browser, app.request("max_age", "0"))
                                .expect(302)
                                .header("Location")
                                .orElseThrow())
                .startsWith("/signin?");
        assertThat(ClientApp.answer(app.authorize(browser, app.request("max_age", "1000"))))
                .containsKey("code");
    }

    @Test
    @DisplayName("an error that is the client's goes back to it, under its documented name")
    void errors() {
        ClientApp app = ClientApp.web(org, "Erring");
        for (String[] wrong :
                new String[][] {
                    {"response_type", "nonsense", "unsupported_response_type"},
                    {"response_type", "", "unsupported_response_type"},
                    {"response_mode", "nonsense", "unsupported_response_mode"},
                    {"scope", "nonsense", "invalid_scope"},
                    {"scope", "", "invalid_scope"},
                    {"scope", "profile", "invalid_scope"},
                    {"state", "", "invalid_request"},
                    {"code_challenge_method", "plain", "invalid_request"},
                    {"code_challenge_method", "", "invalid_request"},
                    {"code_challenge", "short", "invalid_request"},
                    {"prompt", "nonsense", "invalid_request"},
                    {"prompt", "none login", "invalid_request"},
                    {"max_age", "-1", "invalid_request"},
                }) {
            Answer back = app.authorize(app.request(wrong[0], wrong[1])).expect(302);
            assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK);
            assertThat(ClientApp.answer(back))
                    .as("%s=%s", wrong[0], wrong[1])
                    .containsEntry("error", wrong[2]);
        }
        ClientApp page = ClientApp.page(org, "Page without a challenge");
        assertThat(
                        ClientApp.answer(
                                page.authorize(
                                        page.request(
                                                "code_challenge",
                                                "",
                                                "code_challenge_method",
                                                ""))))
                .containsEntry("error", "invalid_request");
    }

    @Test
    @DisplayName("who is not assigned gets nothing, and who is taken away loses what it had")
    void assignment() {
        ClientApp app = ClientApp.web(org, "Assigned");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String everyone =
                org.http()
                        .get("/api/v1/apps/" + app.id() + "/groups")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("id")
                        .asString();
        org.http().delete("/api/v1/apps/" + app.id() + "/groups/" + everyone).expect(204);
        Map<String, String> said = app.request();
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        assertThat(ClientApp.answer(app.authorize(said).expect(302)))
                .containsEntry("error", "access_denied");
        assertThat(app.isActive(tokens.get("access_token").asString())).isFalse();
        app.refresh(tokens.get("refresh_token").asString()).expect(400, "access_denied");
    }

    @Test
    @DisplayName("access policies decide by user, client and scope, and how long tokens live")
    void policies() {
        String id =
                org.http()
                        .post(
                                "/api/v1/authorizationServers",
                                "{\"name\":\"Policed\",\"audiences\":[\"api://policed\"]}")
                        .expect(201)
                        .text("id");
        String path = "/api/v1/authorizationServers/" + id;
        org.http().post(path + "/scopes", "{\"name\":\"drive\"}").expect(201);
        org.http().post(path + "/scopes", "{\"name\":\"fly\"}").expect(201);
        org.http()
                .post(
                        path + "/claims",
                        "{\"name\":\"pet\",\"claimType\":\"IDENTITY\",\"valueType\":"
                                + "\"EXPRESSION\",\"value\":\"user.lastName + \\\" has a cat\\\"\","
                                + "\"alwaysIncludeInToken\":true}")
                .expect(201);
        ClientApp app = ClientApp.web(org, "Policed").at("/oauth2/" + id);
        assertThat(refusal(app, "openid")).isEqualTo("access_denied");
        String policy =
                org.http()
                        .post(
                                path + "/policies",
                                "{\"type\":\"OAUTH_AUTHORIZATION_POLICY\",\"name\":\"P\","
                                        + "\"description\":\"P\",\"priority\":1,\"conditions\":"
                                        + "{\"clients\":{\"include\":[\""
                                        + app.id()
                                        + "\"]}}}")
                        .expect(201)
                        .text("id");
        org.http()
                .post(
                        path + "/policies/" + policy + "/rules",
                        "{\"type\":\"RESOURCE_ACCESS\",\"name\":\"R\",\"priority\":1,"
                                + "\"conditions\":{\"people\":{\"users\":{\"include\":[\""
                                + userId
                                + "\"]},\"groups\":{\"include\":[]}},\"grantTypes\":"
                                + "{\"include\":[\"authorization_code\"]},"
                                + "\"scopes\":{\"include\":[\"drive\"]}},"
                                + "\"actions\":{\"token\":{\"accessTokenLifetimeMinutes\":5,"
                                + "\"refreshTokenLifetimeMinutes\":60,"
                                + "\"refreshTokenWindowMinutes\":10}}}")
                .expect(201);
        assertThat(refusal(app, "openid fly")).isEqualTo("access_denied");
        assertThat(events()).contains("app.oauth2.as.authorize.scope_denied");
        JsonNode tokens =
                app.redeem(app.code(LOGIN, "scope", "openid offline_access drive"))
                        .expect(200)
                        .json();
        assertThat(tokens.get("expires_in").asInt()).isEqualTo(300);
        assertThat(ClientApp.claims(tokens.get("access_token").asString()).get("aud").asString())
                .isEqualTo("api://policed");
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("pet").asString())
                .isEqualTo("Lovelace has a cat");
        org.http().post(path + "/policies/" + policy + "/lifecycle/deactivate").expect(204);
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
        assertThat(refusal(app, "openid")).isEqualTo("access_denied");
    }

    private String refusal(ClientApp app, String scope) {
        Map<String, String> said = app.request("scope", scope);
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        return ClientApp.answer(app.authorize(said).expect(302)).getOrDefault("error", "");
    }

    @Test
    @DisplayName("tokens come by the browser where the client is made for it")
    void byTheBrowser() {
        ClientApp app = ClientApp.page(org, "Implicit");
        Map<String, String> said = app.request("response_type", "id_token token");
        said.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Answer back = app.authorize(said).expect(302);
        assertThat(back.header("Location").orElseThrow()).startsWith(ClientApp.CALLBACK + "#");
        Map<String, String> answer = ClientApp.answer(back);
        assertThat(answer)
                .containsOnlyKeys(
                        "access_token", "token_type", "expires_in", "scope", "id_token", "state");
        assertThat(ClientApp.said(answer, "scope")).doesNotContain("offline_access");
        assertThat(ClientApp.claims(ClientApp.said(answer, "id_token")).get("at_hash").asString())
                .isEqualTo(ClientApp.halfHash(ClientApp.said(answer, "access_token")));
        assertThat(app.isActive(ClientApp.said(answer, "access_token"))).isTrue();

        Map<String, String> hybrid = app.request("response_type", "code id_token");
        hybrid.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Map<String, String> both = ClientApp.answer(app.authorize(hybrid).expect(302));
        JsonNode id = ClientApp.claims(ClientApp.said(both, "id_token"));
        assertThat(id.get("c_hash").asString())
                .isEqualTo(ClientApp.halfHash(ClientApp.said(both, "code")));
        assertThat(id.get("family_name").asString()).isEqualTo("Lovelace");
        app.redeem(ClientApp.said(both, "code")).expect(200);

        Map<String, String> query = app.request("response_type", "token", "response_mode", "query");
        assertThat(ClientApp.answer(app.authorize(query)))
                .containsEntry("error", "unsupported_response_mode");
        assertThat(
                        ClientApp.answer(
                                app.authorize(
                                        app.request("response_type", "id_token", "nonce", ""))))
                .containsEntry("error", "invalid_request");
    }

    @Test
    @DisplayName("a form or a message brings the answer to the page that may have it, and no other")
    void pages() {
        ClientApp app = ClientApp.web(org, "Posting");
        Map<String, String> form = app.request("response_mode", "form_post");
        form.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Answer posted = app.authorize(form).expect(200);
        assertThat(posted.text())
                .contains("action=\"" + ClientApp.CALLBACK + "\"")
                .contains("name=\"code\"")
                .contains("value=\"a-state\"");
        assertThat(posted.lines("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("form-action https://app.example.com;");
        Map<String, String> message = app.request("response_mode", "okta_post_message");
        message.put("sessionToken", ClientApp.sessionToken(org, LOGIN));
        Answer told = app.authorize(message).expect(200);
        assertThat(told.text()).contains("data-origin=\"https://app.example.com\"");
        assertThat(told.lines("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("frame-ancestors https://app.example.com");
    }

    @Test
    @DisplayName("a password gets tokens where the client is made for it, and is counted")
    void password() {
        ClientApp app =
                ClientApp.of(
                        org,
                        "Password",
                        "native",
                        "client_secret_basic",
                        settings -> settings.withArray("grant_types").add("password"));
        Map<String, String> said =
                Map.of(
                        "grant_type",
                        "password",
                        "username",
                        LOGIN,
                        "password",
                        Directory.PASSWORD,
                        "scope",
                        "openid email offline_access");
        JsonNode tokens = app.token(said).expect(200).json();
        assertThat(ClientApp.claims(tokens.get("id_token").asString()).get("sub").asString())
                .isEqualTo(userId);
        app.refresh(tokens.get("refresh_token").asString()).expect(200);
        String victim = "guessed@example.com";
        new Directory(org).active(victim);
        Map<String, String> guess = new HashMap<>(said);
        guess.put("username", victim);
        guess.put("password", "wrong");
        for (int i = 0; i < 10; i++) {
            app.token(guess).expect(400, "invalid_grant");
        }
        guess.put("password", Directory.PASSWORD);
        app.token(guess).expect(400, "invalid_grant");
        ClientApp.web(org, "No password").token(said).expect(400, "unauthorized_client");
    }

    @Test
    @DisplayName("P35 pages of a client's own origin redeem its codes, and no other pages do")
    void pagesOfClients() {
        ClientApp app = ClientApp.page(org, "From a page");
        String own = "https://app.example.com";
        Answer preflight =
                org.nobody()
                        .with("Origin", own)
                        .with("Access-Control-Request-Method", "POST")
                        .send("OPTIONS", "/oauth2/default/v1/token", null)
                        .expect(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(own);
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
        for (String evil : List.of("https://evil.example.com", "https://app.example.co", "null")) {
            app.from(evil).redeem(app.code(LOGIN)).expect(400, "invalid_request");
        }
        Answer tokens = app.from(own).redeem(app.code(LOGIN)).expect(200);
        assertThat(tokens.header("Access-Control-Allow-Origin")).contains(own);
    }

    @Test
    @DisplayName("the way out ends the session of whoever the ID token is about")
    void logout() {
        ClientApp app = ClientApp.web(org, "Leaving");
        String idToken = app.redeem(app.code(LOGIN)).expect(200).json().get("id_token").asString();
        String cookie = cookie();
        var browser = org.nobody().with("Cookie", cookie);
        String path =
                "/oauth2/default/v1/logout?"
                        + ClientApp.form(
                                Map.of(
                                        "id_token_hint",
                                        idToken,
                                        "post_logout_redirect_uri",
                                        ClientApp.DONE,
                                        "state",
                                        "bye"));
        browser.get(path.replace("done", "elsewhere")).expect(400, "invalid_request");
        browser.get("/oauth2/default/v1/logout?id_token_hint=nonsense")
                .expect(400, "invalid_token");
        browser.get("/api/v1/sessions/me").expect(200);
        Answer out = browser.get(path).expect(302);
        assertThat(out.header("Location")).contains(ClientApp.DONE + "?state=bye");
        assertThat(out.header("Set-Cookie").orElse("")).startsWith("sid=;");
        browser.get("/api/v1/sessions/me").expect(404);
        browser.get(path).expect(302);
        assertThat(
                        browser.get("/oauth2/default/v1/logout?id_token_hint=" + idToken)
                                .expect(302)
                                .header("Location")
                                .orElseThrow())
                .startsWith("/signin");
    }

    private List<String> events() {
        return org.http()
                .get("/api/v1/logs?limit=1000")
                .expect(200)
                .json()
                .valueStream()
                .map(event -> event.get("eventType").asString())
                .toList();
    }
}
