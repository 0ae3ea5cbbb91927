package dev.ostiary.conformance.oauth;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.pages.FormToken;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Somebody in front of a browser, an app that is not trusted, and a scope of which people are
 * asked.
 *
 * @param user the id of who is asked
 * @param cookie of that one's session
 */
public record Consenting(ClientApp app, String user, String cookie) {

    public static final String SCOPE = "drive";

    private static final Pattern KEY = Pattern.compile("name=\"okta_key\"[^>]*value=\"([^\"]+)");

    /** New ones. */
    public static Consenting of(Org org) {
        String name = "consent-" + Long.toString(System.nanoTime(), 36);
        String servers = "/api/v1/authorizationServers";
        String server =
                org.http()
                        .post(
                                servers,
                                "{\"name\":\"" + name + "\",\"audiences\":[\"api://consent\"]}")
                        .expect(201)
                        .text("id");
        String path = servers + "/" + server;
        org.http()
                .post(
                        path + "/scopes",
                        "{\"name\":\"drive\",\"displayName\":\"Drive your car\","
                                + "\"description\":\"With you <in> it\",\"consent\":\"REQUIRED\"}")
                .expect(201);
        OpenServer.admit(org, path, "*", "authorization_code");
        ClientApp app =
                ClientApp.of(
                                org,
                                name,
                                "web",
                                "client_secret_basic",
                                settings -> settings.put("consent_method", "REQUIRED"))
                        .at("/oauth2/" + server);
        String login = name + "@example.com";
        String user = Directory.id(new Directory(org).active(login));
        String line =
                org.nobody()
                        .get(
                                "/login/sessionCookieRedirect?redirectUrl=%2F&token="
                                        + ClientApp.sessionToken(org, login))
                        .expect(302)
                        .header("Set-Cookie")
                        .orElseThrow();
        return new Consenting(app, user, line.substring("sid=".length(), line.indexOf(';')));
    }

    /** The same after the user has said yes. */
    public static Consenting consented(Org org) {
        Consenting asked = of(org);
        asked.answer(asked.ask().expect(200), "allow").expect(302);
        return asked;
    }

    /** Sends the browser to the authorization endpoint, with other parameters in pairs. */
    public Answer ask(String... others) {
        return app.authorize(
                app.org().nobody().with("Cookie", "sid=" + cookie), app.request(and(others)));
    }

    private static String[] and(String... others) {
        String[] all = new String[others.length + 2];
        all[0] = "scope";
        all[1] = "openid " + SCOPE;
        System.arraycopy(others, 0, all, 2, others.length);
        return all;
    }

    /** Answers the page that asks. */
    public Answer answer(Answer page, String decision) {
        FormToken token = FormToken.of(page);
        return app.org()
                .nobody()
                .with("Cookie", token.cookie() + "; sid=" + cookie)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "/oauth2/v1/authorize/consent",
                        (form(page, decision) + "&formToken=" + token.token())
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** What the form of the page says, but for its token. */
    public static String form(Answer page, String decision) {
        Matcher key = KEY.matcher(page.text());
        if (!key.find()) {
            throw new AssertionError("no key in " + page);
        }
        return ClientApp.form(Map.of("okta_key", key.group(1), "decision", decision));
    }

    /** What the user has consented to. */
    public JsonNode grants() {
        return Json.parse(
                app.org().http().get("/api/v1/users/" + user + "/grants").expect(200).bytes());
    }
}
