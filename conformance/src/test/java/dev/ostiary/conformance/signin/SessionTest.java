package dev.ostiary.conformance.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("Sessions")
class SessionTest {

    private static final String ME = "/api/v1/sessions/me";

    private final SignIns users;
    private final Org org;
    private final Server server;

    SessionTest(Server server, Org org) {
        this.server = server;
        this.org = org;
        this.users = new SignIns(org);
    }

    @Test
    @DisplayName("P39 of fifty who come with one session token, one has the session")
    void oneWinner() throws InterruptedException {
        String token = users.sessionToken(users.active());

        List<Answer> answers = SignIns.atOnce(50, () -> create(token));

        assertThat(SignIns.count(answers, 200)).isEqualTo(1);
        assertThat(SignIns.count(answers, 401)).isEqualTo(49);
        create(token).expect(401, "E0000004");
    }

    private Answer create(String token) {
        return org.nobody().post("/api/v1/sessions", Json.object().put("sessionToken", token));
    }

    @Test
    @DisplayName("P40 a session token of one org is nothing in another")
    void otherOrg() {
        String token = users.sessionToken(users.active());
        Org other = server.newOrg();

        other.nobody()
                .post("/api/v1/sessions", Json.object().put("sessionToken", token))
                .expect(401, "E0000004");
        create(token).expect(200);
    }

    @Test
    @DisplayName("an administrator reads, refreshes and closes a session by its id")
    void administrator() {
        String login = users.active();
        Answer made = create(users.sessionToken(login)).expect(200);
        String session = "/api/v1/sessions/" + made.text("id");

        assertThat(made.text("id")).matches("102[\\w-]{22}");
        assertThat(made.text("login")).isEqualTo(login);
        assertThat(made.json().get("amr").toString()).isEqualTo("[\"pwd\"]");
        assertThat(made.text("_links.user.name")).isEqualTo("Ada Lovelace");
        assertThat(org.http().get(session).expect(200).text("status")).isEqualTo("ACTIVE");
        org.http().post(session + "/lifecycle/refresh").expect(200);
        org.http().put(session).expect(200);
        Answer minimal =
                org.http()
                        .with("Prefer", "return=minimal")
                        .post(session + "/lifecycle/refresh")
                        .expect(204);
        assertThat(minimal.header("Preference-Applied")).contains("return=minimal");
        org.http().delete(session).expect(204);
        org.http().get(session).expect(404, "E0000007");
        assertThat(users.events("user.session.end", login)).hasSize(1);
    }

    @Test
    @DisplayName("P23 the cookie is for no script, no plain HTTP, and any site's page")
    void cookieAttributes() {
        String token = users.sessionToken(users.active());

        Answer redirected =
                org.nobody()
                        .get("/login/sessionCookieRedirect?redirectUrl=%2F&token=" + token)
                        .expect(302);

        assertThat(redirected.header("Location")).contains(org.url() + "/");
        assertThat(redirected.header("Set-Cookie").orElse(""))
                .matches("sid=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=None");
        org.nobody()
                .get("/login/sessionCookieRedirect?redirectUrl=%2F&token=" + token)
                .expect(401, "E0000004");
    }

    @Test
    @DisplayName("the redirect leads to the org and to listed origins, and spends no token else")
    void redirects() {
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"portal\",\"origin\":\"https://portal.example\",\"scopes\":[{\"type\":\"REDIRECT\"}]}")
                .expect(200);
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"page\",\"origin\":\"https://page.example\",\"scopes\":[{\"type\":\"CORS\"}]}")
                .expect(200);
        String token = users.sessionToken(users.active());

        for (String evil :
                List.of(
                        "https://evil.example/",
                        "https://page.example/",
                        "//evil.example",
                        "/\\evil.example",
                        "https:/evil.example",
                        "https://portal.example@evil.example/",
                        "https://portal.example.evil.example/",
                        "https://portal.example:444/",
                        "javascript:alert(1)",
                        "\thttps://portal.example",
                        "http://portal.example/",
                        "")) {
            redirect(token, evil).expect(400, "E0000001");
        }
        Answer redirected = redirect(token, "https://portal.example/home?x=1#y").expect(302);

        assertThat(redirected.header("Location")).contains("https://portal.example/home?x=1#y");
    }

    private Answer redirect(String token, String url) {
        return org.nobody()
                .get(
                        "/login/sessionCookieRedirect?token="
                                + token
                                + "&redirectUrl="
                                + URLEncoder.encode(url, StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("P23 P22 the cookie authenticates what users do for themselves, and no more")
    void self() {
        String login = users.active();
        Http browser = users.with(users.cookie(login));

        assertThat(browser.get("/api/v1/users/me").expect(200).text("profile.login"))
                .isEqualTo(login);
        Answer session = browser.get(ME).expect(200);
        assertThat(session.text("_links.self.href")).isEqualTo(org.url() + ME);
        assertThat(session.text("_links.user.href")).isEqualTo(org.url() + "/api/v1/users/me");
        browser.get("/api/v1/users/" + org.adminLogin()).expect(403, "E0000006");
        browser.get("/api/v1/users?limit=1").expect(403, "E0000006");
        org.nobody().token(session.text("id")).get("/api/v1/users/me").expect(401, "E0000011");
        users.with(session.text("id")).get("/api/v1/users/me").expect(403, "E0000005");
        users.with(users.sessionToken(login)).get("/api/v1/users/me").expect(403, "E0000005");
        users.with(org.apiToken()).get("/api/v1/users/me").expect(403, "E0000005");
    }

    @Test
    @DisplayName("P23 an administrator's cookie administers, where pages may")
    void administratorsCookie() {
        SignIns admins = new SignIns(org);
        String token = admins.signIn(org.adminLogin(), org.adminPassword()).text("sessionToken");
        Answer redirected = redirect(token, "/").expect(302);
        Http browser = users.with(SignIns.value(redirected.header("Set-Cookie").orElseThrow()));

        browser.get("/api/v1/users?limit=1").expect(200);
        browser.get("/api/v1/api-tokens").expect(403, "E0000005");
    }

    @Test
    @DisplayName("P23 P35 a page that is neither the org's nor listed is refused before anything")
    void crossSite() {
        String login = users.active();
        Http browser = users.with(users.cookie(login));
        String user = Directory.id(users.user(login));

        for (String origin :
                List.of("https://evil.example", "null", "https://listed.example.evil.example")) {
            browser.with("Origin", origin).get(ME).expect(403, "E0000006");
            browser.with("Origin", origin)
                    .post("/api/v1/users/" + user, "{\"profile\":{\"nickName\":\"Evil\"}}")
                    .expect(403, "E0000006");
            browser.with("Origin", origin).delete(ME).expect(403, "E0000006");
        }
        assertThat(users.user(login).at("/profile/nickName").isMissingNode()).isTrue();
        org.http()
                .post(
                        "/api/v1/trustedOrigins",
                        "{\"name\":\"listed\",\"origin\":\"https://listed.example\",\"scopes\":[{\"type\":\"CORS\"}]}")
                .expect(200);
        Answer trusted = browser.with("Origin", "https://listed.example").get(ME).expect(200);
        assertThat(trusted.header("Access-Control-Allow-Origin"))
                .contains("https://listed.example");
        browser.with("Origin", org.url()).get(ME).expect(200);
    }

    @Test
    @DisplayName("P23 whoever closes the session, or is signed out, is so with the next request")
    void signedOut() {
        String login = users.active();
        String user = Directory.id(users.user(login));
        Http first = users.with(users.cookie(login));
        Http second = users.with(users.cookie(login));
        Http third = users.with(users.cookie(login));

        Answer closed = first.delete(ME).expect(204);
        assertThat(closed.header("Set-Cookie").orElse("")).startsWith("sid=; Max-Age=0;");
        first.get(ME).expect(404, "E0000007");
        second.get(ME).expect(200);
        second.post("/api/v1/users/me/lifecycle/delete_sessions", "{}").expect(200);
        second.get(ME).expect(200);
        third.get(ME).expect(404, "E0000007");
        String spare = users.sessionToken(login);
        org.http().delete("/api/v1/users/" + user + "/sessions").expect(204);
        second.get(ME).expect(404, "E0000007");
        create(spare).expect(401, "E0000004");
        Http fourth = users.with(users.cookie(login));
        org.http().post("/api/v1/users/" + user + "/lifecycle/suspend").expect(200);
        fourth.get(ME).expect(404, "E0000007");
        org.http().post("/api/v1/users/" + user + "/lifecycle/unsuspend").expect(200);
        fourth.get(ME).expect(404, "E0000007");
        Http fifth = users.with(users.cookie(login));
        org.http().post("/api/v1/users/" + user + "/lifecycle/deactivate").expect(200);
        fifth.get("/api/v1/users/me").expect(403, "E0000005");
    }

    @Test
    @DisplayName("a cookie token takes up the session that it was made with")
    void cookieToken() {
        Answer made =
                org.nobody()
                        .post(
                                "/api/v1/sessions?additionalFields=cookieToken",
                                Json.object()
                                        .put("sessionToken", users.sessionToken(users.active())))
                        .expect(200);

        Answer redirected = redirect(made.text("cookieToken"), "/").expect(302);

        Http browser = users.with(SignIns.value(redirected.header("Set-Cookie").orElseThrow()));
        assertThat(browser.get(ME).expect(200).text("id")).isEqualTo(made.text("id"));
    }
}
