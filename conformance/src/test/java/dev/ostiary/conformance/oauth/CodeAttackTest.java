package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Attacks on the authorization code flow")
class CodeAttackTest {

    private static final String LOGIN = "attacked@example.com";

    private final Org org;
    private final Server server;

    CodeAttackTest(Org org, Server server) {
        this.org = org;
        this.server = server;
    }

    @BeforeAll
    void somebody() {
        new Directory(org).active(LOGIN);
    }

    @Test
    @DisplayName(
            "P39 of fifty who redeem a code at once one gets tokens, and keeps them from nobody")
    void race() throws Exception {
        ClientApp app = ClientApp.web(org, "Raced");
        String code = app.code(LOGIN);
        List<Answer> answers = atOnce(50, () -> app.redeem(code));
        List<Answer> won = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(won).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 400)).hasSize(49);
        JsonNode tokens = won.getFirst().json();
        assertThat(app.isActive(tokens.get("access_token").asString())).isFalse();
        assertThat(app.isActive(tokens.get("refresh_token").asString())).isFalse();
    }

    @Test
    @DisplayName(
            "a code that comes a second time ends what it gave, with a refresh token or without")
    void replay() {
        ClientApp app = ClientApp.web(org, "Replayed");
        for (String scope : List.of("openid", "openid offline_access")) {
            String code = app.code(LOGIN, "scope", scope);
            JsonNode tokens = app.redeem(code).expect(200).json();
            String access = tokens.get("access_token").asString();
            assertThat(app.isActive(access)).isTrue();
            app.redeem(code).expect(400, "invalid_grant");
            assertThat(app.isActive(access)).isFalse();
        }
    }

    @Test
    @DisplayName("a code is worth nothing to another client, at another server, or in another org")
    void elsewhere() {
        ClientApp app = ClientApp.web(org, "Owner");
        ClientApp thief = ClientApp.web(org, "Thief");
        Org other = server.newOrg();
        ClientApp foreign = ClientApp.web(other, "Foreign");
        String code = app.code(LOGIN);
        thief.redeem(code).expect(400, "invalid_grant");
        app.atOrg().redeem(code).expect(400, "invalid_grant");
        foreign.redeem(code).expect(400, "invalid_grant");
        JsonNode tokens = app.redeem(code).expect(200).json();
        String access = tokens.get("access_token").asString();
        String refresh = tokens.get("refresh_token").asString();
        assertThat(foreign.isActive(access)).isFalse();
        assertThat(foreign.isActive(refresh)).isFalse();
        thief.refresh(refresh).expect(400, "invalid_grant");
        foreign.refresh(refresh).expect(400, "invalid_grant");
        other.nobody()
                .with("Authorization", "Bearer " + access)
                .get("/oauth2/default/v1/userinfo")
                .expect(401, "invalid_token");
        assertThat(app.isActive(access)).isTrue();
    }

    @Test
    @DisplayName("nobody takes the proof away: neither with the challenge nor with the verifier")
    void downgrade() {
        ClientApp app = ClientApp.web(org, "Downgraded");
        String code = app.code(LOGIN);
        Map<String, String> said =
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        ClientApp.CALLBACK);
        app.token(said).expect(400, "invalid_request");
        app.token(and(said, "code_verifier", "x".repeat(43))).expect(400, "invalid_grant");
        app.token(and(said, "code_verifier", ClientApp.challenge(ClientApp.VERIFIER)))
                .expect(400, "invalid_grant");
        app.redeem(code).expect(200);
        String without = app.code(LOGIN, "code_challenge", "", "code_challenge_method", "");
        app.redeem(without).expect(400, "invalid_request");
        app.token(
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                without,
                                "redirect_uri",
                                ClientApp.CALLBACK))
                .expect(200);
    }

    @Test
    @DisplayName(
            "a browser is sent to registered addresses only, and to none where that is in doubt")
    void redirectUris() {
        ClientApp app =
                ClientApp.of(
                        org,
                        "Redirecting",
                        "web",
                        "client_secret_basic",
                        settings -> {
                            settings.put("wildcard_redirect", "SUBDOMAIN");
                            ((ObjectNode) settings)
                                    .putArray("redirect_uris")
                                    .add(ClientApp.CALLBACK)
                                    .add("https://pr-*.preview.example.com/callback");
                        });
        for (String trick :
                List.of(
                        "https://evil.example.com/callback",
                        "https://app.example.com/callback/",
                        "https://app.example.com/callback?x=y",
                        "https://app.example.com/callback#x",
                        "https://app.example.com/callback/../callback",
                        "https://app.example.com:443/callback",
                        "https://APP.example.com/callback",
                        "http://app.example.com/callback",
                        "https://app.example.com@evil.example.com/callback",
                        "https://app.example.com%2fcallback",
                        "//app.example.com/callback",
                        "/callback",
                        "javascript:alert(1)",
                        "https://pr-.preview.example.com/callback",
                        "https://pr-*.preview.example.com/callback",
                        "https://pr-a.b.preview.example.com/callback",
                        "https://pr-a/.preview.example.com/callback",
                        "https://pr-evil.example.com#.preview.example.com/callback",
                        "https://pr-evil.example.com/x?.preview.example.com/callback")) {
            Answer told = app.authorize(app.request("redirect_uri", trick)).expect(400);
            assertThat(told.errorCode()).as(trick).isEqualTo("invalid_request");
            assertThat(told.header("Location")).isEmpty();
            assertThat(told.header("Refresh")).isEmpty();
        }
        app.authorize(app.request("redirect_uri", "")).expect(400, "invalid_request");
        app.authorize(app.request("client_id", "nobody")).expect(400, "invalid_client");
        assertThat(
                        app.authorize(
                                        app.request(
                                                "redirect_uri",
                                                "https://pr-42.preview.example.com/callback",
                                                "prompt",
                                                "none"))
                                .expect(302)
                                .header("Location")
                                .orElseThrow())
                .startsWith("https://pr-42.preview.example.com/callback?error=login_required");
        Answer twice =
                org.nobody()
                        .get(
                                "/oauth2/default/v1/authorize?"
                                        + ClientApp.form(app.request())
                                        + "&redirect_uri=https%3A%2F%2Fevil.example.com");
        twice.expect(400, "invalid_request");
        Answer page =
                org.nobody()
                        .with("Accept", "text/html")
                        .get(
                                "/oauth2/default/v1/authorize?"
                                        + ClientApp.form(
                                                app.request("redirect_uri", "https://evil.test/x")))
                        .expect(400);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.text()).contains("Login redirect URI").doesNotContain("evil.test");
        String code = app.code(LOGIN);
        app.token(
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code,
                                "code_verifier",
                                ClientApp.VERIFIER,
                                "redirect_uri",
                                "https://pr-1.preview.example.com/callback"))
                .expect(400, "invalid_grant");
    }

    @Test
    @DisplayName("a refresh token that rotates is good once; who comes again ends it for all")
    void rotation() throws Exception {
        ClientApp app = rotating("Rotating", 0);
        JsonNode first = app.redeem(app.code(LOGIN)).expect(200).json();
        String one = first.get("refresh_token").asString();
        JsonNode second = app.refresh(one).expect(200).json();
        String two = second.get("refresh_token").asString();
        assertThat(two).isNotEqualTo(one);
        app.refresh(one).expect(400, "invalid_grant");
        app.refresh(two).expect(400, "invalid_grant");
        assertThat(app.isActive(second.get("access_token").asString())).isFalse();
        assertThat(events()).contains("app.oauth2.as.token.detect_reuse");

        ClientApp raced = rotating("Rotating at once", 0);
        String token =
                raced.redeem(raced.code(LOGIN)).expect(200).json().get("refresh_token").asString();
        List<Answer> answers = atOnce(20, () -> raced.refresh(token));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSizeLessThan(2);
        raced.refresh(token).expect(400, "invalid_grant");

        ClientApp forgiving = rotating("Rotating with a grace", 60);
        String graced =
                forgiving
                        .redeem(forgiving.code(LOGIN))
                        .expect(200)
                        .json()
                        .get("refresh_token")
                        .asString();
        assertThat(atOnce(5, () -> forgiving.refresh(graced)))
                .allSatisfy(answer -> answer.expect(200));
    }

    private ClientApp rotating(String label, int leeway) {
        return ClientApp.of(
                org,
                label,
                "browser",
                "none",
                settings ->
                        settings.putObject("refresh_token")
                                .put("rotation_type", "ROTATE")
                                .put("leeway", leeway));
    }

    @Test
    @DisplayName("tokens of one kind are not taken for another")
    void kinds() {
        ClientApp app = ClientApp.web(org, "Kinds");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String access = tokens.get("access_token").asString();
        String id = tokens.get("id_token").asString();
        String refresh = tokens.get("refresh_token").asString();
        for (String wrong : List.of(id, refresh, access + "x", "nonsense")) {
            org.nobody()
                    .with("Authorization", "Bearer " + wrong)
                    .get("/oauth2/default/v1/userinfo")
                    .expect(401, "invalid_token");
        }
        org.nobody()
                .with("Authorization", "Bearer " + access)
                .get("/oauth2/v1/userinfo")
                .expect(401, "invalid_token");
        org.nobody().get("/oauth2/default/v1/userinfo?access_token=" + access).expect(400);
        app.refresh(access).expect(400, "invalid_grant");
        app.redeem(refresh).expect(400, "invalid_grant");
        org.nobody().get("/oauth2/default/v1/logout?id_token_hint=" + access).expect(400);
        org.nobody().token(access).get("/api/v1/users/me").expect(401, "E0000011");
    }

    @Test
    @DisplayName("no link makes of the sign-in a way to other sites")
    void fromUri() {
        for (String trick :
                List.of(
                        "https://evil.example.com/",
                        "//evil.example.com",
                        "/\\evil.example.com",
                        "https:evil.example.com",
                        "javascript:alert(1)",
                        org.url() + "@evil.example.com/")) {
            Answer away =
                    org.nobody()
                            .with("Cookie", "sid=none")
                            .get("/login/signout", "fromURI", trick)
                            .expect(303);
            assertThat(away.header("Location").orElseThrow()).as(trick).startsWith("/signin");
        }
    }

    @Test
    @DisplayName("who is deactivated has no tokens any more")
    void deactivated() {
        String login = "leaver@example.com";
        String id = Directory.id(new Directory(org).active(login));
        ClientApp app = ClientApp.web(org, "Left");
        String unused = app.code(login);
        JsonNode tokens = app.redeem(app.code(login)).expect(200).json();
        org.http().post("/api/v1/users/" + id + "/lifecycle/deactivate").expect(200);
        assertThat(app.isActive(tokens.get("access_token").asString())).isFalse();
        assertThat(app.isActive(tokens.get("id_token").asString())).isFalse();
        app.refresh(tokens.get("refresh_token").asString()).expect(400, "invalid_grant");
        app.redeem(unused).expect(400, "invalid_grant");
    }

    @Test
    @DisplayName("what a client had before it was deactivated is gone for good")
    void deactivatedClient() {
        ClientApp app = ClientApp.web(org, "Asleep");
        JsonNode tokens = app.redeem(app.code(LOGIN)).expect(200).json();
        String path = "/api/v1/apps/" + app.id() + "/lifecycle/";
        org.http().post(path + "deactivate").expect(200);
        app.authorize(app.request()).expect(400, "invalid_client");
        org.http().post(path + "activate").expect(200);
        assertThat(app.isActive(tokens.get("access_token").asString())).isFalse();
        app.refresh(tokens.get("refresh_token").asString()).expect(400, "invalid_grant");
    }

    private static Map<String, String> and(Map<String, String> said, String name, String value) {
        Map<String, String> more = new HashMap<>(said);
        more.put(name, value);
        return more;
    }

    private List<String> events() {
        return Json.list(org.http().get("/api/v1/logs?limit=1000").expect(200).json()).stream()
                .map(event -> event.get("eventType").asString())
                .toList();
    }

    private static List<Answer> atOnce(int many, Callable<Answer> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                futures.add(threads.submit(call));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
