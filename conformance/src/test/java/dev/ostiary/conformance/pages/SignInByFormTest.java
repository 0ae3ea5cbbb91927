package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.SuiteServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SuiteServer.class)
@DisplayName("A form of a page")
class SignInByFormTest {

    private static final Pattern SESSION =
            Pattern.compile("name=\"session\"[^>]*value=\"(102[^\"]+)\"");

    private final Org org;
    private final People people;

    SignInByFormTest(Org org) {
        this.org = org;
        this.people = new People(org);
    }

    private Http browser() {
        return org.nobody().with("Accept", "text/html").with("Accept-Language", "en");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Answer post(Http http, String path, Map<String, String> fields) {
        return http.with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, form(fields).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer signIn(Http http, FormToken token, String login, String password) {
        return post(
                http.with("Cookie", token.cookie()),
                "/signin",
                Map.of(
                        "formToken", token.token(),
                        "username", login,
                        "password", password));
    }

    @Test
    @DisplayName("signs in: the session's cookie, and a redirect")
    void signsIn() {
        Answer in =
                signIn(browser(), FormToken.of(org), people.active(), Directory.PASSWORD)
                        .expect(303);
        assertThat(in.header("Location")).contains("/app/UserHome");
        List<String> cookies = in.lines("Set-Cookie");
        assertThat(cookies).anyMatch(line -> line.matches("sid=[\\w-]{43}; .*HttpOnly.*"));
        assertThat(cookies)
                .anyMatch(line -> line.startsWith("__Host-signin=;") && line.contains("Max-Age=0"));
        assertThat(cookies).allMatch(line -> line.contains("Secure") && line.contains("Path=/"));
        assertThat(in.header("Cache-Control")).contains("no-cache, no-store");
    }

    @Test
    @DisplayName("at home ends one of the own sessions, and nobody else's")
    void endsOneSession() {
        FormToken token = FormToken.of(org);
        String login = people.active();
        String here = sid(signIn(browser(), token, login, Directory.PASSWORD));
        String there = sid(signIn(browser(), token, login, Directory.PASSWORD));
        String stranger = sid(signIn(browser(), token, people.active(), Directory.PASSWORD));
        Http home = browser().with("Cookie", here + "; " + token.cookie());
        String page = home.get("/app/UserHome").expect(200).text();
        Matcher session = SESSION.matcher(page);
        assertThat(session.find()).as(page).isTrue();
        String id = session.group(1);
        assertThat(session.find()).as("no button ends this session, or a stranger's").isFalse();

        String other = sessionOf(stranger);
        end(home, token, other);
        end(home, token, id);

        org.nobody().with("Cookie", there).get("/api/v1/sessions/me").expect(404);
        org.nobody().with("Cookie", here).get("/api/v1/sessions/me").expect(200);
        assertThat(sessionOf(stranger)).isEqualTo(other);
    }

    @Test
    @DisplayName("remembers a browser where the policy lets it and the box is ticked")
    void remembersDevice() {
        String login = people.active();
        String group = people.ownGroup(login);
        new Policies(org)
                .signOn(
                        group,
                        login,
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,\"factorPromptMode\":\"DEVICE\"}");
        String factor =
                org.http()
                        .post(
                                "/api/v1/users/" + login + "/factors",
                                "{\"factorType\":\"question\",\"provider\":\"OKTA\",\"profile\":{\"question\":\"disliked_food\",\"answer\":\"mayonnaise\"}}")
                        .expect(200)
                        .text("id");
        FormToken token = FormToken.of(org);
        String device = cookie(browser().get("/signin").expect(200), "DT=");
        Http known = browser().with("Cookie", token.cookie() + "; " + device);
        Answer asked = signInWith(known, token, login);
        assertThat(asked.header("Location")).contains("/signin");
        Http under =
                browser()
                        .with(
                                "Cookie",
                                token.cookie()
                                        + "; "
                                        + device
                                        + "; "
                                        + cookie(asked, "__Host-signin="));
        assertThat(under.get("/signin").expect(200).text())
                .contains("Do not ask again on this device");

        post(
                        under,
                        "/signin/step",
                        Map.of(
                                "formToken", token.token(),
                                "step", "VERIFY",
                                "factorId", factor,
                                "answer", "mayonnaise",
                                "rememberDevice", "true"))
                .expect(303);

        assertThat(signInWith(known, token, login).header("Location")).contains("/app/UserHome");
        assertThat(signIn(browser(), token, login, Directory.PASSWORD).header("Location"))
                .contains("/signin");
        assertThat(known.get("/signin").expect(200).lines("Set-Cookie"))
                .noneMatch(line -> line.startsWith("DT="));
    }

    private static Answer signInWith(Http http, FormToken token, String login) {
        return post(
                        http,
                        "/signin",
                        Map.of(
                                "formToken",
                                token.token(),
                                "username",
                                login,
                                "password",
                                Directory.PASSWORD))
                .expect(303);
    }

    private static String cookie(Answer answer, String name) {
        return answer.lines("Set-Cookie").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(0, line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private String sessionOf(String sid) {
        return org.nobody().with("Cookie", sid).get("/api/v1/sessions/me").expect(200).text("id");
    }

    private static void end(Http home, FormToken token, String session) {
        Answer ended =
                post(
                        home,
                        "/login/signout",
                        Map.of("formToken", token.token(), "session", session));
        assertThat(ended.expect(303).header("Location")).contains("/app/UserHome");
    }

    private static String sid(Answer in) {
        return cookie(in.expect(303), "sid=");
    }

    @Test
    @DisplayName("keeps the state of a sign-in in a cookie of this host, and nowhere in a page")
    void stateToken() {
        FormToken token = FormToken.of(org);
        Answer expired = signIn(browser(), token, people.expired(), Directory.PASSWORD).expect(303);
        assertThat(expired.header("Location")).contains("/signin");
        String cookie =
                expired.lines("Set-Cookie").stream()
                        .filter(line -> line.startsWith("__Host-signin=00"))
                        .findFirst()
                        .orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
        String value = cookie.substring(0, cookie.indexOf(';'));
        String page =
                browser()
                        .with("Cookie", token.cookie() + "; " + value)
                        .get("/signin")
                        .expect(200)
                        .text();
        assertThat(page)
                .contains("Your password has expired")
                .doesNotContain(value.substring("__Host-signin=".length(), value.indexOf('~')));
    }

    @Test
    @DisplayName("says the same of a wrong password, an unknown user and a locked one")
    void nobodyLearns() {
        FormToken token = FormToken.of(org);
        String known = people.active();
        String page = refused(token, known);
        for (String other : List.of(people.locked(), "nobody-at-all@example.com", "x")) {
            assertThat(refused(token, other)).isEqualTo(page);
        }
    }

    /** The page without what was typed, with the status and the names of its headers. */
    private String refused(FormToken token, String login) {
        Answer answer = signIn(browser(), token, login, "wrong").expect(401);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        return answer.headers().keySet().stream()
                        .filter(name -> !name.startsWith("x-rate-limit"))
                        .sorted()
                        .toList()
                + answer.text().replace("value=\"" + login + "\"", "value=\"\"");
    }

    @Test
    @DisplayName("asks for a mail, and says the same whether there is such a user")
    void recovery() {
        FormToken token = FormToken.of(org);
        for (String path : List.of("/signin/forgot-password", "/signin/unlock")) {
            String known = people.active();
            assertThat(asked(token, path, known, known))
                    .isEqualTo(asked(token, path, "nobody@example.com", "nobody@example.com"))
                    .contains("Check your email");
        }
    }

    private String asked(FormToken token, String path, String login, String shown) {
        return post(
                        browser().with("Cookie", token.cookie()),
                        path,
                        Map.of("formToken", token.token(), "username", login))
                .expect(200)
                .text()
                .replace(shown, "LOGIN");
    }

    @Test
    @DisplayName("P23 is not believed without its token, with another's, or from another site")
    void crossSite() {
        String login = people.active();
        FormToken token = FormToken.of(org);
        FormToken other = FormToken.of(org);
        String password = Directory.PASSWORD;
        refusedAs(signIn(browser(), new FormToken(token.cookie(), ""), login, password));
        refusedAs(signIn(browser(), new FormToken("", token.token()), login, password));
        refusedAs(signIn(browser(), new FormToken("", ""), login, password));
        refusedAs(signIn(browser(), new FormToken(other.cookie(), token.token()), login, password));
        refusedAs(signIn(browser(), new FormToken("__Host-form=", ""), login, password));
        refusedAs(signIn(browser(), new FormToken("form=x", token.token()), login, password));
        for (String origin : List.of("https://evil.example", "null", org.url() + ".evil.example")) {
            refusedAs(signIn(browser().with("Origin", origin), token, login, password));
        }
        for (String from : List.of("cross-site", "same-site", "none")) {
            refusedAs(signIn(browser().with("Sec-Fetch-Site", from), token, login, password));
        }
        signIn(
                        browser().with("Origin", org.url()).with("Sec-Fetch-Site", "same-origin"),
                        token,
                        login,
                        password)
                .expect(303);
    }

    private static void refusedAs(Answer answer) {
        assertThat(answer.expect(403).lines("Set-Cookie")).isEmpty();
        assertThat(answer.text()).contains("You cannot do this here");
    }

    @Test
    @DisplayName("is bounded: in all, in its fields, in their number; and is a form")
    void bounded() {
        FormToken token = FormToken.of(org);
        Http with = browser().with("Cookie", token.cookie());
        post(with, "/signin", Map.of("formToken", token.token(), "a", "x".repeat(20_000)))
                .expect(400);
        post(with, "/signin", Map.of("formToken", token.token(), "a", "x".repeat(70_000)))
                .expect(400);
        Map<String, String> many =
                IntStream.range(0, 60).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "x"));
        post(with, "/signin", many).expect(400);
        Http form = with.with("Content-Type", "application/x-www-form-urlencoded");
        form.send("POST", "/signin", "a=%zz".getBytes(StandardCharsets.UTF_8)).expect(400);
        form.send("POST", "/signin", "a=%00".getBytes(StandardCharsets.UTF_8)).expect(400);
        with.post("/signin", "{}").expect(400);
        org.nobody().post("/signin", "{}").expect(400, "E0000021");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://localhost@evil.example/",
                "/x\r\nSet-Cookie: a=b",
                "\thttps://evil.example"
            })
    @DisplayName("leads home, and to no site that the org does not trust")
    void redirects(String fromUri) {
        FormToken token = FormToken.of(org);
        Answer in =
                post(
                                browser().with("Cookie", token.cookie()),
                                "/signin",
                                Map.of(
                                        "formToken",
                                        token.token(),
                                        "username",
                                        people.active(),
                                        "password",
                                        Directory.PASSWORD,
                                        "fromURI",
                                        fromUri))
                        .expect(303);
        assertThat(in.lines("Location")).containsExactly("/app/UserHome");
        assertThat(in.lines("Refresh")).isEmpty();
    }

    @Test
    @DisplayName("tells a script that takes the last step where to go on, whoever's page that is")
    void script() {
        FormBrowser browser = new FormBrowser(org);
        browser.signIn(people.expired(), "/oauth2/v1/authorize?client_id=x").expect(303);

        Answer told =
                browser.step(
                                "PASSWORD",
                                "oldPassword",
                                Directory.PASSWORD,
                                "newPassword",
                                "N3xt-one-please",
                                "repeatedPassword",
                                "N3xt-one-please",
                                "quietly",
                                "true")
                        .expect(204);

        assertThat(told.header("Location"))
                .contains(org.url() + "/oauth2/v1/authorize?client_id=x");
        assertThat(browser.hasSession()).isTrue();
    }

    @Test
    @DisplayName("P18 shows what was typed as it was typed")
    void echo() {
        FormToken token = FormToken.of(org);
        String typed = "\"><script>alert(1)</script>";
        String page = signIn(browser(), token, typed, "x").expect(401).text();
        assertThat(page)
                .doesNotContain("<script>alert")
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"");
        assertThat(browser().get("/signin", "fromURI", typed).expect(200).text())
                .doesNotContain("<script>alert");
    }

    @Test
    @DisplayName("a link of a mail is not spent by whoever reads mails beforehand")
    void links() {
        String login = people.invited();
        String link = people.link(login);
        for (int i = 0; i < 3; i++) {
            String page = browser().get(link).expect(302).header("Location").orElseThrow();
            browser().get(page).expect(200);
            browser().send("HEAD", page, null).expect(200);
        }
        String page = browser().get(link).expect(302).header("Location").orElseThrow();
        FormToken token = FormToken.of(org);
        Http with = browser().with("Cookie", token.cookie());
        post(with, page, Map.of("formToken", token.token())).expect(303);
        Answer again = post(with, page, Map.of("formToken", token.token())).expect(401);
        assertThat(again.text()).contains("This link does not work any more");
        assertThat(browser().get("/welcome/not%20a%20token").expect(401).text())
                .contains("This link does not work any more");
    }
}
