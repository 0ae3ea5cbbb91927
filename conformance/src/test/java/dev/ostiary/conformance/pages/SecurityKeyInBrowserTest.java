package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Policies;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SignInForm;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody who has to set up a security key, in Chromium with a virtual one")
class SecurityKeyInBrowserTest {

    private static final String KEY = "urn:okta:params:oauth:grant-type:webauthn";
    private static final String MFA_KEY = "urn:okta:params:oauth:grant-type:mfa-webauthn";

    private static final String SIGN =
            """
            async (asked) => {
              const bytes = (text) => Uint8Array.from(
                atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
              const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
                .replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
              const {response} = await navigator.credentials.get({publicKey: {
                challenge: bytes(asked.challenge),
                userVerification: asked.userVerification,
                allowCredentials: asked.allowCredentials.map((key) =>
                  ({...key, id: bytes(key.id)}))}});
              return {
                clientDataJSON: text(response.clientDataJSON),
                authenticatorData: text(response.authenticatorData),
                signature: text(response.signature)};
            }""";

    private final Org org;
    private final People people;
    @AutoClose private final Visits visits;

    SecurityKeyInBrowserTest(Server server, Org org) {
        this.org = org;
        this.people = new People(org);
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() {
        visits.startOrSkip();
        org.http()
                .post(
                        "/api/v1/authenticators",
                        "{\"key\":\"webauthn\",\"name\":\"Security Key or Biometric\"}")
                .expect(200);
    }

    /** Somebody who is asked for a factor at every sign-in, and has none. */
    private String asked() {
        String login = people.active();
        String group = enrolling(login);
        new Policies(org)
                .signOn(
                        group,
                        login,
                        "{\"access\":\"ALLOW\",\"requireFactor\":true,"
                                + "\"factorPromptMode\":\"ALWAYS\"}");
        return login;
    }

    /** Somebody who sets up a key at the first sign-in, and is not asked for it. */
    private String enrolling() {
        String login = people.active();
        enrolling(login);
        return login;
    }

    private String enrolling(String login) {
        String group = people.ownGroup(login);
        new Policies(org)
                .enrolment(
                        group,
                        login,
                        "{\"fido_webauthn\":{\"enroll\":{\"self\":\"REQUIRED\"}},"
                                + "\"okta_question\":{\"enroll\":{\"self\":\"OPTIONAL\"}}}",
                        "LOGIN");
        return group;
    }

    /** An app that wants a key to have verified its holder. */
    private ClientApp demanding(String label) {
        ClientApp app = ClientApp.web(org, label);
        String policy =
                org.http()
                        .post(
                                "/api/v1/policies",
                                Json.object().put("type", "ACCESS_POLICY").put("name", label))
                        .expect(200)
                        .text("id");
        String rules = "/api/v1/policies/" + policy + "/rules";
        JsonNode all = org.http().get(rules).expect(200).json();
        ObjectNode last = (ObjectNode) all.get(all.size() - 1);
        last.set(
                "actions",
                Json.parse(
                        """
                        {"appSignOn":{"access":"ALLOW","verificationMethod":
                          {"type":"ASSURANCE","factorMode":"2FA","constraints":
                            [{"possession":{"userVerification":"REQUIRED"}}]}}}"""));
        org.http().put(rules + "/" + last.get("id").asString(), last).expect(200);
        org.http().put("/api/v1/apps/" + app.id() + "/policies/" + policy).expect(204);
        return app;
    }

    /** Sets up a key on the way in. */
    private Page withKey(String login, boolean verifies) {
        Page page = visits.page(Visitor.AT_A_DESK);
        signIn(page, login);
        page.locator(".choice", new Page.LocatorOptions().setHasText("Security key")).click();
        submit(page);
        plugIn(page, verifies);
        submit(page);
        home(page);
        return page;
    }

    private String address(ClientApp app) {
        return org.url() + app.base() + "/v1/authorize?" + ClientApp.form(app.request());
    }

    @Test
    @DisplayName("comes into an app that wants keys to know their holder, if the key does")
    void verified() {
        Page page = withKey(asked(), true);
        String session =
                page.context().cookies().stream()
                        .filter(cookie -> cookie.name.equals("sid"))
                        .map(cookie -> cookie.value)
                        .findFirst()
                        .orElseThrow();
        ClientApp app = demanding("Knows its holder");
        Answer answer = app.authorize(org.nobody().with("Cookie", "sid=" + session), app.request());
        Assertions.assertThat(ClientApp.answer(answer.expect(302))).containsKey("code");
    }

    @Test
    @DisplayName("is asked for more by such an app, if the key does not")
    void notVerified() {
        Page page = withKey(asked(), false);
        page.navigate(address(demanding("Does not know its holder")));
        page.waitForURL(org.url() + "/signin");
        submit(page);
        assertThat(page.locator("form[data-verification=required]")).hasCount(1);
    }

    /** What the key says to what a client was given for it. */
    private static Map<String, String> signed(Page page, JsonNode asked) {
        Map<String, String> all = new LinkedHashMap<>();
        Object said = page.evaluate("(" + SIGN + ")(" + Json.text(asked.get("publicKey")) + ")");
        ((Map<?, ?>) said).forEach((name, value) -> all.put(name + "", value + ""));
        return all;
    }

    private Answer move(String path, String state, Map<String, String> more) {
        ObjectNode body = Json.object().put("stateToken", state);
        more.forEach(body::put);
        return org.nobody().post("/api/v1/authn" + path, body);
    }

    private String required(String login) {
        return org.nobody()
                .post("/api/v1/authn", Map.of("username", login, "password", Directory.PASSWORD))
                .expect(200)
                .text("stateToken");
    }

    /** What the key says to a challenge of the Authentication API, as that takes it. */
    private static Map<String, String> asserted(Page page, JsonNode challenge, JsonNode factor) {
        ObjectNode options = (ObjectNode) challenge.deepCopy();
        options.putArray("allowCredentials")
                .addObject()
                .put("type", "public-key")
                .put("id", factor.at("/profile/credentialId").asString());
        Map<String, String> said = signed(page, Json.object().set("publicKey", options));
        return Map.of(
                "clientData", String.valueOf(said.get("clientDataJSON")),
                "authenticatorData", String.valueOf(said.get("authenticatorData")),
                "signatureData", String.valueOf(said.get("signature")));
    }

    @Test
    @DisplayName(
            "signs in through the API with the one key that is named, whose challenge is its own")
    void byId() {
        String login = asked();
        Page page = withKey(login, true);
        String state = required(login);
        String factor =
                move("", state, Map.of())
                        .expect(200)
                        .json()
                        .at("/_embedded/factors/0/id")
                        .asString();
        String path = "/factors/" + factor + "/verify";
        JsonNode asked = move(path, state, Map.of()).expect(200).json();
        Assertions.assertThat(asked.get("factorResult").asString()).isEqualTo("CHALLENGE");
        Assertions.assertThat(asked.get("challengeType").asString()).isEqualTo("FACTOR");
        Assertions.assertThat(asked.has("factorType")).isFalse();
        JsonNode shown = asked.at("/_embedded/factor");
        Map<String, String> answer = asserted(page, shown.at("/_embedded/challenge"), shown);
        Assertions.assertThat(move(path, state, answer).expect(200).text("status"))
                .isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("signs in through the API with whichever key is at hand, if none is named")
    void byType() {
        String login = asked();
        Page page = withKey(login, true);
        String state = required(login);
        String path = "/factors/webauthn/verify";
        JsonNode asked = move(path, state, Map.of()).expect(200).json();
        Assertions.assertThat(asked.get("status").asString()).isEqualTo("MFA_CHALLENGE");
        Assertions.assertThat(asked.get("factorResult").asString()).isEqualTo("CHALLENGE");
        Assertions.assertThat(asked.get("challengeType").asString()).isEqualTo("FACTOR_TYPE");
        Assertions.assertThat(asked.get("factorType").asString()).isEqualTo("webauthn");
        Assertions.assertThat(asked.at("/_links/next/href").asString())
                .isEqualTo(org.url() + "/api/v1/authn" + path);
        JsonNode challenge = asked.at("/_embedded/challenge");
        JsonNode key = asked.at("/_embedded/factors/0");
        Assertions.assertThat(
                        move("", state, Map.of()).expect(200).json().at("/_embedded/challenge"))
                .isEqualTo(challenge);
        Map<String, String> answer = asserted(page, challenge, key);
        move(path, state, and(answer, Map.of("signatureData", "AAAA"))).expect(403, "E0000068");
        Assertions.assertThat(move(path, state, answer).expect(200).text("status"))
                .isEqualTo("SUCCESS");
    }

    private ClientApp direct(String label) {
        return ClientApp.of(
                        org,
                        label,
                        "native",
                        "none",
                        settings -> {
                            settings.putArray("grant_types").add("password").add(KEY).add(MFA_KEY);
                            settings.remove("response_types");
                        })
                .atOrg();
    }

    private static Map<String, String> and(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static String amr(Answer tokens) {
        return ClientApp.claims(tokens.expect(200).text("id_token")).get("amr").toString();
    }

    @Test
    @DisplayName("gets tokens for a client by the key after the password, once for each challenge")
    void mfaGrant() {
        String login = asked();
        Page page = withKey(login, true);
        ClientApp app = direct("Key as a second factor");
        String token =
                app.token(
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "username",
                                        login,
                                        "password",
                                        Directory.PASSWORD,
                                        "scope",
                                        "openid"))
                        .expect(403, "mfa_required")
                        .text("mfa_token");
        Map<String, String> wish = Map.of("grant_type", MFA_KEY, "mfa_token", token);
        Map<String, String> challenge =
                Map.of("mfa_token", token, "challenge_types_supported", MFA_KEY);
        JsonNode asked = app.ask("challenge", challenge).expect(200).json();
        Assertions.assertThat(asked.get("challenge_type").asString()).isEqualTo(MFA_KEY);
        Assertions.assertThat(asked.at("/authenticatorEnrollments/0/credentialId").asString())
                .isEqualTo(asked.at("/publicKey/allowCredentials/0/id").asString());
        Map<String, String> answer = signed(page, asked);
        app.token(wish).expect(400, "invalid_request");
        app.token(and(and(wish, answer), Map.of("signature", "AAAA"))).expect(400, "invalid_grant");
        app.token(and(Map.of("grant_type", KEY, "scope", "openid"), answer))
                .expect(400, "invalid_grant");
        Assertions.assertThat(amr(app.token(and(wish, answer))))
                .isEqualTo("[\"pwd\",\"hwk\",\"mfa\"]");
        app.token(and(wish, answer)).expect(403, "access_denied");
    }

    @Test
    @DisplayName("gets tokens for a client by the key alone, where the policy lets that be")
    void keyGrant() {
        String login = enrolling();
        Page page = withKey(login, true);
        ClientApp app = direct("Key alone");
        Map<String, String> begin = Map.of("login_hint", login, "challenge_hint", KEY);
        JsonNode asked = app.ask("primary-authenticate", begin).expect(200).json();
        Map<String, String> answer = signed(page, asked);
        Map<String, String> wish = Map.of("grant_type", KEY, "scope", "openid");
        direct("Another client").token(and(wish, answer)).expect(401, "invalid_client");
        Assertions.assertThat(amr(app.token(and(wish, answer)))).isEqualTo("[\"hwk\"]");
        app.token(and(wish, answer)).expect(400, "invalid_grant");
    }

    private static void plugIn(Page page) {
        plugIn(page, true);
    }

    private static void plugIn(Page page, boolean verifies) {
        CDPSession browser = page.context().newCDPSession(page);
        browser.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "usb");
        options.addProperty("hasUserVerification", verifies);
        options.addProperty("isUserVerified", verifies);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject key = new JsonObject();
        key.add("options", options);
        browser.send("WebAuthn.addVirtualAuthenticator", key);
    }

    private void signIn(Page page, String login) {
        page.navigate(org.url() + "/signin");
        new SignInForm(page).send(login);
    }

    private void home(Page page) {
        page.waitForURL(org.url() + "/app/UserHome");
        assertThat(page.locator("h1")).containsText("Ada");
    }

    private static void submit(Page page) {
        page.locator("main form button[type=submit]").first().click();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_A_DESK", "ON_A_PHONE_AT_NIGHT"})
    @DisplayName("sets it up on the way in, and signs in by it the next time")
    void setsUp(Visitor visitor) {
        String login = asked();
        Page page = visits.page(visitor);
        signIn(page, login);
        Usable usable = new Usable(page, visitor);
        usable.check("enroll-choose");
        page.locator(
                        ".choice",
                        new Page.LocatorOptions()
                                .setHasText(
                                        visitor.reads("Security key", "Sicherheitsschlüssel", "")))
                .click();
        usable.check("enroll-key");
        submit(page);
        usable.check("activate-key");
        plugIn(page);
        submit(page);
        home(page);
        page.locator(".bar button").click();
        page.waitForURL("**/signin?news=signed-out");

        signIn(page, login);
        assertThat(page.locator("h1"))
                .hasText(
                        visitor.reads(
                                "Security key or biometrics",
                                "Sicherheitsschlüssel oder Biometrie",
                                ""));
        submit(page);
        usable.check("use-key");
        submit(page);
        home(page);
    }
}
